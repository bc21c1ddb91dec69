/** How often later values of a series lie above earlier ones, and how far chance alone would take that. */
export interface KendallScore {
  /** S: pairs that rise less pairs that fall. */
  readonly s: number;
  /** Of S, were every order of the values as likely; corrected for ties, 0 when all values are equal. */
  readonly variance: number;
  /** How many values are equal, of each value that comes more than once. */
  readonly ties: readonly number[];
}

/** Merges two neighbouring sorted runs of `from` into `to`; how many pairs of them fall. */
function merge(from: Float64Array, to: Float64Array, start: number, middle: number, end: number): number {
  let [left, right, falls] = [start, middle, 0];
  for (let at = start; at < end; at++) {
    if (right >= end || (left < middle && (from[left] as number) <= (from[right] as number))) {
      to[at] = from[left++] as number;
    } else {
      falls += middle - left;
      to[at] = from[right++] as number;
    }
  }
  return falls;
}

/** The values in order, and how many pairs of them fall: those that sorting by merging turns round. */
function sortCounting(values: Float64Array): { readonly sorted: Float64Array; readonly falls: number } {
  const { length } = values;
  let [sorted, other, falls] = [values.slice(), new Float64Array(length), 0];
  for (let run = 1; run < length; run *= 2) {
    for (let start = 0; start < length; start += 2 * run) {
      falls += merge(sorted, other, start, Math.min(start + run, length), Math.min(start + 2 * run, length));
    }
    [sorted, other] = [other, sorted];
  }
  return { sorted, falls };
}

/**
 * The score of Mann (1945), Nonparametric tests against trend, Econometrica 13, 245-259, with the variance of Kendall (1975),
 * Rank correlation methods, 4th edition: [n (n - 1) (2n + 5) - sum t (t - 1) (2t + 5)] / 18 over groups of t equal values.
 * Pairs are counted while sorting: Knight (1966), A computer method for calculating Kendall's tau with ungrouped data,
 * Journal of the American Statistical Association 61, 436-439.
 * @param values in the order of time, as far from one another
 * @throws RangeError for what is no finite number
 */
export function kendallScore(values: Float64Array): KendallScore {
  const { length } = values;
  for (let index = 0; index < length; index++) {
    if (!Number.isFinite(values[index])) throw new RangeError(`a series has finite numbers, not ${values[index]}`);
  }
  const { sorted, falls } = sortCounting(values);
  const ties: number[] = [];
  for (let from = 0, to = 1; to <= length; to++) {
    if (to < length && sorted[to] === sorted[from]) continue;
    if (to - from > 1) ties.push(to - from);
    from = to;
  }
  const pairs = (n: number) => (n * (n - 1)) / 2;
  const spread = (n: number) => n * (n - 1) * (2 * n + 5);
  const overTies = (of: (n: number) => number) => ties.reduce((sum, t) => sum + of(t), 0);
  return {
    s: pairs(length) - overTies(pairs) - 2 * falls,
    variance: (spread(length) - overTies(spread)) / 18,
    ties,
  };
}

/** S in units of its standard deviation, one nearer to 0 since it goes in steps; 0 of 0. @param variance above 0 */
export function kendallZ({ s, variance }: Pick<KendallScore, 's' | 'variance'>): number {
  return (s - Math.sign(s)) / Math.sqrt(variance);
}
