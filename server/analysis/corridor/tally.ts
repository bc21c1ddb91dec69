import { byCodeUnit } from '../../core/by-code-unit.ts';
import type { PublishedLayer } from '../../core/catalogue.ts';

/** Records that were counted, in one place or altogether. */
export interface Tally {
  count: number;
  /** Of them, those in the study area. */
  inArea: number;
  readonly byKind: Map<string, number>;
  /** Of each measure of the collections. */
  readonly sums: Map<string, number>;
}

/** What a record without a kind is counted as. */
const UNSTATED = 'not stated';

export const emptyTally = (): Tally => ({ count: 0, inArea: 0, byKind: new Map(), sums: new Map() });

interface Alike {
  readonly kind: string | null;
  readonly isOutside: boolean;
  readonly count: number;
  /** In the order of the layer's measures. */
  readonly sums: readonly (number | null)[];
}

/** Adds records of a collection that are alike. */
export function add(
  tally: Tally,
  { kind, measures }: PublishedLayer,
  { kind: of, isOutside, count, sums }: Alike,
): void {
  tally.count += count;
  if (!isOutside) tally.inArea += count;
  if (kind !== undefined) tally.byKind.set(of ?? UNSTATED, (tally.byKind.get(of ?? UNSTATED) ?? 0) + count);
  for (const [index, name] of measures.entries()) {
    tally.sums.set(name, (tally.sums.get(name) ?? 0) + (sums[index] ?? 0));
  }
}

/** Adds one tally to another. */
export function merge(into: Tally, { count, inArea, byKind, sums }: Tally): void {
  into.count += count;
  into.inArea += inArea;
  for (const [kind, each] of byKind) into.byKind.set(kind, (into.byKind.get(kind) ?? 0) + each);
  for (const [name, sum] of sums) into.sums.set(name, (into.sums.get(name) ?? 0) + sum);
}

/** As an object with its names in the order of the alphabet (of code points), so that results are the same bytes. */
export const toRecord = (map: ReadonlyMap<string, number>): Record<string, number> =>
  Object.fromEntries([...map].sort(([a], [b]) => byCodeUnit(a, b)));
