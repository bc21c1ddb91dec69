import { deviance } from './deviance.ts';
import { stirlingError } from './stirling-error.ts';

/**
 * e^-mean mean^x / Γ(x + 1), for real x >= 0 and mean > 0: the probability of x events where `mean` are expected. By the
 * saddle-point expansion it keeps its digits where powers and factorials overflow.
 * Loader (2000), Fast and accurate computation of binomial probabilities.
 */
export function poissonDensity(x: number, mean: number): number {
  if (x === 0) return Math.exp(-mean);
  return Math.exp(-stirlingError(x) - deviance(x, mean)) / Math.sqrt(2 * Math.PI * x);
}
