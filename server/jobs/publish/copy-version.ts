import type { Layer } from '../../core/layer.ts';
import { copyRecords, recordColumns } from '../../query/publish/copy.ts';
import { countMerged } from '../../query/publish/merge.ts';
import { createRecordTable } from '../../query/record-table.ts';
import type { Run } from '../../query/sql.ts';
import { recordTableName } from '../../query/tables.ts';
import { type PublishOptions, publishTable } from '../publish.ts';

/** Publishes the records of another version (the table `from`) as the next one of the layer. Returns how many there are. */
export async function copyVersion(run: Run, layer: Layer, from: string, options: PublishOptions): Promise<number> {
  const table = recordTableName(layer.id, options.generation);
  const columns = await run<{ name: string }>(recordColumns(from));
  await run(createRecordTable(layer, table));
  await run(
    copyRecords(
      layer,
      from,
      table,
      columns.map(({ name }) => name),
    ),
  );
  const [held] = await run<{ count: number }>(countMerged(table));
  const count = held?.count ?? 0;
  await publishTable(run, layer, count, options);
  return count;
}
