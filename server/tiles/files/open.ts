import { close, fstat, open, read } from 'node:fs';
import { promisify } from 'node:util';
import type { TileCoord } from '../../core/tile.ts';
import { indexBytes, parseIndex, parseTrailer, placeOf, TRAILER_BYTES, tileKey } from '../../encode/tile-file.ts';
import type { TileFamily } from '../../query/prepare/tiles.ts';

const [openFile, closeFile, statFile] = [promisify(open), promisify(close), promisify(fstat)];

/** A tile as it is stored. */
export interface StoredTile {
  /** Mapbox Vector Tile, gzipped. */
  readonly mvt: Buffer;
  /** What its hexagons are made of (core/tile-counts.ts); null: that is for the roll-up to tell. */
  readonly counts: Buffer | null;
}

export interface TileFile {
  /** Gzipped; null: the tile is empty. */
  tile(family: TileFamily, coord: TileCoord): Promise<Buffer | null>;
  tileWithCounts(family: TileFamily, coord: TileCoord): Promise<StoredTile | null>;
  close(): Promise<void>;
}

/** Opens a file of tiles; null when there is none, or none that is whole. @throws what else the disk throws */
export async function openTileFile(path: string): Promise<TileFile | null> {
  const descriptor = await openFile(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (descriptor === null) return null;

  // By callback: a promise of fs takes as long as the reading.
  const readAt = (offset: number, length: number) =>
    new Promise<Buffer>((resolve, reject) => {
      read(descriptor, Buffer.allocUnsafeSlow(length), 0, length, offset, (error, bytes, buffer) => {
        if (error) reject(error);
        else if (bytes < length) reject(new Error(`${path} ends before its tile does.`));
        else resolve(buffer);
      });
    });

  const { size } = await statFile(descriptor);
  const trailer = size < TRAILER_BYTES ? null : parseTrailer(await readAt(size - TRAILER_BYTES, TRAILER_BYTES), size);
  if (!trailer) {
    await closeFile(descriptor);
    return null;
  }
  const index = parseIndex(await readAt(trailer.offset, indexBytes(trailer.tiles)), trailer.tiles);

  return {
    tile: async (family, coord) => {
      const place = placeOf(index, tileKey(family, coord));
      return place < 0 ? null : readAt(index.offsets[place] as number, index.tileLengths[place] as number);
    },
    tileWithCounts: async (family, coord) => {
      const place = placeOf(index, tileKey(family, coord));
      if (place < 0) return null;
      const length = index.tileLengths[place] as number;
      const countsLength = index.countsLengths[place] as number;
      const both = await readAt(index.offsets[place] as number, length + countsLength);
      return { mvt: both.subarray(0, length), counts: countsLength === 0 ? null : both.subarray(length) };
    },
    close: () => closeFile(descriptor),
  };
}
