import { type Filter, predicate } from '../filter.ts';
import { EMPTY, ident, join, type Query, type Sql, sql, toQuery } from '../sql.ts';
import { recordTable } from '../tables.ts';
import { type Units, unitRelation } from './summary/units.ts';
import { type Claims, textOf } from './timeline/claim.ts';

/** Lines to be walked along: a drawn one (GeoJSON, degrees), which has the number 0, or records by their numbers. */
export type Lines = { readonly geometry: object } | { readonly layer: Claims['layer']; readonly filter: Filter };

/** Metres: a line is the shortest way between its vertices, and by pieces so short that they are straight on a map too. */
const PIECE_M = 20_000;
/** Vertices of a piece of an area: small pieces are quick to cut with. */
const AREA_VERTICES = 96;

function given(lines: Lines): Sql {
  if ('geometry' in lines) {
    const geometry = JSON.stringify(lines.geometry);
    return sql`SELECT 0::bigint AS line, ST_Force2D(ST_SetSRID(ST_GeomFromGeoJSON(${geometry}::text), 4326)) AS geom`;
  }
  const { layer, filter } = lines;
  return sql`SELECT fid AS line, geom FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)}`;
}

/**
 * Relations of a WITH that end in `segment (line, nth, ends, planar, before_m, length_m)`: the straight pieces of each line in
 * its order, without those of no length, and how far along the line each begins. Lengths are those of geodesics on WGS 84 and
 * add up to the length of the line. `planar` is a piece as the plane has it: cut at the antimeridian.
 */
function segmentRelation(lines: Lines): Sql {
  return sql`given AS MATERIALIZED (${given(lines)}),
    straight AS MATERIALIZED (
      SELECT line, dumped.path, dumped.geom AS ends, ST_Length(dumped.geom::geography) AS length_m
      FROM given, LATERAL ST_DumpSegments(ST_Segmentize(geom::geography, ${PIECE_M}::float8)::geometry) AS dumped),
    whole AS (
      SELECT line, ST_Length(geom::geography) / sum(length_m ORDER BY path) AS scale
      FROM given JOIN straight USING (line) WHERE length_m > 0 GROUP BY line, geom),
    segment AS MATERIALIZED (
      SELECT line, row_number() OVER along AS nth, ends, length_m * scale AS length_m,
        coalesce(sum(length_m) OVER (along ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) * scale AS before_m,
        CASE WHEN ST_XMax(ends) - ST_XMin(ends) > 180 THEN ST_WrapX(ST_ShiftLongitude(ends), 180, -360) ELSE ends END AS planar
      FROM straight JOIN whole USING (line) WHERE length_m > 0
      WINDOW along AS (PARTITION BY line ORDER BY path))`;
}

/** A straight piece of a line. Degrees, CRS84; metres. */
export interface SegmentRow {
  readonly line: number;
  readonly before_m: number;
  readonly length_m: number;
  readonly from_lon: number;
  readonly from_lat: number;
  readonly to_lon: number;
  readonly to_lat: number;
}

/** The pieces of each line, in order: a line of no length has none. */
export function segmentsQuery(lines: Lines): Query {
  return toQuery(sql`WITH ${segmentRelation(lines)}
    SELECT line, before_m, length_m, ST_X(ST_StartPoint(ends)) AS from_lon, ST_Y(ST_StartPoint(ends)) AS from_lat,
      ST_X(ST_EndPoint(ends)) AS to_lon, ST_Y(ST_EndPoint(ends)) AS to_lat
    FROM segment ORDER BY line, nth`);
}

/** Where a line runs through an area of control: of one area there may be many, which touch or overlap. */
export interface InsideRow {
  readonly line: number;
  readonly collection: string;
  readonly item: number;
  readonly actor: string | null;
  readonly control: string | null;
  /** From the beginning of the line. */
  readonly from_m: number;
  readonly to_m: number;
}

/** Far along its piece a point of it lies: its geodesic distances from both ends make the share. */
const along = (point: Sql) => sql`before_m + length_m * coalesce(
  ST_Distance(ST_StartPoint(ends)::geography, ${point}::geography) / nullif(
    ST_Distance(ST_StartPoint(ends)::geography, ${point}::geography)
    + ST_Distance(ST_EndPoint(ends)::geography, ${point}::geography), 0), 0)`;

/** `geom` may meet a line: written so that an index on it is used. */
const MAY_MEET = sql`geom && (SELECT ST_SetSRID(ST_Extent(planar), 4326) FROM segment)`;

/**
 * From where to where each line runs through each area, in metres from its beginning. What only touches an area is not in it.
 * @param areas `area`, a polygon, and the columns by which it is known
 * @param columns those columns, in whose order rows come after the line's
 * @param before relations of the WITH that `areas` reads
 */
function throughQuery(lines: Lines, areas: Sql, columns: readonly Sql[], before: Sql = EMPTY): Query {
  const known = join(columns, sql`, `);
  return toQuery(sql`WITH ${before}${segmentRelation(lines)},
    area AS MATERIALIZED (${areas}),
    piece AS MATERIALIZED (SELECT ${known}, ST_Subdivide(area, ${AREA_VERTICES}::integer) AS part FROM area)
    SELECT line, ${known}, least(one, other) AS from_m, greatest(one, other) AS to_m
    FROM (SELECT line, ends, planar, before_m, length_m FROM segment) AS walked JOIN piece ON planar && part,
      LATERAL ST_Dump(ST_CollectionExtract(ST_Intersection(planar, part), 2)) AS inside,
      LATERAL (SELECT ${along(sql`ST_StartPoint(inside.geom)`)} AS one, ${along(sql`ST_EndPoint(inside.geom)`)} AS other) AS far
    ORDER BY line, ${known}, from_m, to_m`);
}

/** Through which areas of control each line runs, from where to where. */
export function insideQuery(lines: Lines, claims: readonly Claims[]): Query {
  const areas = claims.map(
    ({ layer, filter }, list) => sql`SELECT ${list}::integer AS list, ${layer.id}::text AS collection, fid AS item,
      ${textOf(layer, 'actor')} AS actor, ${textOf(layer, 'control')} AS control,
      CASE WHEN ST_IsValid(geom) THEN geom ELSE ST_CollectionExtract(ST_MakeValid(geom), 3) END AS area
      FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)} AND ${MAY_MEET}`,
  );
  const columns = ['list', 'item', 'collection', 'actor', 'control'].map((name) => ident(name));
  return throughQuery(lines, join(areas, sql` UNION ALL `), columns);
}

/** Where a line runs through a unit: see unitRelation. */
export interface ThroughUnitRow {
  readonly line: number;
  readonly nth: number;
  readonly from_m: number;
  readonly to_m: number;
}

/** Through which units each line runs, from where to where: of neighbours along whose outline it runs, through both. */
export function throughUnitsQuery(lines: Lines, units: Units): Query {
  const areas = sql`SELECT nth, geom AS area FROM unit WHERE ${MAY_MEET}`;
  return throughQuery(lines, areas, [ident('nth')], sql`${unitRelation(units)}, `);
}
