/** Longer names say nothing more, and do not fit into headers. */
const MAX_LETTERS = 200;

/** A file's name as its sender gave it, without folders, control characters and what turns text around. */
export function toUploadName(given: string | undefined): string {
  const last = (given ?? '').split(/[/\\]/).at(-1) ?? '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
  const plain = last.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g, '');
  return [...Buffer.from(plain).toString().trim()].slice(0, MAX_LETTERS).join('') || 'upload';
}

/** The name in a header, percent-encoded as UTF-8; as it stands when it is not. */
export function decodeName(header: string): string {
  try {
    return decodeURIComponent(header);
  } catch {
    return header;
  }
}
