import { toBaseCell } from '../core/hex.ts';
import type { Layer } from '../core/layer.ts';
import { TILE_BUDGET, type TileBudget } from '../core/prepared.ts';
import type { LayerRecord } from '../core/record.ts';
import { dropTable, generationQuery, publishLayer, tablesBefore } from '../query/catalogue.ts';
import { createRecordTable, indexRecordTable, insertRecords } from '../query/record-table.ts';
import type { Run } from '../query/sql.ts';
import { recordTableName } from '../query/tables.ts';
import { type Progress, prepare } from './prepare.ts';

const BATCH = 1000;

function baseCell(record: LayerRecord): string {
  const [lon, lat] = record.geometry.coordinates as [number, number];
  return toBaseCell(lon, lat);
}

/** Drops the tables of a layer's generations before the one named. */
export async function dropGenerations(run: Run, layerId: string, before: number): Promise<void> {
  const tables = await run<{ tablename: string }>(tablesBefore(layerId, before));
  for (const { tablename } of tables) await run(dropTable(tablename));
}

export interface PublishOptions {
  readonly generation: number;
  /** Of the shipped files that the records came from; null when they came from elsewhere. */
  readonly seedHash: string | null;
  readonly budget?: TileBudget;
  readonly progress?: Progress;
}

/**
 * Puts a filled table of records into service as its layer's next generation: indexes, what requests read, the swap.
 * Runs inside the caller's transaction: readers see the old version or the new one, never a part. The version before
 * stays for requests that are already under way.
 */
export async function publishTable(
  run: Run,
  layer: Layer,
  count: number,
  { generation, seedHash, budget = TILE_BUDGET, progress = () => undefined }: PublishOptions,
): Promise<void> {
  const table = recordTableName(layer.id, generation);
  for (const statement of indexRecordTable(layer, table)) await run(statement);
  progress('indexes', 1, 1);
  const version = { ...layer, generation, table, count, bbox: null, interval: null };
  const prepared = await prepare(run, version, progress, budget);
  const [last] = await run<{ generation: number }>(generationQuery(layer.id));
  await run(publishLayer({ ...version, prepared }, seedHash));
  await dropGenerations(run, layer.id, last?.generation ?? generation);
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
