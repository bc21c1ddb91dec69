/**
 * Where a continuous function is zero between `from` and `to`, at which it has different signs, to the last digits of a
 * number. By inverse quadratic interpolation where that is safe, else by halving.
 * Chandrupatla (1997), A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function without
 * using derivatives.
 * @throws RangeError when the signs are the same
 */
export function findRoot(f: (x: number) => number, from: number, to: number): number {
  let [b, fb, a, fa] = [from, f(from), to, f(to)];
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (Math.sign(fa) === Math.sign(fb)) throw new RangeError(`no change of sign between ${from} and ${to}`);
  let share = 0.5;
  for (;;) {
    const x = a + share * (b - a);
    const fx = f(x);
    let [c, fc] = [b, fb];
    if (Math.sign(fx) === Math.sign(fa)) [c, fc] = [a, fa];
    else [b, fb] = [a, fa];
    [a, fa] = [x, fx];
    const best = Math.abs(fa) < Math.abs(fb) ? a : b;
    if (Math.abs(fa) === 0) return a;
    const tolerance = (2 * Number.EPSILON * Math.abs(best) + Number.MIN_VALUE) / Math.abs(b - a);
    if (!(tolerance < 0.5)) return best;
    const xi = (a - b) / (c - b);
    const phi = (fa - fb) / (fc - fb);
    const isSafe = phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi;
    share = isSafe
      ? (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb))
      : 0.5;
    share = Math.min(1 - tolerance, Math.max(tolerance, share));
  }
}
