import type { Geometry } from 'geojson';
import type { PublishedLayer } from '../../../core/catalogue.ts';
import { type Filter, predicate } from '../../filter.ts';
import { isImprecise } from '../../imprecise.ts';
import { type Query, type Sql, sql, toQuery } from '../../sql.ts';
import { recordTable } from '../../tables.ts';
import { lineOf } from './line.ts';
import { pieceRelation, placeAlong } from './piece.ts';

/** Vertices of a piece of an area: small pieces are quick to cut with. */
const AREA_VERTICES = 96;
/** Edges of an area are straight on the map: cut so short, they are so on the ellipsoid too. Degrees. */
const EDGE = 0.1;
const sizeOf = (area: Sql) => sql`coalesce(ST_Area(ST_Segmentize(${area}, ${EDGE}::float8)::geography), 0)`;

/** A study area. `geojson`: one geometry in degrees, in full precision. */
export interface AreaRow {
  readonly geojson: string;
  readonly area_m2: number;
  /** The line lies in it from end to end. */
  readonly is_all: boolean;
}

/** An area put together (of it what lies `within` another), its size on the ellipsoid, and whether a line lies in it. */
export function areaQuery(area: Geometry, line: object, within?: Geometry): Query {
  const whole = sql`ST_UnaryUnion(${lineOf(area)})`;
  const wanted = within ? sql`ST_CollectionExtract(ST_Intersection(${whole}, ${lineOf(within)}), 3)` : whole;
  return toQuery(sql`SELECT ST_AsGeoJSON(area, 15) AS geojson, ${sizeOf(sql`area`)} AS area_m2, ST_Covers(area, ${lineOf(line)}) AS is_all
    FROM (SELECT ${wanted} AS area) AS given`);
}

/** Where a line lies in an area: rows `{ from_piece, to_piece }`, in pieces of the line. */
export function insideAreaQuery(area: Geometry, line: object): Query {
  return toQuery(sql`WITH ${pieceRelation(line)}
    SELECT least(one, other) AS from_piece, greatest(one, other) AS to_piece
    FROM (SELECT ST_Subdivide(${lineOf(area)}, ${AREA_VERTICES}::integer) AS area) AS given JOIN piece ON planar && area,
      LATERAL ST_Dump(ST_CollectionExtract(ST_Intersection(planar, area), 2)) AS inside,
      LATERAL (SELECT ${placeAlong(sql`ST_StartPoint(inside.geom)`)} AS one, ${placeAlong(sql`ST_EndPoint(inside.geom)`)} AS other) AS along
    ORDER BY from_piece, to_piece`);
}

/** A stretch of a line with the place around which it is drawn flat. Degrees. */
export interface FlatPart {
  readonly geometry: object;
  readonly lon: number;
  readonly lat: number;
}

/**
 * The size of what lies within metres of a line and in an area: a row `{ area_m2 }`. Each part is drawn flat around its own
 * middle (azimuthal equidistant), where it is widened, and the parts are put together in degrees.
 */
export function corridorSizeQuery(parts: readonly FlatPart[], withinM: number, area: Geometry): Query {
  const [geometries, lons, lats] = [
    parts.map(({ geometry }) => JSON.stringify(geometry)),
    parts.map(({ lon }) => lon),
    parts.map(({ lat }) => lat),
  ];
  return toQuery(sql`WITH part AS (
      SELECT ST_SetSRID(ST_GeomFromGeoJSON(geometry), 4326) AS drawn, lon,
        format('+proj=aeqd +lat_0=%s +lon_0=%s +datum=WGS84', lat, lon) AS flat
      FROM unnest(${geometries}::text[], ${lons}::float8[], ${lats}::float8[]) AS given (geometry, lon, lat)),
    wide AS (
      SELECT ST_Buffer(ST_Transform(drawn, flat), ${withinM}::float8, 'quad_segs=32') AS band, lon, flat FROM part),
    -- Longitudes that go on beyond 180 are cut and brought back.
    placed AS (
      SELECT ST_Transform(ST_Segmentize(band, 10000), flat, format('+proj=longlat +datum=WGS84 +lon_wrap=%s', lon)) AS band FROM wide),
    whole AS (
      SELECT ST_Union(ST_WrapX(ST_WrapX(ST_SetSRID(band, 4326), 180, -360), -180, 360)) AS corridor FROM placed)
    SELECT ${sizeOf(sql`ST_Intersection(corridor, ${lineOf(area)})`)} AS area_m2 FROM whole`);
}

/** How many records there are. */
export interface TotalRow {
  readonly count: number;
  /** Of them, those whose time is not known to lie in the window of the filter, as of an event that is known to the year. */
  readonly partly: number;
}

/** How many records there are, in an area or anywhere, without those that are not precise enough: one TotalRow. */
export function totalQuery(layer: PublishedLayer, filter: Filter, preciseM: number | undefined): Query {
  const { from, to } = filter.datetime ?? { from: null, to: null };
  const isPartly = sql`NOT valid <@ tstzrange(${from}::timestamptz, ${to}::timestamptz)`;
  const partly = filter.datetime && layer.time !== null ? sql`count(*) FILTER (WHERE ${isPartly})` : sql`0`;
  return toQuery(sql`SELECT count(*) AS count, ${partly} AS partly FROM ${recordTable(layer)}
    WHERE ${predicate(layer, filter)} AND NOT ${isImprecise(preciseM)}`);
}
