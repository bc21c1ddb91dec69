/** The product of a polynomial with 1 + q + ... + q^(n - 1). */
function times(coefficients: readonly number[], n: number): number[] {
  const product = new Array<number>(coefficients.length + n - 1).fill(0);
  for (const [power, coefficient] of coefficients.entries()) {
    for (let shift = 0; shift < n; shift++) product[power + shift] = (product[power + shift] ?? 0) + coefficient;
  }
  return product;
}

/** The quotient of a polynomial by 1 + q + ... + q^(n - 1), which divides it. */
function over(coefficients: readonly number[], n: number): number[] {
  const quotient: number[] = [];
  for (let power = 0; power + n <= coefficients.length; power++) {
    let rest = coefficients[power] ?? 0;
    for (let back = Math.max(0, power - n + 1); back < power; back++) rest -= quotient[back] ?? 0;
    quotient.push(rest);
  }
  return quotient;
}

/**
 * The probability that pairs which rise less pairs which fall are as far from 0 as `s`, or farther, when every order of the
 * values is as likely. The orders by their number of inversions have the generating function n!_q / prod t!_q, in which
 * m!_q is the product of 1 + q + ... + q^(k - 1) up to k = m: MacMahon (1915), Combinatory analysis, 1, for values with
 * ties; Kendall (1938), A new measure of rank correlation, Biometrika 30, 81-93, for those without.
 * @param length of the series, at most 18: beyond, counts are no longer whole in a number
 * @param ties sizes of the groups of equal values
 * @throws RangeError
 */
export function exactKendallP(s: number, length: number, ties: readonly number[]): number {
  if (!(Number.isInteger(length) && length >= 1 && length <= 18))
    throw new RangeError(`no exact p of ${length} values`);
  let orders = [1];
  for (let k = 2; k <= length; k++) orders = times(orders, k);
  for (const size of ties) for (let k = 2; k <= size; k++) orders = over(orders, k);
  // Of all pairs of unequal values, those that are inverted fall and the others rise.
  const most = orders.length - 1;
  let [all, far] = [0, 0];
  for (const [inversions, count] of orders.entries()) {
    all += count;
    if (Math.abs(most - 2 * inversions) >= Math.abs(s)) far += count;
  }
  return far / all;
}
