import { exactKendallP } from './exact-kendall.ts';
import { kendallScore, kendallZ } from './kendall-score.ts';
import { twoSidedP } from './normal-p.ts';

/** Why a series has no trend to speak of, up, down or none. */
export type NoTrend = 'too-few' | 'all-equal';

export interface MannKendall {
  /** Pairs that rise less pairs that fall. */
  readonly s: number;
  /** Of S, corrected for ties. */
  readonly variance: number;
  /** With continuity correction; 0 when S is 0. */
  readonly z: number;
  /** Of an S as far from 0, or farther, were every order as likely; two-sided. */
  readonly p: number;
  /** Kendall's tau-b: S over the most that it can be with these ties, -1 to 1. */
  readonly tau: number;
  /** Whether p counts all orders of the values; else it is that of the normal distribution. */
  readonly isExact: boolean;
}

/** Fewer values say nothing: of two, every order is as likely as not. */
const FEWEST = 3;
/** From so many on S is near enough to normal: Gilbert (1987), Statistical methods for environmental pollution monitoring, 16.4. */
const NORMAL_FROM = 10;

/**
 * Whether a series goes up or down, in whatever form. Of fewer than 10 values p is exact, ties and all; else it is
 * normal. Mann (1945), Econometrica 13, 245-259; Kendall (1975), Rank correlation methods.
 * It takes the values as independent: in a series whose neighbours are alike, p is too small.
 * @param values in the order of time, as far from one another
 * @throws RangeError for what is no finite number
 */
export function mannKendall(values: Float64Array): MannKendall | { readonly notDefined: NoTrend } {
  const { length } = values;
  if (length < FEWEST) return { notDefined: 'too-few' };
  const score = kendallScore(values);
  if (score.variance === 0) return { notDefined: 'all-equal' };
  const { s, variance, ties } = score;
  const z = kendallZ(score);
  const isExact = length < NORMAL_FROM;
  const pairs = (n: number) => (n * (n - 1)) / 2;
  const untied = ties.reduce((sum, t) => sum - pairs(t), pairs(length));
  const p = isExact ? exactKendallP(s, length, ties) : twoSidedP(z);
  return { s, variance, z, p, tau: s / Math.sqrt(pairs(length) * untied), isExact };
}
