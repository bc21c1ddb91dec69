import { randomUUID } from 'node:crypto';
import { GENERALISED_BANDS } from '../core/band.ts';
import type { PublishedLayer } from '../core/catalogue.ts';
import { describeCell, MAX_RESOLUTION, resolutionForZoom } from '../core/hex.ts';
import {
  POINTS_ALWAYS_FROM,
  type Prepared,
  pointLimit,
  TILE_BUDGET,
  type TileBudget,
  UNPREPARED,
} from '../core/prepared.ts';
import { createBands, indexBands } from '../query/prepare/bands.ts';
import { createHexTable, indexHexes, insertHexes, usedCells } from '../query/prepare/hexes.ts';
import { countRollup, createRollupTable, deleteRollup, fillRollup, indexRollup } from '../query/prepare/rollup.ts';
import { createTileTable, fullestTile } from '../query/prepare/tiles.ts';
import type { Run } from '../query/sql.ts';
import { batches } from './prepare/batches.ts';
import { type Progress, prepareTiles } from './prepare/tiles.ts';

/** No zoom beyond this is stored: a tile there holds little and is quickly made. */
const STORED_MAXZOOM = 12;
/** A roll-up that halves the rows is worth reading; beyond that the records answer as fast. */
const ROLLUP_SHARE = 0.5;
/** More cells than this make a series file that is slower to fetch than the tiles it saves. */
const SERIES_CELLS = 20_000;
const CELL_BATCH = 5000;

export type { Progress } from './prepare/tiles.ts';

/** Returns the finest resolution whose cells fit into a series. */
async function prepareHexes(run: Run, layer: PublishedLayer): Promise<number | null> {
  await run(createHexTable(layer));
  let seriesResolution: number | null = null;
  for (let resolution = 0; resolution <= MAX_RESOLUTION; resolution++) {
    const cells = await run<{ cell: string }>(usedCells(layer, resolution));
    if (cells.length <= SERIES_CELLS) seriesResolution = resolution;
    let ordinal = 0;
    // Described as they are stored: the outlines of all cells together take a gigabyte.
    for (const batch of batches(cells, CELL_BATCH)) {
      await run(
        insertHexes(
          layer,
          batch.map(({ cell }) => ({ ordinal: ordinal++, ...describeCell(cell) })),
        ),
      );
    }
  }
  for (const statement of indexHexes(layer)) await run(statement);
  return seriesResolution;
}

/**
 * Rolls up from the coarsest resolution: as far as hexagons stand for points, and beyond that as long as it saves enough.
 * Returns the finest.
 */
async function prepareRollup(run: Run, layer: PublishedLayer, pointZoom: number): Promise<number | null> {
  const needed = pointZoom > 0 ? resolutionForZoom(pointZoom - 1) : -1;
  await run(createRollupTable(layer, layer));
  let finest: number | null = null;
  for (let resolution = 0; resolution <= MAX_RESOLUTION; resolution++) {
    await run(fillRollup(layer, layer, resolution));
    const [counted] = await run<{ rows: number }>(countRollup(layer, resolution));
    if (resolution > needed && (counted?.rows ?? 0) > layer.count * ROLLUP_SHARE) {
      await run(deleteRollup(layer, resolution));
      break;
    }
    finest = resolution;
  }
  for (const statement of indexRollup(layer, layer)) await run(statement);
  return finest;
}

/** The coarsest zoom from which on no tile is over the budget. */
async function choosePointZoom(run: Run, layer: PublishedLayer, budget: TileBudget): Promise<number> {
  const limit = pointLimit(budget);
  for (let z = POINTS_ALWAYS_FROM - 1; z >= 0; z--) {
    const [fullest] = await run<{ features: number }>(fullestTile(layer, z));
    if ((fullest?.features ?? 0) > limit) return z + 1;
  }
  return 0;
}

async function prepareBands(run: Run, layer: PublishedLayer): Promise<void> {
  await run(createBands(layer, layer, GENERALISED_BANDS));
  for (const statement of indexBands(layer)) await run(statement);
}

/**
 * Makes beside the records of a version all that requests read: hexagons and their roll-up, generalised copies, tiles.
 * Without `storesTiles` all but the tiles, which are then made when they are asked for.
 * Runs inside the transaction that publishes, so a failure leaves the version before in service.
 */
export async function prepare(
  run: Run,
  version: Omit<PublishedLayer, 'prepared'>,
  progress: Progress,
  budget: TileBudget = TILE_BUDGET,
  storesTiles = true,
): Promise<Prepared> {
  const unprepared: Prepared = { ...UNPREPARED, stamp: storesTiles ? randomUUID() : null };
  const bare: PublishedLayer = { ...version, prepared: unprepared };
  if (storesTiles) for (const statement of createTileTable(bare)) await run(statement);
  if (bare.geometry !== 'point') {
    await prepareBands(run, bare);
    progress('generalised', 1, 1);
    if (!storesTiles) return unprepared;
    return { ...unprepared, storedItems: await prepareTiles(run, bare, 'items', [0, STORED_MAXZOOM], progress) };
  }
  const seriesResolution = await prepareHexes(run, bare);
  progress('hexagons', 1, 1);
  const pointZoom = await choosePointZoom(run, bare, budget);
  const rollupResolution = await prepareRollup(run, bare, pointZoom);
  progress('roll-up', 1, 1);
  const counted: Prepared = {
    ...unprepared,
    pointZoom,
    rollupResolution,
    rollupTellsPrecision: true,
    seriesResolution,
  };
  if (!storesTiles) return counted;
  const layer: PublishedLayer = { ...bare, prepared: counted };
  // Beyond the zooms at which they stand for points, hexagons are asked for only where the layer is drawn as such.
  const hexMaxzoom = layer.style.type === 'hexagons' ? STORED_MAXZOOM : pointZoom - 1;
  const storedHexes = await prepareTiles(run, layer, 'hexes', [0, hexMaxzoom], progress);
  const storedItems = await prepareTiles(run, layer, 'items', [pointZoom, STORED_MAXZOOM], progress);
  return { ...counted, storedHexes, storedItems };
}
