/** How like its neighbours in time each value of a series is. */
export interface LagOne {
  /** -1 to 1; of independent values about -1 / n. */
  readonly r: number;
  /** Of independent normal values r is above this in one series of twenty. */
  readonly limit: number;
}

/** Of the standard normal distribution, 5 % lie above. */
const Z_95 = 1.6448536269514722;
/** Fewer say nothing of it. */
const FEWEST = 5;

/**
 * The serial correlation of a series with itself one step later, about its mean, with the upper limit at 5 % of Anderson
 * (1942), Distribution of the serial correlation coefficient, Annals of Mathematical Statistics 13, 1-13:
 * (-1 + 1.645 sqrt(n - 2)) / (n - 1). A trend is taken out before, for it makes neighbours alike too.
 * @returns undefined of fewer than five values, or equal ones
 * @throws RangeError for what is no finite number
 */
export function lagOne(values: Float64Array): LagOne | undefined {
  const { length } = values;
  if (!values.every((value) => Number.isFinite(value))) throw new RangeError('a series has finite numbers');
  if (length < FEWEST) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / length;
  const from = values.map((value) => value - mean);
  const squares = from.reduce((sum, value) => sum + value * value, 0);
  // What is left of equal values, or of a straight line, is what numbers are rounded by.
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (squares <= length * (largest * 1e-12) ** 2) return undefined;
  let products = 0;
  for (let index = 1; index < length; index++) products += (from[index] as number) * (from[index - 1] as number);
  return { r: products / squares, limit: (-1 + Z_95 * Math.sqrt(length - 2)) / (length - 1) };
}
