/**
 * Bytes 0x80 to 0x9F of Windows-1252, as https://encoding.spec.whatwg.org/index-windows-1252.txt has them; the others are
 * those of Latin-1. Node's own decoder for this name reads Latin-1 here.
 */
const HIGH = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

export function decodeWindows1252(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\x80-\x9f]/g, (char) => HIGH[char.charCodeAt(0) - 0x80] ?? char);
}

/** The byte that Windows-1252 has for a character, or null. */
export function toWindows1252(char: string): number | null {
  const high = HIGH.indexOf(char);
  if (high >= 0) return high + 0x80;
  const code = char.charCodeAt(0);
  return code < 0x80 || (code >= 0xa0 && code <= 0xff) ? code : null;
}
