import type { Months } from './interval.ts';

/**
 * A layer's hexagons of one resolution over time: enough to count any window of whole months without asking the server.
 *
 * The file (`GET /hexes/{id}/series?res=`), all numbers little-endian:
 *
 *     4 bytes    "AZS1"
 *     uint32     length of the header in bytes
 *     header     JSON, UTF-8, padded with spaces so that what follows is aligned to 4 bytes
 *     uint32 x cells                       ordinals: the feature ids of the hexagons in tiles, ascending
 *     uint{8 x width} x kinds x cells x months   starts: records that begin in the month
 *     the same again when the header has `ends`  ends: records of which it is the first month after their end
 *
 * Months run fastest, then cells, then kinds. With `before`, the first month stands for all that came before the others,
 * and holds the records without a beginning. A record without an end is in no month of `ends`. Without `ends`, each record
 * lies within the month in which it begins.
 */
export interface SeriesHeader {
  readonly collection: string;
  readonly generation: number;
  readonly resolution: number;
  /** `12 * year + month`, January being 0. */
  readonly firstMonth: number;
  readonly months: number;
  /** Values of the layer's `kind`; null for records without one, and alone where the layer has no kinds. */
  readonly kinds: readonly (string | null)[];
  readonly cells: number;
  /** Bytes of a count: 1, 2 or 4. */
  readonly width: 1 | 2 | 4;
  readonly ends: boolean;
  readonly before: boolean;
}

export type Counts = Uint8Array | Uint16Array | Uint32Array;

export interface Series {
  readonly header: SeriesHeader;
  readonly ordinals: Uint32Array;
  readonly starts: Counts;
  readonly ends: Counts | null;
}

const MAGIC = 'AZS1';

const countsOf = (width: 1 | 2 | 4, source: number | ArrayBuffer, offset = 0, length = 0): Counts => {
  const Type = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array }[width];
  return typeof source === 'number' ? new Type(source) : new Type(source, offset, length);
};

/** Counts of `length` cells, months and kinds, wide enough for the greatest of them. */
export function emptyCounts(width: 1 | 2 | 4, length: number): Counts {
  return countsOf(width, length);
}

/** The file's bytes. */
export function printSeries({ header, ordinals, starts, ends }: Series): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const padded = Math.ceil(json.length / 4) * 4;
  const parts = [ordinals, starts, ...(ends ? [ends] : [])];
  const file = new Uint8Array(8 + padded + parts.reduce((sum, part) => sum + part.byteLength, 0));
  file.set(new TextEncoder().encode(MAGIC));
  new DataView(file.buffer).setUint32(4, padded, true);
  file.fill(0x20, 8, 8 + padded).set(json, 8);
  let offset = 8 + padded;
  for (const part of parts) {
    file.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), offset);
    offset += part.byteLength;
  }
  return file;
}

/** Reads the file; on a big-endian machine the numbers would be wrong, and no browser runs on one. */
export function parseSeries(file: ArrayBuffer): Series {
  if (new TextDecoder().decode(file.slice(0, 4)) !== MAGIC) throw new Error('This is not a series of hexagons.');
  const length = new DataView(file).getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(file.slice(8, 8 + length))) as SeriesHeader;
  const ordinals = new Uint32Array(file, 8 + length, header.cells);
  const size = header.cells * header.months * header.kinds.length;
  const first = 8 + length + ordinals.byteLength;
  const starts = countsOf(header.width, file, first, size);
  // The ends follow the starts at whatever byte they end: copied where that is not aligned.
  const rest = file.slice(first + size * header.width);
  return { header, ordinals, starts, ends: header.ends ? countsOf(header.width, rest, 0, size) : null };
}

/** Sums from the first month on: what lets any window be counted in two look-ups. */
export interface SeriesSums {
  readonly header: SeriesHeader;
  readonly ordinals: Uint32Array;
  /** For each cell, `months + 1` sums over all kinds: of what began, and of what had ended, before the month. */
  readonly began: Uint32Array;
  readonly ended: Uint32Array;
}

/** Adds up the kinds wanted (all unless given). */
export function toSums({ header, ordinals, starts, ends }: Series, kinds?: ReadonlySet<string | null>): SeriesSums {
  const { cells, months } = header;
  const stride = months + 1;
  const began = new Uint32Array(cells * stride);
  const ended = new Uint32Array(cells * stride);
  header.kinds.forEach((kind, k) => {
    if (kinds && !kinds.has(kind)) return;
    for (let cell = 0; cell < cells; cell++) {
      const from = (k * cells + cell) * months;
      let [beginning, ending] = [0, 0];
      for (let month = 0; month < months; month++) {
        beginning += starts[from + month] as number;
        // Within a month what began in the month before has ended in this one.
        ending += ends ? (ends[from + month] as number) : month === 0 ? 0 : (starts[from + month - 1] as number);
        (began[cell * stride + month + 1] as number) += beginning;
        (ended[cell * stride + month] as number) += ending;
      }
      const last = cell * stride + months;
      (ended[last] as number) += ends ? ending : beginning;
    }
  });
  return { header, ordinals, began, ended };
}

/** How many records of a cell (by its place in `ordinals`) meet a window of whole months. */
export function countInWindow(sums: SeriesSums, cell: number, window: Months): number {
  const { firstMonth, months, before } = sums.header;
  const stride = months + 1;
  const to = window.to === null ? months : Math.max(before ? 1 : 0, Math.min(months, window.to - firstMonth));
  const from = window.from === null ? 0 : window.from - firstMonth;
  const began = sums.began[cell * stride + to] as number;
  if (from < 0) return began;
  return began - (sums.ended[cell * stride + Math.min(from, months)] as number);
}
