import type { PublishedLayer } from '../../core/catalogue.ts';
import {
  type EntriesRow,
  type EntriesSizeRow,
  entriesQuery,
  entriesSizeQuery,
  type KindRow,
  type OrdinalRow,
  ordinalsQuery,
  rolledKindsQuery,
} from '../../query/analysis/cells/rollup.ts';
import type { Question } from '../question.ts';
import { keptWithin } from './kept-within.ts';

/** The roll-up of a version at a resolution, in columns: events of the same hexagon, kind, months and precision are one entry. */
export interface RollupEntries {
  /** H3 indexes by ordinal. */
  readonly cells: readonly string[];
  readonly kinds: readonly (string | null)[];
  readonly ordinal: Int32Array;
  /** Place in `kinds`. */
  readonly kind: Uint16Array;
  readonly isPrecise: Uint8Array;
  /** Half-open, as `Months` counts them. */
  readonly firstMonth: Int32Array;
  readonly endMonth: Int32Array;
  readonly count: Int32Array;
  /** Of each measure, in their order: whole numbers. */
  readonly sums: readonly Float64Array[];
}

/** A larger roll-up is not kept in memory: the records are read instead. */
const MOST_ENTRIES = 600_000;
/** Of all that are kept, about 30 bytes each: 50 MB at most. */
const MOST_KEPT = 1_500_000;

/** Bytes of an entry before its sums, and of each sum. */
const FIXED = 20;
const SUM = 8;

/** By the stamp of the version, which is one among all databases, the resolution, and what the caller may see. */
const known = keptWithin<Kept>(MOST_KEPT, ({ entries }) => entries?.ordinal.length ?? 0);
interface Kept {
  /** Absent: there are too many. */
  readonly entries: RollupEntries | undefined;
}

function toColumns(bytes: Buffer, measures: number): Omit<RollupEntries, 'cells' | 'kinds'> {
  const stride = FIXED + SUM * measures;
  const length = bytes.length / stride;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [ordinal, firstMonth, endMonth, count] = [0, 0, 0, 0].map(() => new Int32Array(length)) as [
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  const [kind, isPrecise] = [new Uint16Array(length), new Uint8Array(length)];
  const sums = Array.from({ length: measures }, () => new Float64Array(length));
  for (let index = 0, at = 0; index < length; index++, at += stride) {
    ordinal[index] = view.getInt32(at);
    const sort = view.getInt32(at + 4);
    kind[index] = sort >> 1;
    isPrecise[index] = sort & 1;
    firstMonth[index] = view.getInt32(at + 8);
    endMonth[index] = view.getInt32(at + 12);
    count[index] = view.getInt32(at + 16);
    for (const [measure, column] of sums.entries()) {
      const high = view.getInt32(at + FIXED + SUM * measure);
      column[index] = high * 2 ** 32 + view.getUint32(at + FIXED + SUM * measure + 4);
    }
  }
  return { ordinal, kind, isPrecise, firstMonth, endMonth, count, sums };
}

async function read(
  { run, access }: Pick<Question, 'run' | 'access'>,
  layer: PublishedLayer,
  resolution: number,
): Promise<RollupEntries | undefined> {
  const [size] = await run<EntriesSizeRow>(entriesSizeQuery(layer, resolution));
  if ((size?.entries ?? 0) > MOST_ENTRIES) return undefined;
  const kinds = (await run<KindRow>(rolledKindsQuery(layer, resolution))).map(({ kind }) => kind);
  const cells = (await run<OrdinalRow>(ordinalsQuery(layer, resolution))).map(({ cell }) => cell);
  const [row] = await run<EntriesRow>(entriesQuery(layer, resolution, access, kinds));
  return { cells, kinds, ...toColumns(row?.entries ?? Buffer.alloc(0), layer.measures.length) };
}

/**
 * The roll-up of a version in service at a resolution, as far as the caller may see it: read once, for a version is never
 * changed; undefined where there is none that tells precise records from others, or it is too large.
 */
export async function rollupEntries(
  question: Pick<Question, 'run' | 'access'>,
  layer: PublishedLayer,
  resolution: number,
): Promise<RollupEntries | undefined> {
  const { stamp, rollupResolution, rollupTellsPrecision } = layer.prepared;
  const isThere = rollupTellsPrecision && rollupResolution !== null && resolution <= rollupResolution;
  if (!isThere || stamp === null || layer.generationInService !== undefined) return undefined;
  const key = [stamp, resolution, ...question.access.handling].join(' ');
  // What one caller gives up while it is read is not remembered for others.
  const { entries } = known.get(key) ?? known.set(key, { entries: await read(question, layer, resolution) });
  return entries;
}
