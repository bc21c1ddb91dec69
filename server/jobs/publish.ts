import { toBaseCell } from '../core/hex.ts';
import type { Layer } from '../core/layer.ts';
import { TILE_BUDGET, type TileBudget } from '../core/prepared.ts';
import type { LayerRecord } from '../core/record.ts';
import { generationQuery, publishLayer } from '../query/catalogue.ts';
import { countMerged } from '../query/publish/merge.ts';
import { createRecordTable, indexRecordTable, insertRecords } from '../query/record-table.ts';
import type { Run } from '../query/sql.ts';
import { recordTableName } from '../query/tables.ts';
import { type Origin, recordVersion } from '../query/versions.ts';
import { keepWithheld } from '../query/withheld.ts';
import { findWithheldAnew, takeBack } from './analysis/take-back.ts';
import { type Progress, prepare } from './prepare.ts';
import { dropOutdated } from './publish/drop-versions.ts';

const BATCH = 1000;

/**
 * Versions of a layer whose records are kept, the one in service among them, unless told otherwise; beside them as many of
 * those that came of correcting single records.
 */
export const VERSIONS_KEPT = 20;

function baseCell(record: LayerRecord): string {
  const [lon, lat] = record.geometry.coordinates as [number, number];
  return toBaseCell(lon, lat);
}

export interface PublishOptions {
  readonly generation: number;
  /** Of the shipped files that the records came from, or of the way they are stored; null: unknown. */
  readonly seedHash: string | null;
  readonly origin?: Origin;
  readonly budget?: TileBudget;
  readonly versionsKept?: number;
  /** False: tiles are made when they are asked for. */
  readonly storesTiles?: boolean;
  readonly progress?: Progress;
  /** The table has its key and its indexes already. */
  readonly isIndexed?: boolean;
}

/**
 * Puts a filled table of records into service as its layer's next generation: indexes, what requests read, the swap.
 * Runs inside the caller's transaction: readers see the old version or the new one, never a part. The version before
 * stays whole for requests that are already under way; of older ones the newest keep their records. What was made of them
 * is taken back from those for whom this version withholds more.
 */
export async function publishTable(
  run: Run,
  layer: Layer,
  count: number,
  { generation, seedHash, origin = { kind: 'seed' }, budget = TILE_BUDGET, ...options }: PublishOptions,
): Promise<void> {
  const { versionsKept = VERSIONS_KEPT, storesTiles = true, progress = () => undefined } = options;
  const table = recordTableName(layer.id, generation);
  if (!options.isIndexed) for (const statement of indexRecordTable(layer, table)) await run(statement);
  progress('indexes', 1, 1);
  const version = { ...layer, generation, table, count, bbox: null, interval: null };
  const prepared = await prepare(run, version, progress, budget, storesTiles);
  const [last] = await run<{ generation: number }>(generationQuery(layer.id));
  const [held] = await run<{ shown: number; last: number }>(countMerged(table));
  await run(publishLayer({ ...version, prepared }, { seedHash, origin: origin.kind, lastFid: held?.last ?? 0 }));
  const withheldFrom = await findWithheldAnew(run, version);
  for (const statement of keepWithheld({ id: layer.id, table })) await run(statement);
  await run(recordVersion(layer, { generation, table, prepared, count: held?.shown ?? 0 }, origin));
  await dropOutdated(run, layer.id, last?.generation ?? generation, versionsKept);
  await takeBack(run, version, withheldFrom);
}

/** Publishes records as the next generation of their layer, inside the caller's transaction. */
export async function publish(
  run: Run,
  layer: Layer,
  records: readonly LayerRecord[],
  options: PublishOptions,
): Promise<void> {
  const table = recordTableName(layer.id, options.generation);
  await run(createRecordTable(layer, table));
  for (let start = 0; start < records.length; start += BATCH) {
    const batch = records.slice(start, start + BATCH);
    const baseCells = layer.geometry === 'point' ? batch.map(baseCell) : [];
    await run(insertRecords(layer, table, batch, baseCells));
    options.progress?.('records', start + batch.length, records.length);
  }
  await publishTable(run, layer, records.length, options);
}
