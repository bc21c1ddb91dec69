import type { Layer } from '../../core/layer.ts';
import { columnFields } from '../record-table.ts';
import { type Query, type Sql, sql, toQuery } from '../sql.ts';
import { type Staging, stagingTable } from '../staging/tables.ts';

/** Of a row of `typed`: it may be published. */
export const isSound: Sql = sql`outcome IN ('unchanged', 'repaired')`;

/** The columns of the checked records with their types, as PostgreSQL names them: rows `{ name, type }`. */
export function stagedColumns(staging: Staging): Query {
  return toQuery(sql`SELECT attname AS name, format_type(atttypid, NULL) AS type FROM pg_attribute
    WHERE attrelid = to_regclass(${stagingTable(staging, 'typed').strings.join('')}::text) AND attnum > 0 AND NOT attisdropped`);
}

const TYPE_NAMES: Readonly<Record<Layer['fields'][number]['type'], string>> = {
  string: 'text',
  strings: 'text[]',
  integer: 'bigint',
  number: 'double precision',
  boolean: 'boolean',
  date: 'date',
  datetime: 'timestamp with time zone',
};

/** The fields of the layer whose column is missing among those of the checked records, or of another type. */
export function unlikeFields(
  layer: Layer,
  columns: readonly { readonly name: string; readonly type: string }[],
): string[] {
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  return columnFields(layer)
    .filter(({ name, type }) => types.get(name) !== TYPE_NAMES[type])
    .map(({ name }) => name);
}

/** A row `{ last }`: the greatest number of a record of the file, 0 when there is none. */
export function lastStaged(staging: Staging): Query {
  return toQuery(sql`SELECT coalesce(max(idx), 0) AS last FROM ${stagingTable(staging, 'typed')}`);
}

/**
 * The positions of the sound records with numbers from `first` on, `size` of them: a row `{ positions }`, for each
 * record 24 bytes: its number (64-bit integer), longitude and latitude (doubles), big-endian. Null: there are none.
 */
export function stagedPositions(staging: Staging, first: number, size: number): Query {
  return toQuery(sql`SELECT string_agg(int8send(idx) || float8send(ST_X(geom)) || float8send(ST_Y(geom)), ''::bytea) AS positions
    FROM ${stagingTable(staging, 'typed')}
    WHERE idx >= ${first}::bigint AND idx < ${first + size}::bigint AND ${isSound}`);
}

/** Tables of the transaction that publishes: for each record that goes in its number in the layer, and its cell. */
export function createPlan(): Query[] {
  return [
    sql`CREATE TEMPORARY TABLE publish_plan (idx bigint NOT NULL, fid bigint NOT NULL) ON COMMIT DROP`,
    sql`CREATE TEMPORARY TABLE publish_cell (idx bigint NOT NULL, cell bigint NOT NULL) ON COMMIT DROP`,
  ].map(toQuery);
}

/** `idxs` and `cells`: as many decimal numbers each, joined by ",". */
export function insertCells(idxs: string, cells: string): Query {
  return toQuery(
    sql`INSERT INTO publish_cell SELECT * FROM unnest(${`{${idxs}}`}::text::bigint[], ${`{${cells}}`}::text::bigint[])`,
  );
}
