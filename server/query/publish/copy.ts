import type { Layer } from '../../core/layer.ts';
import { columnFields, derivedColumns } from '../record-table.ts';
import { ident, join, type Query, sql, toQuery } from '../sql.ts';

/** Names of the columns of a table of records: rows `{ name }`. */
export function recordColumns(table: string): Query {
  return toQuery(sql`SELECT attname AS name FROM pg_attribute
    WHERE attrelid = to_regclass(${ident('layer', table).strings.join('')}::text) AND attnum > 0 AND NOT attisdropped`);
}

/** Fills the empty table `into` with the records of another version; columns that it had not (`has`) are left empty. */
export function copyRecords(layer: Layer, from: string, into: string, has: readonly string[]): Query {
  const wanted = ['fid', ...columnFields(layer).map(({ name }) => name), 'valid', 'geom', ...derivedColumns(layer)];
  const columns = join(
    wanted.filter((name) => has.includes(name)).map((name) => ident(name)),
    sql`, `,
  );
  return toQuery(
    sql`INSERT INTO ${ident('layer', into)} (${columns}) SELECT ${columns} FROM ${ident('layer', from)} ORDER BY geom`,
  );
}
