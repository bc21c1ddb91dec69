import type { Access } from '../../query/filter.ts';
import { recordColumns } from '../../query/publish/copy.ts';
import type { Run } from '../../query/sql.ts';
import type { VersionPair } from '../../query/version-diff.ts';

interface Kept {
  readonly table_name: string;
}

/** Two versions of a layer whose records are there, as they are held against each other for a caller. */
export async function comparable(run: Run, older: Kept, newer: Kept, access: Access): Promise<VersionPair> {
  const names = async (table: string) => (await run<{ name: string }>(recordColumns(table))).map(({ name }) => name);
  const [before, after] = [await names(older.table_name), await names(newer.table_name)];
  const columns = after.filter((name) => before.includes(name));
  return { from: older.table_name, to: newer.table_name, columns, access };
}
