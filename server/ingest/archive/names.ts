const LOCAL_HEADER = [0x50, 0x4b, 0x03, 0x04];
const NAME_AT = 30;

/** Whether these are the first bytes of a zip with at least one member. */
export const isZip = (head: Uint8Array): boolean => LOCAL_HEADER.every((byte, index) => head[index] === byte);

/**
 * Names of members as far as their headers lie in the first bytes. Only for telling formats apart: what a zip really
 * holds stands in its directory, at its end.
 */
export function namesInHead(head: Uint8Array): string[] {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const names: string[] = [];
  const signature = Buffer.from(LOCAL_HEADER);
  for (let at = bytes.indexOf(signature); at >= 0; at = bytes.indexOf(signature, at + 4)) {
    if (at + NAME_AT > bytes.length) break;
    names.push(bytes.toString('latin1', at + NAME_AT, at + NAME_AT + bytes.readUInt16LE(at + 26)));
  }
  return names;
}

/** What macOS, Windows and editors leave in archives, and no one means to send. */
export const isClutter = (name: string): boolean => /(^|\/)(__MACOSX\/|\._|\.DS_Store$|Thumbs\.db$)/i.test(name);

/** Folders left out, in lower case: what parts of one layer are told by. */
export const lastName = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

/** Of the last name, with its dot, in lower case; empty where there is none. */
export function extension(name: string): string {
  const last = lastName(name);
  const dot = last.lastIndexOf('.');
  return dot < 0 ? '' : last.slice(dot).toLowerCase();
}

/** The name, folders included, without its extension. */
export const stem = (name: string): string => name.slice(0, name.length - extension(name).length);
