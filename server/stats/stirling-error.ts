/** Coefficients B(2k) / (2k (2k - 1)) of 1/x, 1/x^3, ... with the Bernoulli numbers B. */
const COEFFICIENTS = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400] as const;

/** From here on the series has more digits than a number. */
const FAR = 10;

/**
 * By how much Stirling's formula misses: ln Γ(x) = (x - 1/2) ln x - x + ln(2π)/2 + stirlingError(x), x > 0.
 * The asymptotic series is DLMF 5.11.1 (https://dlmf.nist.gov/5.11.E1), where NIST Digital Library of Mathematical
 * Functions; it is reached from small x by Γ(x + 1) = x Γ(x), which adds (x + 1/2) ln(1 + 1/x) - 1.
 */
export function stirlingError(x: number): number {
  let [sum, at] = [0, x];
  for (; at < FAR; at++) sum += (at + 0.5) * Math.log1p(1 / at) - 1;
  const square = 1 / (at * at);
  return sum + COEFFICIENTS.reduceRight((inner, coefficient) => coefficient + square * inner, 0) / at;
}
