import type { TileCoord } from '../core/tile.ts';

/**
 * The stored tiles of one version of a layer as a file, so that reading one is a look-up in memory and one read of the
 * disk (measured: 0.007 ms, and 0.4 ms by way of PostgreSQL, which keeps them).
 *
 *     tiles    of each its bytes (gzipped, as they are sent), then what its hexagons are made of (core/tile-counts.ts,
 *              not gzipped) where it has that
 *     index    columns one after the other, from a multiple of 8 on, in the order of the keys: float64 key, float64
 *              offset of the tile, uint32 length of the tile, uint32 length of the counts; 0: none
 *     trailer  float64 offset of the index, uint32 number of tiles, uint32 version of this layout
 *
 * Little-endian; a machine that is not cannot read its neighbour's, and makes its own.
 */
export interface TileFileIndex {
  readonly keys: Float64Array;
  readonly offsets: Float64Array;
  readonly tileLengths: Uint32Array;
  readonly countsLengths: Uint32Array;
}

export const TRAILER_BYTES = 16;
const LAYOUT = 1;
const ENTRY_BYTES = 24;
const ALIGNMENT = 8;
/** Columns and rows of zoom 22, the finest there is. */
const SIDE = 2 ** 22;
const ZOOMS = 32;

const FAMILIES = { hexes: 0, items: 1 } as const;
type TileFamily = keyof typeof FAMILIES;

/** One number for each tile of a layer: 50 bits, which a double holds. */
export function tileKey(family: TileFamily, { z, x, y }: TileCoord): number {
  return ((FAMILIES[family] * ZOOMS + z) * SIDE + x) * SIDE + y;
}

export interface TileFileEntry {
  readonly key: number;
  readonly offset: number;
  readonly tileLength: number;
  readonly countsLength: number;
}

/** Bytes of an index. */
export const indexBytes = (tiles: number): number => tiles * ENTRY_BYTES;

/** What follows the tiles, which end at `offset`: index and trailer. */
export function printIndex(entries: readonly TileFileEntry[], offset: number): Uint8Array {
  const sorted = entries.toSorted((a, b) => a.key - b.key);
  const padding = (ALIGNMENT - (offset % ALIGNMENT)) % ALIGNMENT;
  const index = columns(new ArrayBuffer(indexBytes(sorted.length)), sorted.length);
  sorted.forEach(({ key, offset: at, tileLength, countsLength }, place) => {
    index.keys[place] = key;
    index.offsets[place] = at;
    index.tileLengths[place] = tileLength;
    index.countsLengths[place] = countsLength;
  });
  const bytes = new Uint8Array(padding + indexBytes(sorted.length) + TRAILER_BYTES);
  bytes.set(new Uint8Array(index.keys.buffer), padding);
  const trailer = new DataView(bytes.buffer, bytes.length - TRAILER_BYTES);
  trailer.setFloat64(0, offset + padding, true);
  trailer.setUint32(8, sorted.length, true);
  trailer.setUint32(12, LAYOUT, true);
  return bytes;
}

/** Where the index of a file of `size` bytes begins, and its tiles; null when the file is not whole or of another layout. */
export function parseTrailer(trailer: Uint8Array, size: number): { offset: number; tiles: number } | null {
  const view = new DataView(trailer.buffer, trailer.byteOffset, TRAILER_BYTES);
  const offset = view.getFloat64(0, true);
  const tiles = view.getUint32(8, true);
  const isWhole = view.getUint32(12, true) === LAYOUT && offset + tiles * ENTRY_BYTES + TRAILER_BYTES === size;
  return isWhole ? { offset, tiles } : null;
}

/** The index from its bytes, which it keeps; they begin at a multiple of 8 of their buffer. */
export function parseIndex(bytes: Uint8Array, tiles: number): TileFileIndex {
  return columns(bytes.buffer as ArrayBuffer, tiles, bytes.byteOffset);
}

function columns(buffer: ArrayBuffer, tiles: number, start = 0): TileFileIndex {
  return {
    keys: new Float64Array(buffer, start, tiles),
    offsets: new Float64Array(buffer, start + 8 * tiles, tiles),
    tileLengths: new Uint32Array(buffer, start + 16 * tiles, tiles),
    countsLengths: new Uint32Array(buffer, start + 20 * tiles, tiles),
  };
}

/** The place of a key, or -1. */
export function placeOf({ keys }: TileFileIndex, key: number): number {
  let [low, high] = [0, keys.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = keys[middle] as number;
    if (found === key) return middle;
    if (found < key) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
