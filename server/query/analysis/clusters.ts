import type { PublishedLayer } from '../../core/catalogue.ts';
import { type Filter, predicate } from '../filter.ts';
import { join, type Query, sql, toQuery } from '../sql.ts';
import { recordTable } from '../tables.ts';
import { wrappedShape } from './wrapped-shape.ts';

/** Places of clusters, degrees, and where each is drawn flat. */
export interface ClusterPlaces {
  /** Of each place the number of its cluster. */
  readonly of: readonly number[];
  readonly lons: readonly number[];
  readonly lats: readonly number[];
  readonly clusters: readonly {
    readonly nth: number;
    /** Of its middle. */
    readonly lon: number;
    readonly lat: number;
    /** Metres by which a hull that has no area is widened. */
    readonly widenM: number;
  }[];
}

export interface HullRow {
  readonly nth: number;
  /** A Polygon, or a MultiPolygon over the antimeridian, in degrees; null around a pole, where there is none. */
  readonly geojson: string | null;
  /** On the ellipsoid; null where the places lie at one place or on a line, and the hull is widened. */
  readonly area_m2: number | null;
}

/** Square metres below which a hull is none. */
const LEAST = 10_000;

/** Rows `HullRow`, by number: the convex hull of each cluster, made in an azimuthal projection around its middle. */
export function hullsQuery({ of, lons, lats, clusters }: ClusterPlaces): Query {
  const column = <Name extends keyof (typeof clusters)[number]>(name: Name) => clusters.map((each) => each[name]);
  return toQuery(sql`WITH given AS (
      SELECT nth, lon, lat, widen, format('+proj=aeqd +lat_0=%s +lon_0=%s +datum=WGS84 +units=m +no_defs', lat, lon) AS flat
      FROM unnest(${column('nth')}::integer[], ${column('lon')}::float8[], ${column('lat')}::float8[], ${column('widenM')}::float8[]) AS cluster (nth, lon, lat, widen)),
    hull AS (
      SELECT nth, ST_ConvexHull(ST_Transform(ST_Collect(ST_SetSRID(ST_MakePoint(place.lon, place.lat), 4326)), min(flat))) AS hull
      FROM unnest(${of}::integer[], ${lons}::float8[], ${lats}::float8[]) AS place (nth, lon, lat) JOIN given USING (nth) GROUP BY nth),
    drawn AS (
      SELECT nth, lon, lat, flat, is_hull, CASE WHEN is_hull THEN hull ELSE ST_Buffer(hull, widen, 'quad_segs=16') END AS shape
      FROM given JOIN hull USING (nth), LATERAL (SELECT ST_Area(hull) >= ${LEAST}::float8 AS is_hull) AS decided),
    -- Longitudes go all around a pole: in degrees there is no outline, and the area is that of the projection.
    placed AS (
      SELECT nth, is_hull, CASE WHEN is_polar THEN ST_Area(shape) END AS polar_m2, CASE WHEN NOT is_polar THEN
        ST_SetSRID(ST_Transform(ST_Segmentize(shape, 10000), flat, format('+proj=longlat +datum=WGS84 +lon_wrap=%s', lon)), 4326) END AS shape
      FROM drawn, LATERAL (SELECT abs(lat) > 60
        AND ST_Covers(shape, ST_SetSRID(ST_Transform(ST_SetSRID(ST_MakePoint(0, sign(lat) * 90), 4326), flat), 0)) AS is_polar) AS around)
    SELECT nth, ST_AsGeoJSON(wrapped, 6) AS geojson, CASE WHEN is_hull THEN coalesce(polar_m2, ST_Area(wrapped::geography)) END AS area_m2
    FROM placed, LATERAL (SELECT ${wrappedShape(sql`shape`)} AS wrapped) AS made ORDER BY nth`);
}

/** How many events there are, and how many pairs of them lie in one cell and one span of days, each with itself too. */
export interface CrowdRow {
  readonly events: number;
  readonly pairs: number;
}

/**
 * One CrowdRow.
 * @param bits of an H3 index below those of the cells: three for each digit
 * @param days of a span
 */
export function crowdedQuery(
  events: readonly { readonly layer: PublishedLayer; readonly filter: Filter }[],
  bits: number,
  days: number,
): Query {
  const each = events.map(
    ({ layer, filter }) => sql`SELECT h3_base >> ${bits}::integer AS around,
      CASE WHEN isfinite(lower(valid)) THEN floor(extract(epoch FROM lower(valid)) / ${86_400 * days}::float8) END AS span
      FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)}`,
  );
  return toQuery(sql`SELECT coalesce(sum(held), 0)::float8 AS events, coalesce(sum(held * held), 0)::float8 AS pairs FROM (
    SELECT count(*)::float8 AS held FROM (${join(each, sql` UNION ALL `)}) AS placed GROUP BY around, span) AS crowd`);
}
