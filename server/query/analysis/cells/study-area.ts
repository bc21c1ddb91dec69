import type { Geometry } from 'geojson';
import { type Query, sql, toQuery } from '../../sql.ts';

/** Vertices of a part: small ones are quick to be laid out in hexagons. */
const VERTICES = 96;

/** A part of an area: GeoJSON in degrees, a polygon. */
export interface AreaPartRow {
  readonly geojson: string;
  /** Of all parts together, on the ellipsoid. */
  readonly area_m2: number;
  readonly perimeter_m: number;
}

/**
 * An area with so many degrees around it, in parts that are narrow enough for H3, which takes a polygon wider than 180
 * degrees for the other side of the Earth.
 */
export function areaPartsQuery(area: Geometry, margin: number): Query {
  return toQuery(sql`WITH whole AS (
      SELECT ST_Buffer(ST_SimplifyPreserveTopology(ST_UnaryUnion(ST_SetSRID(ST_GeomFromGeoJSON(${JSON.stringify(area)}::text), 4326)),
        ${margin / 20}::float8), ${margin}::float8, 'quad_segs=2') AS area),
    strip AS (
      SELECT ST_CollectionExtract(ST_Intersection(area, ST_MakeEnvelope(west, -90, west + 60, 90, 4326)), 3) AS area
      FROM whole, generate_series(-180, 120, 60) AS west),
    size AS (SELECT sum(ST_Area(area::geography)) AS area_m2, sum(ST_Perimeter(area::geography)) AS perimeter_m
      FROM strip WHERE NOT ST_IsEmpty(area))
    SELECT ST_AsGeoJSON(ST_Subdivide(area, ${VERTICES}::integer), 9) AS geojson, area_m2, perimeter_m
    FROM strip, size WHERE NOT ST_IsEmpty(area)`);
}
