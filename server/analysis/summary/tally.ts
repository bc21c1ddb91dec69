import type { Selected } from '../select.ts';

/** What has rates and series: points at an instant, and not what lasts. */
export const isEvents = ({ layer }: Selected): boolean => layer.geometry === 'point' && layer.time === 'instant';

/** What is counted of one collection in one unit, or outside all of them. */
export interface Tally {
  /** Points; of lines and polygons, records that have a part there. */
  records: number;
  /** Metres of line, or square metres of polygons; 0 of points. */
  size: number;
  /** Points that may lie farther off than half the unit's width. */
  imprecise: number;
  readonly kinds: Map<string, number>;
  /** In the order of the collection's measures. */
  readonly sums: number[];
  /** In the order of the steps. */
  readonly series: number[];
  /** Points whose time does not lie in one step. */
  undated: number;
}

/** What is counted of one collection. Units are known by their numbers, or by their H3 cells. */
export interface LayerTally {
  readonly selected: Selected;
  readonly measures: readonly string[];
  readonly inside: ReadonlyMap<number | string, Tally>;
  readonly outside: Tally;
}

export function emptyTally(measures: number, steps: number): Tally {
  const zeros = (length: number) => Array.from({ length }, () => 0);
  return {
    records: 0,
    size: 0,
    imprecise: 0,
    kinds: new Map(),
    sums: zeros(measures),
    series: zeros(steps),
    undated: 0,
  };
}

function addInto(sum: Tally, { records, size, imprecise, kinds, sums, series, undated }: Tally): void {
  sum.records += records;
  sum.size += size;
  sum.imprecise += imprecise;
  sum.undated += undated;
  for (const [kind, count] of kinds) sum.kinds.set(kind, (sum.kinds.get(kind) ?? 0) + count);
  for (const [index, value] of sums.entries()) sum.sums[index] = (sum.sums[index] ?? 0) + value;
  for (const [index, value] of series.entries()) sum.series[index] = (sum.series[index] ?? 0) + value;
}

/** All of them together: what is counted in units is counted once, so that the parts make the whole. */
export function totalOf(tallies: Iterable<Tally>): Tally {
  const sum = emptyTally(0, 0);
  for (const tally of tallies) addInto(sum, tally);
  return sum;
}
