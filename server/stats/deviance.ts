/**
 * How far an expected count `mean` is from a count `x`: x ln(x / mean) + mean - x, both above 0. Where they are close, the
 * difference of large terms would lose its digits, and a series is added up instead.
 * Loader (2000), Fast and accurate computation of binomial probabilities, section 5.
 */
export function deviance(x: number, mean: number): number {
  if (Math.abs(x - mean) >= 0.1 * (x + mean)) return x * Math.log(x / mean) + mean - x;
  const v = (x - mean) / (x + mean);
  let sum = (x - mean) * v;
  let power = 2 * x * v;
  for (let j = 1; ; j++) {
    power *= v * v;
    const next = sum + power / (2 * j + 1);
    if (next === sum) return sum;
    sum = next;
  }
}
