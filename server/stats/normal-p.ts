import { incompleteGamma } from './incomplete-gamma.ts';

/**
 * The probability that a standard normal variable is as far from 0 as `z`, or farther: erfc(|z| / sqrt 2), which is Q(1/2, z^2 / 2)
 * (DLMF 7.11.2, https://dlmf.nist.gov/7.11). A small tail keeps its digits.
 * @throws RangeError for what is no number
 */
export function twoSidedP(z: number): number {
  if (Number.isNaN(z)) throw new RangeError('no z, no probability');
  // Beyond 38 it is below the smallest number that there is.
  return Math.abs(z) > 40 ? 0 : incompleteGamma(0.5, (z * z) / 2).upper;
}
