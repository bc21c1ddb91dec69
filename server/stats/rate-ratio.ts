import { binomialTest } from './binomial-test.ts';
import { binomialInterval } from './clopper-pearson.ts';

/** Events counted over an exposure: km2 x months, or any other unit that both sides share. */
export interface CountOver {
  /** Whole number. */
  readonly count: number;
  /** Above 0. */
  readonly exposure: number;
}

/** One rate over another. What is not defined is left out, never NaN or infinite. */
export interface RateRatio {
  /** Absent when the second side has no event. */
  readonly ratio?: number;
  readonly lower?: number;
  /** Absent when the interval is open above: the second side has no event. */
  readonly upper?: number;
  /** Of what is seen, or more, were both rates the same; two-sided. */
  readonly p: number;
}

/**
 * The rate of the first side over that of the second. Given the sum of both counts, the first is binomial, which gives an
 * exact interval (Clopper & Pearson 1934) and an exact test: Przyborowski & Wilenski (1940), Homogeneity of results in
 * testing samples from Poisson series, Biometrika 31, 313-323. The two-sided p is twice the smaller tail, which matches the
 * interval: it is below 1 - `level` just when the interval leaves 1 out (Fay 2010, Two-sided exact tests and matching
 * confidence intervals for discrete data, R Journal 2/1, 53-58).
 * @throws RangeError
 */
export function rateRatio(first: CountOver, second: CountOver, level = 0.95): RateRatio {
  const exposures = first.exposure + second.exposure;
  if (!(first.exposure > 0 && second.exposure > 0 && exposures < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`no exposure: ${first.exposure}, ${second.exposure}`);
  }
  for (const { count } of [first, second]) {
    if (!(Number.isSafeInteger(count) && count >= 0)) throw new RangeError(`a count is a whole number, not ${count}`);
  }
  const trials = first.count + second.count;
  if (trials === 0) return { lower: 0, p: 1 };
  // Of each side its own share: 1 minus the other's would lose the digits of a small one.
  const [one, two] = [binomialInterval(first.count, trials, level), binomialInterval(second.count, trials, level)];
  const perExposure = second.exposure / first.exposure;
  const isOpen = second.count === 0;
  return {
    ...(isOpen ? {} : { ratio: (first.count / second.count) * perExposure }),
    lower: (one.lower / two.upper) * perExposure,
    ...(isOpen ? {} : { upper: (one.upper / two.lower) * perExposure }),
    p: binomialTest(first.count, trials, first.exposure / exposures),
  };
}
