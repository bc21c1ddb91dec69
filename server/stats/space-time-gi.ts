import type { Neighbours } from './neighbours.ts';

/** Why no cell has a z. */
export type NoSpaceTimeGi = 'all-equal' | 'ring-covers-all';

/** The sum of each cell's neighbours within one step. */
function sumOfRings(values: Float64Array, from: number, { offsets, members }: Neighbours, sums: Float64Array): void {
  for (let cell = 0; cell < sums.length; cell++) {
    let sum = 0;
    const end = offsets[cell + 1] as number;
    for (let at = offsets[cell] as number; at < end; at++) sum += values[from + (members[at] as number)] as number;
    sums[cell] = sum;
  }
}

/**
 * Gi* in space and time: the neighbours of a cell in a step are those of `neighbours` (itself among them) in this step and
 * in the step before; in the first step only its own. Weights are 1, and the mean and deviation are those of all cells in
 * all steps. Ord & Getis (1995), Local spatial autocorrelation statistics, Geographical Analysis 27, 286-306, with
 * neighbours in time as emerging hot spot analysis has them.
 * @param values by step, and in a step by cell: index step * cells + cell
 * @returns z in the same order, NaN where a neighbourhood holds every cell in every step; or why there is none: all values
 *   are equal, or the ring of each cell holds every cell, so that cells are compared with nothing
 * @throws RangeError when values are not whole steps, or not finite
 */
export function spaceTimeGi(
  values: Float64Array,
  neighbours: Neighbours,
): { readonly z: Float64Array } | { readonly notDefined: NoSpaceTimeGi } {
  const { offsets } = neighbours;
  const [cells, all] = [offsets.length - 1, values.length];
  if (cells < 1 || all === 0 || all % cells !== 0)
    throw new RangeError(`${all} values are no whole steps of ${cells} cells`);
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let index = 0; index < all; index++) {
    const value = values[index] as number;
    if (!Number.isFinite(value)) throw new RangeError(`cells have finite numbers, not ${value}`);
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const ringOf = (cell: number) => (offsets[cell + 1] as number) - (offsets[cell] as number);
  let covering = 0;
  for (let cell = 0; cell < cells; cell++) covering += Number(ringOf(cell) >= cells);
  if (covering === cells) return { notDefined: 'ring-covers-all' };
  if (least === most) return { notDefined: 'all-equal' };
  // From the least on: what is added to all values leaves nothing behind, not even in the last digits.
  const above = new Float64Array(all);
  let [total, squares] = [0, 0];
  for (let index = 0; index < all; index++) {
    above[index] = (values[index] as number) - least;
    total += above[index] as number;
  }
  const mean = total / all;
  for (let index = 0; index < all; index++) squares += ((above[index] as number) - mean) ** 2;
  const deviation = Math.sqrt(squares / all);
  const z = new Float64Array(all);
  let [own, before] = [new Float64Array(cells), new Float64Array(cells)];
  for (let from = 0; from < all; from += cells) {
    sumOfRings(above, from, neighbours, own);
    for (let cell = 0; cell < cells; cell++) {
      const weight = from === 0 ? ringOf(cell) : 2 * ringOf(cell);
      const sum = (own[cell] as number) + (before[cell] as number);
      const scale = deviation * Math.sqrt((all * weight - weight * weight) / (all - 1));
      z[from + cell] = weight < all ? (sum - mean * weight) / scale : Number.NaN;
    }
    [own, before] = [before, own];
  }
  return { z };
}
