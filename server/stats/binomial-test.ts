import { incompleteBeta } from './incomplete-beta.ts';

/**
 * The exact two-sided test of a share: how probable, were the share of successes `share`, is what is seen or what lies as far
 * out. Twice the smaller tail, at most 1 (the central rule): what is as improbable on the other side is not added up, so that
 * the test agrees with the interval of Clopper & Pearson (1934). Fay (2010), Two-sided exact tests and matching confidence
 * intervals for discrete data, R Journal 2/1, 53-58.
 *
 * Of two counts of Poisson events the first is binomial when their sum is given, with its share of the exposures: Przyborowski
 * & Wilenski (1940), Homogeneity of results in testing samples from Poisson series, Biometrika 31, 313-323.
 * @param share of the whole that the successes have under the hypothesis
 * @throws RangeError
 */
export function binomialTest(successes: number, trials: number, share: number): number {
  const isCounted = Number.isSafeInteger(successes) && Number.isSafeInteger(trials);
  if (!(isCounted && successes >= 0 && successes <= trials)) {
    throw new RangeError(`there are no ${successes} successes in ${trials} trials`);
  }
  if (!(share >= 0 && share <= 1)) throw new RangeError(`a share lies between 0 and 1, not ${share}`);
  const orMore = successes === 0 ? 1 : incompleteBeta(share, successes, trials - successes + 1).lower;
  const orFewer = successes === trials ? 1 : incompleteBeta(share, successes + 1, trials - successes).upper;
  return Math.min(1, 2 * orMore, 2 * orFewer);
}
