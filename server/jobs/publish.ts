import { ancestors, describeCell, toBaseCell } from '../core/hex.ts';
import type { Layer } from '../core/layer.ts';
import type { LayerRecord } from '../core/record.ts';
import { dropTable, publishLayer, tablesBefore } from '../query/catalogue.ts';
import { createRecordTable, indexRecordTable, insertCells, insertRecords } from '../query/record-table.ts';
import type { Run } from '../query/sql.ts';

const BATCH = 1000;

function* batches<T>(list: readonly T[]): Generator<{ start: number; batch: readonly T[] }> {
  for (let start = 0; start < list.length; start += BATCH) yield { start, batch: list.slice(start, start + BATCH) };
}

function baseCell(record: LayerRecord): string {
  const [lon, lat] = record.geometry.coordinates as [number, number];
  return toBaseCell(lon, lat);
}

async function publishCells(run: Run, baseCells: readonly string[]): Promise<void> {
  const cells = [...new Set(baseCells.flatMap(ancestors))].map(describeCell);
  for (const { batch } of batches(cells)) await run(insertCells(batch));
}

/** Drops the tables of a layer's generations before the one named. */
export async function dropGenerations(run: Run, layerId: string, before: number): Promise<void> {
  const tables = await run<{ tablename: string }>(tablesBefore(layerId, before));
  for (const { tablename } of tables) await run(dropTable(tablename));
}

/**
 * Publishes records as the next generation of their layer. Runs inside the caller's transaction: readers see the old
 * version or the new one, never a part. The version before stays for requests that are already under way.
 */
export async function publish(
  run: Run,
  layer: Layer,
  records: readonly LayerRecord[],
  version: { readonly generation: number; readonly seedHash: string | null },
): Promise<void> {
  const { generation, seedHash } = version;
  const table = `${layer.id}_${generation}`;
  const baseCells = layer.geometry === 'point' ? records.map(baseCell) : [];
  await run(createRecordTable(layer, table));
  for (const { start, batch } of batches(records)) {
    await run(insertRecords(layer, table, batch, baseCells.slice(start, start + batch.length)));
  }
  for (const statement of indexRecordTable(layer, table)) await run(statement);
  await publishCells(run, baseCells);
  await run(publishLayer(layer, generation, table, seedHash));
  await dropGenerations(run, layer.id, generation - 1);
}
