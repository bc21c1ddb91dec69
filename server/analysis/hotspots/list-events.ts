import { type CellItemsRow, cellItemsQuery } from '../../query/analysis/hotspots.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';

/** Records of a hexagon that are listed, of each collection. */
export const MOST_LISTED = 100;

/** Records of a collection by their numbers, rising. */
export interface Listed {
  readonly collection: string;
  readonly items: readonly number[];
}

/**
 * Records of each of some hexagons, in the order of the collections: by one query of each.
 * @param preciseM only such are counted
 */
export async function listEvents(
  { run }: Question,
  selected: readonly Selected[],
  cells: readonly string[],
  preciseM: number | undefined,
): Promise<readonly (readonly Listed[])[]> {
  const listed: Listed[][] = cells.map(() => []);
  if (cells.length === 0) return listed;
  for (const { layer, filter } of selected) {
    const ceiling = Math.min(preciseM ?? Number.POSITIVE_INFINITY, filter.maxPrecisionM ?? Number.POSITIVE_INFINITY);
    const narrowed = Number.isFinite(ceiling) ? { ...filter, maxPrecisionM: ceiling } : filter;
    for (const { nth, items } of await run<CellItemsRow>(cellItemsQuery(layer, narrowed, cells, MOST_LISTED))) {
      // Sorted as numbers without a function that is called a million times.
      listed[nth - 1]?.push({ collection: layer.id, items: [...Float64Array.from(items.split(' '), Number).sort()] });
    }
  }
  return listed;
}
