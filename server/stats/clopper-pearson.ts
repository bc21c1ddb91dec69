import { findRoot } from './find-root.ts';
import { incompleteBeta } from './incomplete-beta.ts';

/** A share of trials, and the bounds that hold the true one. */
export interface ShareInterval {
  readonly share: number;
  readonly lower: number;
  readonly upper: number;
}

/** The share under which `successes` or more of `trials` have the probability `tail`; 0 of none. */
function lowerBound(successes: number, trials: number, tail: number): number {
  if (successes === 0) return 0;
  if (successes === trials) return tail ** (1 / trials);
  return findRoot((p) => incompleteBeta(p, successes, trials - successes + 1).lower - tail, 0, successes / trials);
}

/**
 * The share of successes with its exact interval: at least `level` of such intervals hold the true share.
 * Clopper & Pearson (1934), The use of confidence or fiducial limits illustrated in the case of the binomial, Biometrika
 * 26, 404-413.
 * @param successes whole number, at most `trials`
 * @param trials whole number above 0
 * @throws RangeError
 */
export function binomialInterval(successes: number, trials: number, level = 0.95): ShareInterval {
  const areWhole = Number.isSafeInteger(successes) && Number.isSafeInteger(trials);
  if (!(areWhole && successes >= 0 && trials > 0 && successes <= trials)) {
    throw new RangeError(`${successes} of ${trials} is no number of successes`);
  }
  if (!(level > 0 && level < 1)) throw new RangeError(`a level lies between 0 and 1: ${level}`);
  const tail = (1 - level) / 2;
  return {
    share: successes / trials,
    lower: lowerBound(successes, trials, tail),
    upper: 1 - lowerBound(trials - successes, trials, tail),
  };
}
