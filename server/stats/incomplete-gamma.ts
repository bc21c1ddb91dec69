import { continuedFraction } from './continued-fraction.ts';
import { poissonDensity } from './poisson-density.ts';

/** The two shares of a whole, each with its own digits where it is small. */
interface Shares {
  readonly lower: number;
  readonly upper: number;
}

/**
 * The regularised incomplete gamma functions: `lower` is P(a, x), `upper` is Q(a, x) = 1 - P(a, x); a > 0, x >= 0.
 * Of a whole number a, P(a, x) is the probability of a or more events where x are expected.
 * Series DLMF 8.7.1 below x = a + 1, continued fraction DLMF 8.9.2 above (https://dlmf.nist.gov/8).
 */
export function incompleteGamma(a: number, x: number): Shares {
  if (!(a > 0 && x >= 0)) throw new RangeError(`the incomplete gamma function is not for a = ${a}, x = ${x}`);
  if (x === 0) return { lower: 0, upper: 1 };
  const density = poissonDensity(a, x);
  if (x < a + 1) {
    let [sum, term] = [1, 1];
    for (let n = 1; term > sum * 1e-17; n++) {
      term *= x / (a + n);
      sum += term;
    }
    const lower = Math.min(1, density * sum);
    return { lower, upper: 1 - lower };
  }
  const fraction = continuedFraction(
    (n) => n * (a - n),
    (n) => x + 2 * n + 1 - a,
  );
  const upper = Math.min(1, density * a * fraction);
  return { lower: 1 - upper, upper };
}
