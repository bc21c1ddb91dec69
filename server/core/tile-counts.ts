import type { Months } from './interval.ts';

/**
 * What the hexagons of one stored tile are made of, by kind and month, so that the tile can be counted anew for a window
 * and some kinds without asking for its records.
 *
 * The bytes, little-endian:
 *
 *     uint32     length of the header
 *     header     JSON, UTF-8: `kinds`, `cells`, `entries`, and of each column `[width, base]`
 *     columns    uint{8 x width}, one after the other; `base` is added to each value
 *
 * The columns are: of each hexagon its ordinal and its number of entries; then of each entry, hexagon by hexagon, its
 * kind (place in `kinds`), first month, number of months, count, and the sum of each measure.
 */
export interface TileCounts {
  /** In the order in which the first of equally common ones is the dominant; null for records without a kind. */
  readonly kinds: readonly (string | null)[];
  readonly ordinals: ArrayLike<number>;
  readonly sizes: ArrayLike<number>;
  readonly kind: ArrayLike<number>;
  /** `12 * year + month`, January being 0. */
  readonly firstMonth: ArrayLike<number>;
  /** The first month after it. */
  readonly endMonth: ArrayLike<number>;
  readonly count: ArrayLike<number>;
  /** One column for each of the layer's measures. */
  readonly sums: readonly ArrayLike<number>[];
}

interface Header {
  readonly kinds: readonly (string | null)[];
  readonly cells: number;
  readonly entries: number;
  readonly columns: readonly (readonly [width: 1 | 2 | 4, base: number])[];
}

/** What is narrowed to: null is everything. */
export interface CountedPart {
  readonly months: Months | null;
  readonly isKind: (kind: string | null) => boolean;
}

export interface CellCount {
  readonly count: number;
  readonly sums: readonly number[];
  readonly dominant: string | null;
}

/** Columns that have a number for each hexagon; the others have one for each entry. */
const PER_CELL = 2;
const ARRAYS = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array } as const;

function rangeOf(values: ArrayLike<number>): { base: number; spread: number } {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return values.length === 0 ? { base: 0, spread: 0 } : { base: least, spread: most - least };
}

/** The bytes, or null when a number is too large for them: such a tile is counted by the database. */
export function printTileCounts(counts: TileCounts): Uint8Array | null {
  const { kinds, ordinals, sizes, kind, firstMonth, endMonth, count, sums } = counts;
  const lengths = Array.from(endMonth, (end, index) => end - (firstMonth[index] as number));
  const columns = [ordinals, sizes, kind, firstMonth, lengths, count, ...sums].map((values) => {
    const { base, spread } = rangeOf(values);
    const width: 1 | 2 | 4 | null = spread < 2 ** 8 ? 1 : spread < 2 ** 16 ? 2 : spread < 2 ** 32 ? 4 : null;
    return { values, base, width };
  });
  if (columns.some(({ width, base }) => width === null || !Number.isSafeInteger(base))) return null;
  const header: Header = {
    kinds,
    cells: ordinals.length,
    entries: kind.length,
    columns: columns.map(({ width, base }) => [width as 1 | 2 | 4, base]),
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const size = columns.reduce((sum, { values, width }) => sum + values.length * (width as number), 4 + json.length);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, json.length, true);
  bytes.set(json, 4);
  let offset = 4 + json.length;
  for (const { values, base, width } of columns) {
    const packed = new ARRAYS[width as 1 | 2 | 4](values.length);
    for (let index = 0; index < values.length; index++) packed[index] = (values[index] as number) - base;
    bytes.set(new Uint8Array(packed.buffer), offset);
    offset += packed.byteLength;
  }
  return bytes;
}

/** Read as they are: adding the base to tens of thousands of numbers takes longer than unpacking them. */
interface Column {
  readonly values: Uint8Array | Uint16Array | Uint32Array;
  readonly base: number;
}

/** What `parseTileCounts` reads and `countCells` counts. */
export interface ParsedCounts {
  readonly kinds: readonly (string | null)[];
  readonly columns: readonly Column[];
}

export function parseTileCounts(bytes: Uint8Array): ParsedCounts {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as Header;
  let offset = 4 + length;
  const columns = header.columns.map(([width, base], index): Column => {
    const size = (index < PER_CELL ? header.cells : header.entries) * width;
    // Copied, since columns begin at any byte; not by `slice`, which of a Buffer is no copy.
    const values = new ARRAYS[width](new Uint8Array(bytes.subarray(offset, offset + size)).buffer);
    offset += size;
    return { values, base };
  });
  return { kinds: header.kinds, columns };
}

/** Counts, sums and commonest kind of each hexagon that still has a record, by its ordinal. */
export function countCells({ kinds, columns }: ParsedCounts, { months, isKind }: CountedPart): Map<number, CellCount> {
  const [ordinals, sizes, kind, first, length, count, ...sums] = columns as [
    Column,
    Column,
    Column,
    Column,
    Column,
    Column,
    ...Column[],
  ];
  const wanted = kinds.map(isKind);
  // Of an entry, months begin at `first` and end `length` after it: the bases are moved to the bounds.
  const to = (months?.to ?? Number.POSITIVE_INFINITY) - first.base;
  const from = (months?.from ?? Number.NEGATIVE_INFINITY) - first.base - length.base;
  const cells = new Map<number, CellCount>();
  const byKind = new Float64Array(kinds.length);
  const totals = new Float64Array(sums.length);
  let entry = 0;
  for (let cell = 0; cell < ordinals.values.length; cell++) {
    byKind.fill(0);
    totals.fill(0);
    for (const end = entry + at(sizes, cell); entry < end; entry++) {
      const begin = first.values[entry] as number;
      if (begin >= to || begin + (length.values[entry] as number) <= from) continue;
      const place = at(kind, entry);
      if (!wanted[place]) continue;
      (byKind[place] as number) += at(count, entry);
      for (let k = 0; k < sums.length; k++) (totals[k] as number) += at(sums[k] as Column, entry);
    }
    const most = byKind.reduce((greatest, value) => Math.max(greatest, value), 0);
    if (most === 0) continue;
    const total = byKind.reduce((sum, value) => sum + value, 0);
    cells.set(at(ordinals, cell), { count: total, sums: [...totals], dominant: kinds[byKind.indexOf(most)] ?? null });
  }
  return cells;
}

const at = ({ values, base }: Column, index: number): number => (values[index] as number) + base;
