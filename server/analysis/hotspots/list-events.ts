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

/** The database looks for the records of so many lists of hexagons side by side, on both processors of a small machine. */
const AT_ONCE = 2;

/**
 * Records of each of some hexagons, in the order of the collections.
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
    const size = Math.ceil(cells.length / AT_ONCE);
    const listFrom = async (first: number) => {
      const some = cells.slice(first, first + size);
      for (const { nth, items } of await run<CellItemsRow>(cellItemsQuery(layer, narrowed, some, MOST_LISTED))) {
        listed[first + nth - 1]?.push({ collection: layer.id, items: risingNumbers(items) });
      }
    };
    await Promise.all(Array.from({ length: Math.ceil(cells.length / size) }, (_, nth) => listFrom(nth * size)));
  }
  return listed;
}

const NUMBER_BYTES = 8;

/** Sorted as numbers in a typed array, without a function that is called a million times. */
function risingNumbers(bytes: Buffer): number[] {
  const numbers = new Float64Array(bytes.length / NUMBER_BYTES);
  for (let index = 0; index < numbers.length; index++) {
    const at = index * NUMBER_BYTES;
    numbers[index] = bytes.readInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4);
  }
  return Array.from(numbers.sort());
}
