import { toDayNumber } from '../../core/interval.ts';
import type { LotRow } from '../../query/analysis/trace.ts';

/** A record of a lot, and the collection that it stands in. */
export interface LotRecord extends LotRow {
  readonly collection: string;
}

/** A record whose days are known, if not exactly. */
export interface Dated extends LotRecord {
  readonly first: string;
  readonly last: string;
}

/** How many days lie between two events; both ends included in what is possible. */
export interface Days {
  readonly min: number;
  readonly max: number;
}

/** A lot: where it was diverted, and where it came to light, in the order of the days. */
export interface Lot {
  readonly lot: string;
  /** Every diversion whose days are known, in their order; the path begins at the first. */
  readonly diversions: readonly Dated[];
  /** The first diversion, if there is one, and then the finds. */
  readonly path: readonly Dated[];
  /** Records whose days are not known: when they fall in the path nobody can say. */
  readonly undated: readonly LotRecord[];
  /** Finds that are dated wholly before the first diversion, which cannot be. */
  readonly tooEarly: readonly Dated[];
}

export const isDiversion = ({ event }: Pick<LotRecord, 'event'>) => event === 'diversion';

const isDated = (record: LotRecord): record is Dated => record.first !== null && record.last !== null;

/** Days from one event to a later one. Less than 0 where the later may be the earlier; of one that must be, `max` too. */
export function daysBetween(from: Pick<Dated, 'first' | 'last'>, to: Pick<Dated, 'first' | 'last'>): Days {
  const day = toDayNumber;
  return { min: day(to.first) - day(from.last), max: day(to.last) - day(from.first) };
}

/** By the first day that each may have been, then the last, then by what tells them apart. */
function byDays(a: Dated, b: Dated): number {
  for (const key of ['first', 'last', 'collection', 'record'] as const) {
    if (a[key] !== b[key]) return a[key] < b[key] ? -1 : 1;
  }
  return a.item - b.item;
}

/** Whether the days of two records tell which was first. What is found was diverted before. */
export function isOrderKnown(from: Dated, to: Dated): boolean {
  return (isDiversion(from) && !isDiversion(to)) || from.last < to.first;
}

function arrange(lot: string, records: readonly LotRecord[]): Lot {
  const dated = records.filter(isDated).toSorted(byDays);
  const diversions = dated.filter(isDiversion);
  const [origin] = diversions;
  const finds = dated.filter((record) => !isDiversion(record));
  const isTooEarly = (find: Dated) => origin !== undefined && daysBetween(origin, find).max < 0;
  return {
    ...{ lot, diversions, tooEarly: finds.filter(isTooEarly) },
    undated: records.filter((record) => !isDated(record)),
    path: [...(origin ? [origin] : []), ...finds.filter((find) => !isTooEarly(find))],
  };
}

export function grouped<Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** The lots that the records name, in the order of their names. */
export function toLots(records: readonly LotRecord[]): Lot[] {
  const byLot = grouped(records, ({ lot }) => lot);
  return [...byLot].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([lot, its]) => arrange(lot, its));
}
