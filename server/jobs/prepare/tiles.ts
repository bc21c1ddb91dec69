import type { PublishedLayer } from '../../core/catalogue.ts';
import { printTileCounts } from '../../core/tile-counts.ts';
import { toGzip } from '../../encode/gzip.ts';
import { readEntries } from '../../encode/narrow/entries.ts';
import {
  candidateTiles,
  insertTiles,
  kindsQuery,
  type TileFamily,
  tilesQuery,
  weightQuery,
} from '../../query/prepare/tiles.ts';
import type { Run } from '../../query/sql.ts';
import { batches } from './batches.ts';

/**
 * Tiles stored per layer and family at most: as long as one stands for so many points or vertices on average, storing it
 * saves more than it costs. Zooms are stored whole or not at all.
 */
const WEIGHT_PER_TILE = { point: 16, line: 4, polygon: 4 } as const;
const STORED_TILES = { least: 300, most: 40_000 };
const TILE_BATCH = 256;

/** What preparing has come to, for a person who waits. */
export type Progress = (step: string, done: number, total: number) => void;

interface MadeTile {
  readonly x: number;
  readonly y: number;
  readonly mvt: Buffer;
  readonly entries: Buffer | null;
}

/** Points, or the vertices of shapes. */
async function weightOf(run: Run, layer: PublishedLayer): Promise<number> {
  if (layer.geometry === 'point') return layer.count;
  const [row] = await run<{ weight: number }>(weightQuery(layer));
  return row?.weight ?? 0;
}

/** Makes and stores the tiles of a family from a zoom on, for as long as they are not too many. */
export async function prepareTiles(
  run: Run,
  layer: PublishedLayer,
  family: TileFamily,
  [minzoom, maxzoom]: readonly [number, number],
  progress: Progress,
): Promise<[number, number] | null> {
  const worth = (await weightOf(run, layer)) / WEIGHT_PER_TILE[layer.geometry];
  const limit = Math.min(Math.max(worth, STORED_TILES.least), STORED_TILES.most);
  const kinds =
    family === 'hexes' ? (await run<{ kind: string | null }>(kindsQuery(layer, layer))).map(({ kind }) => kind) : [];
  const toCounts = async (entries: Buffer | null) => {
    const counts = entries && printTileCounts(readEntries(entries, kinds, layer.measures.length));
    return counts && toGzip(counts);
  };
  let stored = 0;
  let last = -1;
  for (let z = minzoom; z <= maxzoom; z++) {
    const wanted = await run<{ x: number; y: number }>(candidateTiles(layer, family, z));
    if (stored + wanted.length > limit) break;
    for (const batch of batches(wanted, TILE_BATCH)) {
      const coords = batch.map(({ x, y }) => ({ z, x, y }));
      const made = await run<MadeTile>(tilesQuery(layer, family, coords, kinds));
      const tiles = await Promise.all(
        made.map(async ({ x, y, mvt, entries }) => ({
          x,
          y,
          gzip: await toGzip(mvt),
          counts: await toCounts(entries),
        })),
      );
      if (tiles.length > 0) await run(insertTiles(layer, family, z, tiles));
    }
    stored += wanted.length;
    last = z;
    progress(`${family} tiles`, z, maxzoom);
  }
  return last < 0 ? null : [minzoom, last];
}
