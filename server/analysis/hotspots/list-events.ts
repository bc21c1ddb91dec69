import { type CellItemRow, cellItemsQuery } from '../../query/analysis/hotspots.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';

/** Records of a hexagon that are listed, of each collection. */
const MOST = 20;

/** A record of a collection by its number. */
export interface Listed {
  readonly collection: string;
  readonly item: number;
}

/** Records of each of some hexagons, in the order of the collections and of their numbers. @param preciseM only such are counted */
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
    const rows = await run<CellItemRow>(cellItemsQuery(layer, narrowed, cells, MOST));
    for (const { nth, item } of rows) listed[nth - 1]?.push({ collection: layer.id, item });
  }
  return listed;
}
