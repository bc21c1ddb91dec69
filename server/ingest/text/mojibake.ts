import { TextDecoder } from 'node:util';
import { toWindows1252 } from './windows-1252.ts';

/** UTF-8 read as Windows-1252: a letter that its lead bytes become, and what their followers become. */
const SUSPECT = /[Â-ôŸ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,3}/g;

/** Latin and Arabic letters and the usual signs: what a mended pair must be, so that "É°" stays itself. */
const LIKELY = /^[\u00a0-\u024f\u0600-\u06ff\u2010-\u20cf\u2122]$/;

const strict = new TextDecoder('utf-8', { fatal: true });

/**
 * Text that was UTF-8, was read as Windows-1252 and written again, as it was before: "TombouctouÃ©" is "Tombouctoué".
 * Null when nothing in it looks like that.
 */
export function fromMojibake(text: string): string | null {
  let changed = false;
  const mended = text.replace(SUSPECT, (part) => {
    const original = toOriginal(part);
    if (original !== null) changed = true;
    return original ?? part;
  });
  return changed ? mended : null;
}

function toOriginal(part: string): string | null {
  const bytes = [...part].map(toWindows1252);
  if (bytes.includes(null)) return null;
  for (let length = bytes.length; length >= 2; length -= 1) {
    try {
      const head = strict.decode(Uint8Array.from(bytes.slice(0, length) as number[]));
      if (LIKELY.test(head)) return head + part.slice(length);
    } catch {
      // A shorter run of the same characters may still be one.
    }
  }
  return null;
}
