import { untilCutShort } from './archive/cut-short.ts';
import type { Reading } from './feature.ts';
import type { Format } from './format.ts';
import { isSqlite, openDatabase } from './geopackage/database.ts';
import { readTable } from './geopackage/layer.ts';
import { listTables } from './geopackage/tables.ts';
import type { Limits, SourceFile } from './source.ts';

/** Each table of features is a layer, and each of attributes one whose records have no position. */
export const geopackage: Format = {
  name: 'geopackage',
  title: 'GeoPackage',
  sniff: (head) => isSqlite(head),
  read: (file, limits) => untilCutShort(readGeopackage(file, limits), limits),
};

async function* readGeopackage(file: SourceFile, limits: Limits): AsyncGenerator<Reading> {
  const database = await openDatabase(file);
  try {
    const { tables, issues } = listTables(database, file.name);
    for (const issue of issues) yield { type: 'issue', issue };
    let features = 0;
    for (const table of tables) features = yield* readTable(database, table, features, limits);
  } finally {
    database.close();
  }
}
