import type { Neighbours } from './neighbours.ts';

/** Why there is no statistic of any place. */
export type NotDefined = 'nothing' | 'one-place' | 'all-zero' | 'all-equal' | 'neighbourhood-is-all';

/** Of each place its z-score; NaN where its own neighbourhood holds every place, for which there is none. */
export type GetisOrd = { readonly z: Float64Array } | { readonly notDefined: NotDefined };

function degenerate(values: Float64Array): NotDefined | undefined {
  if (values.length === 0) return 'nothing';
  if (values.length === 1) return 'one-place';
  const [first] = values;
  if (values.some((value) => value !== first)) return undefined;
  return first === 0 ? 'all-zero' : 'all-equal';
}

/**
 * Gi* of each place: how far the sum over its neighbourhood, to which it belongs itself, lies from what the mean of all places
 * lets expect, in standard deviations; weights are 1. Ord & Getis (1995), Local spatial autocorrelation statistics,
 * Geographical Analysis 27/4, 286-306:
 * z_i = (sum_j x_j - k mean) / (s sqrt(k (n - k) / (n - 1))), s^2 = sum (x - mean)^2 / n, k the places of the neighbourhood.
 * @param neighbours of each place, itself among them
 * @throws RangeError for values that are not finite
 */
export function getisOrd(values: Float64Array, { offsets, members }: Neighbours): GetisOrd {
  const count = values.length;
  if (offsets.length !== count + 1) throw new RangeError(`${count} values, neighbours of ${offsets.length - 1}`);
  if (!values.every((value) => Number.isFinite(value))) throw new RangeError('a value is not finite');
  const notDefined = degenerate(values);
  if (notDefined) return { notDefined };
  // From the least on, then from the mean: what is added to all values leaves nothing behind, and squares stay small.
  const least = values.reduce((one, other) => Math.min(one, other));
  const above = values.map((value) => value - least);
  const mean = above.reduce((sum, value) => sum + value, 0) / count;
  const from = above.map((value) => value - mean);
  const deviation = Math.sqrt(from.reduce((sum, value) => sum + value * value, 0) / count);
  const z = new Float64Array(count);
  for (let place = 0; place < count; place++) {
    const [begin, end] = [offsets[place] as number, offsets[place + 1] as number];
    let sum = 0;
    for (let index = begin; index < end; index++) sum += from[members[index] as number] as number;
    const size = end - begin;
    z[place] = size < count ? sum / (deviation * Math.sqrt((size * (count - size)) / (count - 1))) : Number.NaN;
  }
  return z.every((score) => Number.isNaN(score)) ? { notDefined: 'neighbourhood-is-all' } : { z };
}
