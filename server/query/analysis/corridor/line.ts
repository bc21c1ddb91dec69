import type { PublishedLayer } from '../../../core/catalogue.ts';
import { recordFields } from '../../../core/layer.ts';
import { type Filter, predicate } from '../../filter.ts';
import { type Query, type Sql, sql, toQuery } from '../../sql.ts';
import { recordTable } from '../../tables.ts';

/** A vertex: the number of its part from 1, degrees, and metres to the next of the same part; 0 of the last. */
export type VertexRow = readonly [part: number, lon: number, lat: number, metres: number];

/** A line of GeoJSON (degrees) with its SRID. A constant for the planner, and so measured from by PostGIS's index of its parts. */
export const lineOf = (geometry: object): Sql =>
  sql`ST_SetSRID(ST_GeomFromGeoJSON(${JSON.stringify(geometry)}::text), 4326)`;

/**
 * The vertices of a line, and between them places on the geodesics that join them, at most `stepM` metres from one to the
 * next. Rows are arrays, in the order of the line.
 */
export function verticesQuery(geometry: object, stepM: number): Query {
  return {
    ...toQuery(sql`WITH corner AS (
        SELECT dumped.path[1] AS part, dumped.path[2] AS nth, dumped.geom AS here
        FROM ST_DumpPoints(ST_Multi(${lineOf(geometry)})) AS dumped),
      leg AS (
        SELECT part, nth, here, ST_Distance(here::geography, next::geography) AS metres,
          ST_Azimuth(here::geography, next::geography) AS heading
        FROM (SELECT *, lead(here) OVER (PARTITION BY part ORDER BY nth) AS next FROM corner) AS paired),
      -- Once for each leg, not for each place on it.
      cut AS MATERIALIZED (SELECT *, greatest(1, ceil(coalesce(metres, 0) / ${stepM}::float8))::integer AS steps FROM leg)
      SELECT part, ST_X(place), ST_Y(place), coalesce(metres / steps, 0)
      FROM cut, LATERAL generate_series(0, steps - 1) AS step,
        LATERAL (SELECT CASE step WHEN 0 THEN here ELSE ST_Project(here::geography, metres * step / steps, heading)::geometry END AS place OFFSET 0) AS placed
      ORDER BY part, nth, step`),
    rowMode: 'array',
  };
}

/** A row `{ is_flow }`: whether a record says that it is drawn as a flow, of which only the far ends are known. */
export function flowQuery(layer: PublishedLayer, filter: Filter, item: number | string): Query | null {
  if (!recordFields(layer).some(({ name, type }) => name === 'drawn' && type === 'string')) return null;
  const same = typeof item === 'number' ? sql`fid = ${item}::bigint` : sql`record_id = ${item}::text`;
  return toQuery(sql`SELECT coalesce(drawn = 'flow', false) AS is_flow FROM ${recordTable(layer)}
    WHERE ${predicate(layer, filter)} AND ${same} ORDER BY fid LIMIT 1`);
}
