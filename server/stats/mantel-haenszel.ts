import type { CountOver } from './rate-ratio.ts';

/** Two sides that are compared where a third thing is the same: one stratum. An exposure of 0: that side is not there. */
export interface Stratum {
  readonly first: CountOver;
  readonly second: CountOver;
}

/** The rate of the first side over that of the second, pooled. What is not defined is left out, never NaN or infinite. */
export interface PooledRatio {
  /** Absent when the second side has no event in a stratum that has both sides. */
  readonly ratio?: number;
  /** Both absent when either side has no event there, or where the interval is wider than numbers reach. */
  readonly lower?: number;
  readonly upper?: number;
  /** Strata that have both sides, and events: the others say nothing. */
  readonly strata: number;
}

/** The standard normal quantile of 0.975. */
export const Z = 1.959963984540054;

/**
 * The rate ratio of Mantel & Haenszel for counts over exposures, pooled over strata, sum a T0 / T over sum b T1 / T, with the 95 %
 * interval of Greenland & Robins 1985, Estimation of a common effect parameter from sparse follow-up data, Biometrics 41, 55-68:
 * the variance of its logarithm is sum m T1 T0 / T^2 over the product of both sums. It holds with few large strata and with many
 * sparse ones; the interval is approximate where events are few.
 * @throws RangeError
 */
export function pooledRatio(strata: readonly Stratum[]): PooledRatio {
  let [first, second, variance, counted] = [0, 0, 0, 0];
  for (const { first: one, second: other } of strata) {
    for (const { count, exposure } of [one, other]) {
      if (!(Number.isSafeInteger(count) && count >= 0)) throw new RangeError(`a count is a whole number, not ${count}`);
      if (!(exposure >= 0 && exposure < Number.POSITIVE_INFINITY)) throw new RangeError(`no exposure: ${exposure}`);
    }
    const [exposure, count] = [one.exposure + other.exposure, one.count + other.count];
    if (one.exposure === 0 || other.exposure === 0 || count === 0) continue;
    counted += 1;
    const [share, rest] = [one.exposure / exposure, other.exposure / exposure];
    first += one.count * rest;
    second += other.count * share;
    variance += count * share * rest;
  }
  if (second === 0) return { strata: counted };
  const ratio = first / second;
  if (first === 0) return { ratio, strata: counted };
  const width = Z * Math.sqrt(variance / (first * second));
  const [lower, upper] = [ratio * Math.exp(-width), ratio * Math.exp(width)];
  if (lower === 0 || upper === Number.POSITIVE_INFINITY) return { ratio, strata: counted };
  return { ratio, lower, upper, strata: counted };
}
