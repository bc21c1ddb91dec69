import { distancesQuery } from '../../query/analysis/trace.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import { inBatches } from './batches.ts';
import { type Holder, holdersOf } from './holders.ts';
import { type Dated, isDiversion, type Lot, type LotRecord } from './lots.ts';
import { type River, type RiverSide, riverSides } from './river.ts';

/** Kilometres between two positions, and between which bounds they lie as both may be off. */
export interface Distance {
  readonly km: number;
  readonly km_min: number;
  readonly km_max: number;
}

/** What is found out of a record beside what it says. */
export interface Measured {
  readonly holders: readonly Holder[];
  /** Of the ground around, within the precision, where the point itself is not. */
  readonly maybe: readonly Holder[];
  readonly river: RiverSide | undefined;
  /** From the first diversion of its lot; of that itself, and without one, none. */
  readonly fromOrigin: Distance | undefined;
  /** From the record before it in the path. */
  readonly leg: Distance | undefined;
}

/** Each may be off by so many metres, in any direction. */
function between(metres: number, from: LotRecord, to: LotRecord): Distance {
  const off = from.within_m + to.within_m;
  return { km: metres / 1e3, km_min: Math.max(0, metres - off) / 1e3, km_max: (metres + off) / 1e3 };
}

async function distances(question: Question, pairs: readonly (readonly [LotRecord, LotRecord])[]): Promise<Distance[]> {
  const rows = await inBatches(pairs, (batch) => question.run<{ metres: number }>(distancesQuery(batch)));
  return pairs.map(([from, to], index) => between((rows[index] as { metres: number }).metres, from, to));
}

export interface Asking {
  readonly control: readonly Selected[];
  readonly river: River | undefined;
  readonly reachKm: number;
}

/** Measures every record of every lot, those out of the path too. */
export async function measure(
  question: Question,
  lots: readonly Lot[],
  { control, river, reachKm }: Asking,
): Promise<ReadonlyMap<LotRecord, Measured>> {
  const dated: Dated[] = [];
  const legs: (readonly [LotRecord, LotRecord])[] = [];
  const spans: (readonly [LotRecord, LotRecord])[] = [];
  for (const { path, diversions, tooEarly, undated } of lots) {
    for (const record of new Set([...path, ...diversions, ...tooEarly])) dated.push(record);
    for (const [index, record] of path.entries()) {
      const before = path[index - 1];
      if (before) legs.push([before, record]);
    }
    const [origin] = diversions;
    const finds = [...path, ...undated].filter((record) => !isDiversion(record));
    if (origin) spans.push(...finds.map((find) => [origin, find] as const));
  }
  const all = [...dated, ...lots.flatMap(({ undated }) => undated)];
  const held = await holdersOf(question, control, dated);
  const banks = river ? await riverSides(question, river, all, reachKm) : [];
  const legKm = await distances(question, legs);
  const spanKm = await distances(question, spans);
  const legOf = new Map(legs.map(([, to], index) => [to, legKm[index]]));
  const spanOf = new Map(spans.map(([, to], index) => [to, spanKm[index]]));
  return new Map(
    all.map((record, index) => [
      record,
      {
        ...(held[index] ?? { holders: [], maybe: [] }),
        ...{ river: banks[index], fromOrigin: spanOf.get(record), leg: legOf.get(record) },
      },
    ]),
  );
}
