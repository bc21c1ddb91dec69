/** CRC-32 as gzip has it (RFC 1952, 8): bits reflected, so the highest bit of a number is the coefficient of x^0. */
const POLYNOMIAL = 0xedb88320;
const ONE = 0x80000000;

/** The product of two polynomials over GF(2), modulo that of the CRC. */
function multiply(a: number, b: number): number {
  let product = 0;
  let factor = b;
  for (let bit = ONE; bit !== 0; bit >>>= 1) {
    if (a & bit) product ^= factor;
    factor = factor & 1 ? (factor >>> 1) ^ POLYNOMIAL : factor >>> 1;
  }
  return product >>> 0;
}

/** `x^(8 * 2^k)`: what 2^k further bytes do to a checksum. */
const POWERS: readonly number[] = (() => {
  let power = multiply(multiply(ONE >>> 2, ONE >>> 2), multiply(ONE >>> 2, ONE >>> 2));
  return Array.from({ length: 32 }, () => {
    const current = power;
    power = multiply(power, power);
    return current;
  });
})();

/**
 * The CRC-32 of two pieces one after the other, from that of each and the second one's length in bytes (below 2^32):
 * a CRC is linear, so the first is moved on by as many bytes of zeros and the second added.
 */
export function joinCrc32(first: number, second: number, secondLength: number): number {
  let moved = first;
  for (let k = 0, rest = secondLength; rest > 0; k++, rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) moved = multiply(POWERS[k] as number, moved);
  }
  return (moved ^ second) >>> 0;
}
