import { deviance } from './deviance.ts';
import { stirlingError } from './stirling-error.ts';

/**
 * Γ(n + 1) / (Γ(x + 1) Γ(n - x + 1)) p^x (1 - p)^(n - x), for real 0 <= x <= n and 0 < p < 1: the probability of x successes
 * in n trials. Loader (2000), Fast and accurate computation of binomial probabilities.
 */
export function binomialDensity(x: number, n: number, p: number): number {
  if (x === 0) return Math.exp(n * Math.log1p(-p));
  if (x === n) return Math.exp(n * Math.log(p));
  const errors = stirlingError(n) - stirlingError(x) - stirlingError(n - x);
  const distance = deviance(x, n * p) + deviance(n - x, n * (1 - p));
  return Math.exp(errors - distance) * Math.sqrt(n / (2 * Math.PI * x * (n - x)));
}
