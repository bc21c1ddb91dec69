/**
 * Whole numbers from 0 to 2^53 as protobuf varints: seven bits a byte, the low ones first, the top bit set on all but the
 * last. No bit operators: they cut numbers to 32 bits, and tile numbers pass that at zoom 16.
 */
export function toVarints(numbers: Iterable<number>): Uint8Array {
  let bytes = new Uint8Array(1024);
  let size = 0;
  for (const number of numbers) {
    if (size + 8 > bytes.length) {
      const grown = new Uint8Array(bytes.length * 2);
      grown.set(bytes);
      bytes = grown;
    }
    let rest = number;
    while (rest >= 0x80) {
      bytes[size++] = (rest % 0x80) + 0x80;
      rest = Math.floor(rest / 0x80);
    }
    bytes[size++] = rest;
  }
  return bytes.subarray(0, size);
}
