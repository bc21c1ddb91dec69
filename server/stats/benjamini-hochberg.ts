/**
 * p-values adjusted so that those at most alpha are what the step-up procedure rejects, with a rate of false discoveries of
 * at most alpha: p_(i) n / i, made to rise with p. In the order given; equal p have equal adjusted ones. Benjamini & Hochberg
 * (1995), Controlling the false discovery rate, Journal of the Royal Statistical Society B 57/1, 289-300. It holds too where
 * tests lean on one another in the same direction, as those of neighbouring cells do: Benjamini & Yekutieli (2001), Annals of
 * Statistics 29/4, 1165-1188; on maps of local statistics: Caldas de Castro & Singer (2006), Geographical Analysis 38, 180-208.
 * @param p of each test, 0 to 1
 * @throws RangeError
 */
export function adjustedP(p: Float64Array): Float64Array {
  const count = p.length;
  for (const each of p) if (!(each >= 0 && each <= 1)) throw new RangeError(`a probability is 0 to 1, not ${each}`);
  const sorted = p.toSorted();
  let least = 1;
  // From the largest down: none is above one that has a larger p.
  for (let rank = count; rank >= 1; rank--) {
    least = Math.min(least, (sorted[rank - 1] as number) * (count / rank));
    sorted[rank - 1] = least;
  }
  // The same p at any rank has the adjusted one of its last: found by looking it up.
  const byP = p.toSorted();
  return p.map((each) => sorted[lastOf(byP, each)] as number);
}

/** The last place of a value in a list that rises and has it. */
function lastOf(rising: Float64Array, value: number): number {
  let [low, high] = [0, rising.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((rising[middle] as number) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
