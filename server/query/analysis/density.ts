import type { PublishedLayer } from '../../core/catalogue.ts';
import { type Filter, predicate } from '../filter.ts';
import { ident, type Query, sql, toQuery } from '../sql.ts';
import { recordTable } from '../tables.ts';
import { wrappedShape } from './wrapped-shape.ts';

/**
 * Events at one place that are known equally well. `valued`: of how many the measure is known; `least`: its smallest value,
 * null where it is known of none.
 */
export type PlaceRow = readonly [
  lon: number,
  lat: number,
  precisionM: number,
  events: number,
  sum: number,
  valued: number,
  least: number | null,
];

/** PlaceRows by position and precision. @param measure a numeric field of the collection; else events are counted */
export function placesQuery(layer: PublishedLayer, filter: Filter, measure: string | undefined): Query {
  const value = measure === undefined ? sql`1` : ident(measure);
  return {
    ...toQuery(sql`SELECT ST_X(geom), ST_Y(geom), coalesce(precision_m, 0)::float8, count(*), coalesce(sum(${value}::numeric), 0)::float8,
        count(${value}), min(${value})::float8
      FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`),
    rowMode: 'array',
  };
}

/** How many events there are, and how they lie. */
export interface CrowdRow {
  readonly events: number;
  /** Of the finest cells of the map, in how many they lie. */
  readonly cells: number;
  /** Degrees: of longitudes and latitudes the mean and the variance; null of none. */
  readonly mean_lon: number | null;
  readonly mean_lat: number | null;
  readonly variance_lon: number | null;
  readonly variance_lat: number | null;
}

/** One CrowdRow. */
export function crowdQuery(layer: PublishedLayer, filter: Filter): Query {
  return toQuery(sql`SELECT count(*)::float8 AS events, count(DISTINCT h3_base)::float8 AS cells, avg(ST_X(geom)) AS mean_lon,
      avg(ST_Y(geom)) AS mean_lat, var_pop(ST_X(geom)) AS variance_lon, var_pop(ST_Y(geom)) AS variance_lat
    FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)}`);
}

/** A polygon as it is to be sent. */
export interface ShapeRow {
  readonly nth: number;
  /** A Polygon or MultiPolygon in degrees; without coordinates where nothing is left. */
  readonly geojson: string;
  /** On the ellipsoid. */
  readonly area_m2: number;
  readonly polygons: number;
}

/** Rows `ShapeRow` of polygons in degrees, whose longitudes may go on beyond 180, in their order. */
export function shapesQuery(shapes: readonly object[]): Query {
  const texts = shapes.map((shape) => JSON.stringify(shape));
  return toQuery(sql`SELECT nth, ST_AsGeoJSON(shape, 6) AS geojson, ST_Area(shape::geography) AS area_m2, ST_NumGeometries(shape) AS polygons
    FROM unnest(${texts}::text[]) WITH ORDINALITY AS given (geojson, nth),
      LATERAL (SELECT ${wrappedShape(sql`ST_SetSRID(ST_GeomFromGeoJSON(given.geojson), 4326)`)} AS shape) AS made
    ORDER BY nth`);
}
