import { countInWindow, type SeriesSums } from '../../server/core/series.ts';
import type { LayerTimes } from '../clock/histogram.ts';

/**
 * What the hexagons with these numbers count by month: the records that begin in each, or with `isRange` those that are in
 * force at some time in it. The first month of a series `before` stands for what has no beginning: undated.
 */
export function monthsOfCells(
  sums: SeriesSums,
  cells: ReadonlySet<number>,
  isRange: boolean,
): NonNullable<LayerTimes['months']> {
  const { firstMonth, months, before } = sums.header;
  const counts = new Array<number>(months).fill(0);
  for (const [cell, ordinal] of sums.ordinals.entries()) {
    if (!cells.has(ordinal)) continue;
    const row = cell * (months + 1);
    for (let month = 0; month < months; month++) {
      const count = isRange
        ? countInWindow(sums, cell, { from: firstMonth + month, to: firstMonth + month + 1 })
        : (sums.began[row + month + 1] as number) - (sums.began[row + month] as number);
      counts[month] = (counts[month] as number) + count;
    }
  }
  const undated = before && !isRange ? (counts[0] ?? 0) : 0;
  if (before) counts[0] = 0;
  return { firstMonth, counts, undated };
}
