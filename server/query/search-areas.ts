import type { PublishedLayer } from '../core/catalogue.ts';
import type { NameFields } from '../core/name-fields.ts';
import { type Access, predicate } from './filter.ts';
import { ident, join, type Query, type Sql, sql, toQuery } from './sql.ts';
import { recordTable } from './tables.ts';

/** An area in which a place lies. */
export interface AreaRow {
  /** Which of the places that were asked about, from 1. */
  readonly nth: number;
  readonly layer: string;
  readonly fid: number;
  readonly name: string;
  readonly name_fr: string | null;
}

/**
 * In which areas of some layers places lie, of each the smallest first. `places`: longitude and latitude in degrees,
 * EPSG:4326. There is at least one layer, each with what its areas are called.
 */
export function searchAreasQuery(
  layers: readonly { readonly layer: PublishedLayer; readonly fields: NameFields }[],
  access: Access,
  places: readonly (readonly [lon: number, lat: number])[],
): Query {
  const each = layers.map(({ layer, fields }): Sql => {
    const french = fields.nameFr === null ? sql`NULL::text` : ident(fields.nameFr);
    return sql`SELECT asked.nth::integer AS nth, ${layer.id}::text AS layer, area.fid, area.name, area.name_fr, area.size
      FROM asked, LATERAL (SELECT fid, ${ident(fields.name)} AS name, ${french} AS name_fr, ST_Area(geom) AS size
        FROM ${recordTable(layer)} WHERE ${predicate(layer, { access })} AND ST_Intersects(geom, asked.place)) AS area
      WHERE area.name IS NOT NULL`;
  });
  const [lons, lats] = [places.map(([lon]) => lon), places.map(([, lat]) => lat)];
  return toQuery(sql`WITH asked AS MATERIALIZED (
      SELECT nth, ST_SetSRID(ST_MakePoint(lon, lat), 4326) AS place
      FROM unnest(${lons}::float8[], ${lats}::float8[]) WITH ORDINALITY AS input (lon, lat, nth))
    SELECT nth, layer, fid, name, name_fr FROM (${join(each, sql` UNION ALL `)}) AS areas ORDER BY nth, size`);
}
