import type { Geometry } from 'geojson';
import type { Layer } from '../../core/layer.ts';
import { COLUMN_TYPE, columnFields, derivedColumns } from '../record-table.ts';
import { ident, join, type Query, type Sql, sql, toQuery } from '../sql.ts';

const MADE: Readonly<Record<string, Sql>> = {
  fid: sql`bigint`,
  valid: sql`tstzrange`,
};

/**
 * Makes the table `into` of the records of another version but those with the numbers `without`, in the order in which they
 * lie there: neighbours stay neighbours, and nothing is sorted. Columns that it had not (`has`) are left empty.
 */
export function copyOthers(
  layer: Layer,
  from: string,
  into: string,
  { has, without }: { readonly has: readonly string[]; readonly without: readonly number[] },
): Query {
  const types = new Map<string, Sql>([
    ...Object.entries(MADE),
    ...columnFields(layer).map(({ name, type }) => [name, COLUMN_TYPE[type]] as const),
  ]);
  const wanted = ['fid', ...columnFields(layer).map(({ name }) => name), 'valid', 'geom', ...derivedColumns(layer)];
  const columns = wanted.map((name) =>
    has.includes(name) ? ident(name) : sql`NULL::${types.get(name) ?? sql`text`} AS ${ident(name)}`,
  );
  return toQuery(sql`CREATE TABLE ${ident('layer', into)} AS SELECT ${join(columns, sql`, `)}
    FROM ${ident('layer', from)} WHERE fid <> ALL(${without}::bigint[])`);
}

/** What a table that was made so does not yet promise. */
export function constrainCopy(layer: Layer, table: string): Query {
  const columns = ['fid', 'geom', ...derivedColumns(layer)].map((name) => sql`ALTER ${ident(name)} SET NOT NULL`);
  return toQuery(sql`ALTER TABLE ${ident('layer', table)} ${join(columns, sql`, `)}`);
}

/**
 * Puts back what a correction did not touch, as the version before has it: a geometry has more decimals there than it is
 * served with. `changed`: names of the fields that did change, `geometry` among them.
 */
export function keepUntouched(
  layer: Layer,
  { from, into, has }: { readonly from: string; readonly into: string; readonly has: readonly string[] },
  fid: number,
  changed: readonly string[],
): Query | null {
  const isValidChanged = changed.some((name) => name === 'valid_from' || name === 'valid_to');
  const fields = columnFields(layer).map(({ name }) => name);
  const kept = [
    ...fields.filter((name) => !changed.includes(name)),
    ...(isValidChanged ? [] : ['valid']),
    ...(changed.includes('geometry') ? [] : ['geom', ...derivedColumns(layer)]),
  ].filter((name) => has.includes(name));
  if (kept.length === 0) return null;
  const set = kept.map((name) => sql`${ident(name)} = older.${ident(name)}`);
  return toQuery(sql`UPDATE ${ident('layer', into)} AS newer SET ${join(set, sql`, `)}
    FROM ${ident('layer', from)} AS older WHERE older.fid = newer.fid AND newer.fid = ${fid}::bigint`);
}

/** What is wrong with the outline of a shape (GeoJSON, EPSG:4326, its numbers in range): a row `{ reason }`, null: nothing. */
export function shapeFault(geometry: Geometry): Query {
  return toQuery(sql`SELECT CASE WHEN ST_IsValid(shape) THEN NULL ELSE ST_IsValidReason(shape) END AS reason
    FROM ST_GeomFromGeoJSON(${JSON.stringify(geometry)}::text) AS shape`);
}

/** Numbers of the records with an id: rows `{ fid }`, the least first. */
export function numbersOf(table: string, recordId: string): Query {
  return toQuery(
    sql`SELECT fid FROM ${ident('layer', table)} WHERE record_id = ${recordId}::text ORDER BY fid LIMIT 2`,
  );
}
