import { dropTable, tablesBefore } from '../../query/catalogue.ts';
import type { Run } from '../../query/sql.ts';
import { tablePattern } from '../../query/tables.ts';
import { forgetTables, outdatedTables } from '../../query/versions.ts';

async function drop(run: Run, layerId: string, tables: readonly { readonly tablename: string }[]): Promise<void> {
  const names = tables.map(({ tablename }) => tablename);
  for (const name of names) await run(dropTable(name));
  if (names.length > 0) await run(forgetTables(layerId, names));
}

/**
 * Drops what no version of a layer needs any more: side tables of those before `last`, which requests under way may
 * still read, and records of all but the newest `keep` versions and as many corrections.
 */
export async function dropOutdated(run: Run, layerId: string, last: number, keep: number): Promise<void> {
  await drop(run, layerId, await run(outdatedTables(layerId, tablePattern(layerId), last, keep)));
}

/** Drops all tables of a layer: none of its versions can be had again. */
export async function dropAllVersions(run: Run, layerId: string): Promise<void> {
  await drop(run, layerId, await run(tablesBefore(layerId, 2 ** 31 - 1)));
}
