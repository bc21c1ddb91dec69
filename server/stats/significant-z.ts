import { findRoot } from './find-root.ts';
import { twoSidedP } from './normal-p.ts';

/** Beyond it no number is small enough for the p. */
const FARTHEST = 38;

/**
 * Which of many z-scores stand out where at most `alpha` of those that do are to be false: what `adjustedP` says of their
 * two-sided p, for hundreds of thousands of them, of which only the farthest are looked at. Step-up procedure of Benjamini &
 * Hochberg (1995), Controlling the false discovery rate, Journal of the Royal Statistical Society B 57/1, 289-300.
 * @param alpha between 0 and 1
 * @returns of each 1 where it stands out above 0, -1 below, else 0
 * @throws RangeError
 */
export function significantZ(z: Float64Array, alpha: number): Int8Array {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`a share lies between 0 and 1: ${alpha}`);
  const { length } = z;
  // No p above alpha is ever rejected: nearer to 0 than this there is none. A little nearer, for the sake of rounding.
  const near = findRoot((limit) => twoSidedP(limit) - alpha, 0, FARTHEST) * (1 - 1e-9);
  const sizes = new Float64Array(length);
  let far = 0;
  for (let index = 0; index < length; index++) {
    const size = Math.abs(z[index] as number);
    if (Number.isNaN(size)) throw new RangeError('no z, no probability');
    if (size >= near) sizes[far++] = size;
  }
  const sorted = sizes.subarray(0, far).sort();
  // From the largest p on, which has the highest rank.
  const least = sorted.findIndex((size, index) => twoSidedP(size) <= ((far - index) * alpha) / length);
  const found = new Int8Array(length);
  if (least < 0) return found;
  const limit = sorted[least] as number;
  for (let index = 0; index < length; index++) {
    const score = z[index] as number;
    if (score >= limit) found[index] = 1;
    else if (score <= -limit) found[index] = -1;
  }
  return found;
}
