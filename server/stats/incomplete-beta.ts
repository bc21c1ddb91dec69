import { binomialDensity } from './binomial-density.ts';
import { continuedFraction } from './continued-fraction.ts';

/** The two shares of a whole, each with its own digits where it is small. */
interface Shares {
  readonly lower: number;
  readonly upper: number;
}

/** I_x(a, b) where the continued fraction DLMF 8.17.22 settles fast: x at most (a + 1) / (a + b + 2). */
function lowerShare(x: number, a: number, b: number): number {
  const numerator = (step: number) => {
    const m = Math.floor(step / 2);
    return step % 2 === 0
      ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
      : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
  };
  // x^a (1 - x)^b / (a B(a, b)), by way of a probability, whose digits last.
  const front = (binomialDensity(a, a + b, x) * b) / (a + b);
  return Math.min(1, front * continuedFraction(numerator, () => 1));
}

/**
 * The regularised incomplete beta function: `lower` is I_x(a, b), `upper` is 1 - I_x(a, b) = I_{1 - x}(b, a); a, b > 0 and
 * 0 <= x <= 1. Of whole numbers, I_p(s, n - s + 1) is the probability of s or more successes in n trials.
 * DLMF 8.17 (https://dlmf.nist.gov/8.17).
 */
export function incompleteBeta(x: number, a: number, b: number): Shares {
  if (!(a > 0 && b > 0 && x >= 0 && x <= 1)) {
    throw new RangeError(`the incomplete beta function is not for x = ${x}, a = ${a}, b = ${b}`);
  }
  if (x === 0) return { lower: 0, upper: 1 };
  if (x === 1) return { lower: 1, upper: 0 };
  if (x <= (a + 1) / (a + b + 2)) {
    const lower = lowerShare(x, a, b);
    return { lower, upper: 1 - lower };
  }
  const upper = lowerShare(1 - x, b, a);
  return { lower: 1 - upper, upper };
}
