import { kendallScore } from './kendall-score.ts';

/** By how much a series goes up from one step to the next, and the bounds between which the true slope lies. */
export interface SenSlope {
  /** Per step. */
  readonly slope: number;
  /** Absent, both, where the series is too short to have them. */
  readonly lower?: number;
  readonly upper?: number;
}

/** Of the standard normal distribution, 2.5 % lie above. */
const Z_95 = 1.959963984540054;
/** Longer ones have more pairs than are quickly put in order. */
const LONGEST = 2_000;

/** The median of slopes that are in order. @param slopes at least one */
export function medianOf(slopes: Float64Array): number {
  const middle = slopes.length >> 1;
  const upper = slopes[middle] as number;
  return slopes.length % 2 === 1 ? upper : ((slopes[middle - 1] as number) + upper) / 2;
}

/**
 * The median of the slopes of all pairs of values, with its 95 % interval from the variance of Kendall's score, at the next
 * whole ranks outwards. Sen (1968), Estimates of the regression coefficient based on Kendall's tau, Journal of the American
 * Statistical Association 63, 1379-1389; the ranks as in Gilbert (1987), Statistical methods for environmental pollution
 * monitoring, 16.5. Many equal values, such as months without events, pull it to 0.
 * @param values in the order of time, as far from one another, at most 2,000
 * @returns undefined of fewer than two values, which have no slope
 * @throws RangeError for what is no finite number, and for longer series
 */
export function senSlope(values: Float64Array): SenSlope | undefined {
  const { length } = values;
  if (length > LONGEST) throw new RangeError(`slopes are found of at most ${LONGEST} values, not ${length}`);
  const { variance } = kendallScore(values);
  if (length < 2) return undefined;
  const slopes = new Float64Array((length * (length - 1)) / 2);
  let at = 0;
  for (let later = 1; later < length; later++) {
    for (let earlier = 0; earlier < later; earlier++) {
      slopes[at++] = ((values[later] as number) - (values[earlier] as number)) / (later - earlier);
    }
  }
  slopes.sort();
  const slope = medianOf(slopes);
  const reach = Z_95 * Math.sqrt(variance);
  // Ranks from 1: the lower bound is the one at (N - C) / 2, the upper at (N + C) / 2 + 1.
  const [low, high] = [Math.floor((at - reach) / 2), Math.ceil((at + reach) / 2) + 1];
  if (low < 1 || high > at) return { slope };
  return { slope, lower: slopes[low - 1] as number, upper: slopes[high - 1] as number };
}
