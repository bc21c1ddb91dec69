import type { Layer } from '../../core/layer.ts';
import { indexesOf } from '../record-table.ts';
import { ident, type Query, type Sql, sql, toQuery } from '../sql.ts';
import { type Staging, stagingName, stagingTable } from '../staging/tables.ts';
import { recordTableName } from '../tables.ts';

/** Where a version is made that is large enough to be made before the transaction that publishes it. */
export const versionTable = (staging: Staging): Sql => stagingTable(staging, 'version');

/** Of a generation: the same upload may be published to it once more, and the indexes of both be there. */
const indexName = (staging: Staging, generation: number, n: number): Sql =>
  ident(`${staging.upload.replaceAll('-', '')}_${generation}_${n}`);
const KEY = 0;

/** Also what an attempt has left that was ended. */
export function dropVersion(staging: Staging): Query {
  return toQuery(sql`DROP TABLE IF EXISTS ${versionTable(staging)}`);
}

/** No vacuum looks at it before it is published: that would hold up who moves it. */
export function guardVersion(staging: Staging): Query {
  return toQuery(sql`ALTER TABLE ${versionTable(staging)} SET (autovacuum_enabled = false)`);
}

/** One statement for each index, in any order and side by side; what takes longest first. */
export function indexVersion(layer: Layer, staging: Staging, generation: number): readonly Query[] {
  const table = versionTable(staging);
  const key = toQuery(sql`CREATE UNIQUE INDEX ${indexName(staging, generation, KEY)} ON ${table} (fid)`);
  return [...indexesOf(layer, table, (n) => indexName(staging, generation, n)), key];
}

/** Makes it the table of records of a layer's version, key and indexes with it. */
export function moveVersion(layer: Layer, staging: Staging, generation: number): Query[] {
  const table = recordTableName(layer.id, generation);
  const moved = ident('layer', stagingName(staging, 'version'));
  return [
    sql`ALTER TABLE ${versionTable(staging)} SET SCHEMA layer`,
    sql`ALTER TABLE ${moved} RENAME TO ${ident(table)}`,
    sql`ALTER TABLE ${ident('layer', table)} ADD PRIMARY KEY USING INDEX ${indexName(staging, generation, KEY)}, RESET (autovacuum_enabled)`,
    sql`ANALYZE ${ident('layer', table)}`,
  ].map(toQuery);
}
