/** Stands for zero where it would be divided by. */
const TINY = 1e-300;
const CLOSE = 1e-16;
const MAX_STEPS = 1_000_000;

const notZero = (value: number) => (Math.abs(value) < TINY ? TINY : value);

/**
 * 1 / (b(0) + a(1) / (b(1) + a(2) / (b(2) + ...))) by the modified method of Lentz.
 * Thompson & Barnett (1986), Coulomb and Bessel functions of complex arguments and order, section III.
 * @throws RangeError when it does not settle
 */
export function continuedFraction(a: (step: number) => number, b: (step: number) => number): number {
  let c = 1 / TINY;
  let d = 1 / notZero(b(0));
  let value = d;
  for (let step = 1; step < MAX_STEPS; step++) {
    d = 1 / notZero(b(step) + a(step) * d);
    c = notZero(b(step) + a(step) / c);
    value *= c * d;
    if (Math.abs(c * d - 1) <= CLOSE * 2) return value;
  }
  throw new RangeError('a continued fraction does not settle');
}
