import type { PublishedLayer } from '../core/catalogue.ts';
import { type Field, type Layer, recordFields } from '../core/layer.ts';
import { type Filter, predicate } from './filter.ts';
import { EMPTY, ident, more, type Query, type Sql, sql, toQuery } from './sql.ts';
import { recordTable } from './tables.ts';

/** A field as its item has it, named after it. */
export function itemColumn(field: Field): Sql {
  const day = (bound: Sql) => sql`(${bound} AT TIME ZONE 'UTC')::date AS ${ident(field.name)}`;
  if (field.name === 'valid_from') return day(sql`lower(valid)`);
  if (field.name === 'valid_to') return day(sql`upper(valid)`);
  if (field.type === 'datetime') return sql`${instantText(field)} AS ${ident(field.name)}`;
  return ident(field.name);
}

/** As JSON has it everywhere: `2022-03-27T06:00:00.000Z`; with `US` to the microsecond. */
export function instantText({ name }: Field, fraction: 'MS' | 'US' = 'MS'): Sql {
  const format = fraction === 'MS' ? sql`'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'` : sql`'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`;
  return sql`to_char(${ident(name)} AT TIME ZONE 'UTC', ${format})`;
}

/** As GeoJSON text in degrees, six decimals (11 cm); outer rings counterclockwise, as RFC 7946 has it. */
export function itemGeometry({ geometry }: Pick<Layer, 'geometry'>): Sql {
  return geometry === 'polygon' ? sql`ST_AsGeoJSON(ST_ForcePolygonCCW(geom), 6)` : sql`ST_AsGeoJSON(geom, 6)`;
}

function select(layer: PublishedLayer, conditions: Sql, rest: Sql): Query {
  return toQuery(sql`SELECT fid, ${itemGeometry(layer)} AS geojson${more(recordFields(layer).map(itemColumn))}
    FROM ${recordTable(layer)} WHERE ${conditions}${rest}`);
}

/**
 * A page of records in the order of their numbers, after the last number of the page before: rows
 * `{ fid, geojson (the geometry as text), ...fields }`.
 */
export function itemsQuery(
  layer: PublishedLayer,
  filter: Filter,
  page: { readonly limit: number; readonly after?: number | undefined },
): Query {
  const after = page.after === undefined ? EMPTY : sql` AND fid > ${page.after}::bigint`;
  return select(layer, sql`${predicate(layer, filter)}${after}`, sql` ORDER BY fid LIMIT ${page.limit}::integer`);
}

export function itemQuery(layer: PublishedLayer, filter: Filter, fid: number): Query {
  return select(layer, sql`${predicate(layer, filter)} AND fid = ${fid}::bigint`, EMPTY);
}

/** A row `{ count }`. */
export function countQuery(layer: PublishedLayer, filter: Filter): Query {
  return toQuery(sql`SELECT count(*) AS count FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)}`);
}
