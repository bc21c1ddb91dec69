import type { Geometry } from 'geojson';
import type { PublishedLayer } from '../../core/catalogue.ts';
import { recordFields } from '../../core/layer.ts';
import { type Filter, predicate } from '../filter.ts';
import { isImprecise } from '../imprecise.ts';
import { EMPTY, join, type Query, type Sql, sql, toQuery } from '../sql.ts';
import { recordTable } from '../tables.ts';
import { lineOf } from './corridor/line.ts';

/** Records of one collection. */
interface Records {
  readonly layer: PublishedLayer;
  readonly filter: Filter;
}

/** A study area put together: one geometry in degrees in full precision, its box, and its size on the ellipsoid. */
export interface StudyAreaRow {
  readonly geojson: string;
  readonly area_m2: number;
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** Edges are straight on the map: cut so short, in degrees, they are so on the ellipsoid too. */
const EDGE = 0.1;

/** One StudyAreaRow. It is cut up before it is measured: what is wider than half the earth has no inside. */
export function studyAreaQuery(area: Geometry): Query {
  return toQuery(sql`SELECT ST_AsGeoJSON(area, 15) AS geojson,
      (SELECT coalesce(sum(ST_Area(ST_Segmentize(piece, ${EDGE}::float8)::geography)), 0)::float8 FROM ST_Subdivide(ST_Segmentize(area, 1), 64) AS piece) AS area_m2,
      ST_XMin(area) AS west, ST_YMin(area) AS south, ST_XMax(area) AS east, ST_YMax(area) AS north
    FROM (SELECT ST_UnaryUnion(${lineOf(area)}) AS area) AS given`);
}

/** An event: its collection among those asked from 0, its number, degrees, and whether its position is known well enough. */
export type EventRow = readonly [nth: number, item: number, lon: number, lat: number, isPrecise: boolean];

/** Rows are arrays, in the order of the cells of the map. */
export function eventsQuery(events: readonly Records[], toMetres: number): Query {
  const each = events.map(
    ({ layer, filter }, nth) => sql`SELECT ${nth}::integer AS nth, fid, ST_X(geom) AS lon, ST_Y(geom) AS lat,
      NOT ${isImprecise(toMetres)} AS is_precise, h3_base FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)}`,
  );
  const text = sql`SELECT nth, fid, lon, lat, is_precise FROM (${join(each, sql` UNION ALL `)}) AS found
    ORDER BY h3_base, lon, lat, nth, fid`;
  return { ...toQuery(text), rowMode: 'array' };
}

const hasDrawn = (layer: PublishedLayer) =>
  layer.geometry === 'line' && recordFields(layer).some(({ name, type }) => name === 'drawn' && type === 'string');

/** Leaves out lines that are drawn as flows, of which only the ends are known. */
const withoutFlows = (layer: PublishedLayer, flows: boolean): Sql =>
  flows || !hasDrawn(layer) ? EMPTY : sql` AND drawn IS DISTINCT FROM 'flow'`;

/** How many shapes there are, and of how many pieces about; `flows`: left out of them; `imprecise`: not known to so many metres. */
export interface ShapesRow {
  readonly shapes: number;
  readonly imprecise: number;
  readonly flows: number;
  readonly pieces: number;
  /** Metres of lines and outlines, about: at most. */
  readonly metres: number;
}

/** Metres of a piece of a line, degrees of a piece of an outline: it runs no more than half a metre below the ground. */
const PIECE_M = 5_000;
const PIECE_DEGREES = 0.045;
/** No degree is longer. */
const DEGREE_M = 111_700;

/** One ShapesRow. */
export function shapesQuery({ layer, filter }: Records, toMetres: number, flows: boolean): Query {
  const degrees = { point: sql`0::float8`, line: sql`ST_Length(geom)`, polygon: sql`ST_Perimeter(geom)` }[
    layer.geometry
  ];
  const pieces = layer.geometry === 'point' ? sql`1` : sql`ST_NPoints(geom) + ${degrees} / ${PIECE_DEGREES}::float8`;
  const taken = flows || !hasDrawn(layer) ? sql`true` : sql`drawn IS DISTINCT FROM 'flow'`;
  return toQuery(sql`SELECT count(*) FILTER (WHERE ${taken}) AS shapes, count(*) FILTER (WHERE NOT ${taken}) AS flows,
      count(*) FILTER (WHERE ${taken} AND ${isImprecise(toMetres)}) AS imprecise,
      coalesce(sum(${pieces}) FILTER (WHERE ${taken}), 0)::float8 AS pieces,
      coalesce(sum(${degrees}) FILTER (WHERE ${taken}), 0)::float8 * ${DEGREE_M}::float8 AS metres
    FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)}`);
}

/** A piece of a shape: the number of its record, and degrees; of a point both ends are the same. */
export type PieceRow = readonly [item: number, lon: number, lat: number, toLon: number, toLat: number];

/** The pieces of all shapes, neighbours mostly one after the other. Edges of lines are geodesics, those of outlines straight on the map. */
export function piecesQuery({ layer, filter }: Records, flows: boolean): Query {
  const records = sql`FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)}${withoutFlows(layer, flows)}`;
  if (layer.geometry === 'point') {
    const text = sql`SELECT fid, ST_X(geom), ST_Y(geom), ST_X(geom), ST_Y(geom) ${records} ORDER BY geom, fid`;
    return { ...toQuery(text), rowMode: 'array' };
  }
  const cut =
    layer.geometry === 'line'
      ? sql`ST_Segmentize(geom::geography, ${PIECE_M}::float8)::geometry`
      : sql`ST_Segmentize(geom, ${PIECE_DEGREES}::float8)`;
  const text = sql`SELECT fid, ST_X(ST_StartPoint(ends)), ST_Y(ST_StartPoint(ends)), ST_X(ST_EndPoint(ends)), ST_Y(ST_EndPoint(ends))
    FROM (SELECT fid, geom, dumped.path, dumped.ends
      FROM (SELECT fid, geom, ${cut} AS shape ${records}) AS shaped, LATERAL ST_DumpSegments(shape) AS dumped (path, ends)) AS pieces
    WHERE NOT ST_Equals(ST_StartPoint(ends), ST_EndPoint(ends)) ORDER BY geom, fid, path`;
  return { ...toQuery(text), rowMode: 'array' };
}

/** Which of some places lie in a shape or on its outline: rows `{ nth }`, from 0. */
export function insideQuery({ layer, filter }: Records, lons: readonly number[], lats: readonly number[]): Query {
  return toQuery(sql`SELECT nth::integer - 1 AS nth FROM unnest(${lons}::float8[], ${lats}::float8[]) WITH ORDINALITY AS spot (lon, lat, nth)
    WHERE EXISTS (SELECT FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)}
      AND ST_Intersects(geom, ST_SetSRID(ST_MakePoint(spot.lon, spot.lat), 4326))) ORDER BY 1`);
}
