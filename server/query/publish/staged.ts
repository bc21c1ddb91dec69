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
 * record its number (64-bit integer, big-endian) and its point as PostGIS writes it (EWKB, 25 bytes), in the order of the
 * numbers. Null: there are none.
 */
export function stagedPositions(staging: Staging, first: number, size: number): Query {
  return toQuery(sql`SELECT string_agg(int8send(idx) || geom::bytea, ''::bytea) AS positions
    FROM (SELECT idx, geom FROM ${stagingTable(staging, 'typed')}
      WHERE idx >= ${first}::bigint AND idx < ${first + size}::bigint AND ${isSound} ORDER BY idx) AS placed`);
}

/** An empty table for the cells. `fid`: the numbers in the layer, where these are given with the cells; see `planMerge`. */
export function createCells(staging: Staging): Query {
  return toQuery(
    sql`CREATE TABLE ${stagingTable(staging, 'cell')} (idx bigint NOT NULL, cell bigint NOT NULL, fid bigint)`,
  );
}

/** `idxs`, `cells` and `fids`: as many `bigint`s each, as PostgreSQL takes lists in binary; null: no numbers. */
export function insertCells(staging: Staging, idxs: Buffer, cells: Buffer, fids: Buffer | null): Query {
  return toQuery(sql`INSERT INTO ${stagingTable(staging, 'cell')}
    SELECT * FROM unnest(${idxs}::bigint[], ${cells}::bigint[], ${fids}::bigint[])`);
}

/** After the records are in: what only the publishing needed. */
export function dropPlan(staging: Staging): Query {
  return toQuery(sql`DROP TABLE IF EXISTS ${stagingTable(staging, 'plan')}, ${stagingTable(staging, 'cell')}`);
}
