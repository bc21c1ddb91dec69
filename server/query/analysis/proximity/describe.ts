import { predicate } from '../../filter.ts';
import { type Query, sql, toQuery } from '../../sql.ts';
import { recordTable } from '../../tables.ts';
import type { PairRow } from './pair.ts';
import { WIDE, widthOf } from './reach.ts';
import { arePoints, type Side, type Sides } from './sides.ts';

/** A pair with what is told of it. */
export interface DescribedRow extends PairRow {
  readonly from_record: string;
  readonly to_record: string;
  readonly from_precision: number;
  readonly to_precision: number;
  /** Degrees clockwise from north, at the record of `from`; null when they touch, or one of them is very wide. */
  readonly bearing: number | null;
  /** lon/lat degrees of where they are nearest. */
  readonly from_lon: number;
  readonly from_lat: number;
  readonly to_lon: number;
  readonly to_lat: number;
}

/** The shortest line between two shapes, in a projection around a point of the first in which distances from there are true. */
const shortest = sql`CASE WHEN ${widthOf(sql`from_geom`)} > ${WIDE}::float8 OR ${widthOf(sql`to_geom`)} > ${WIDE}::float8
    THEN ST_ShortestLine(from_geom, to_geom)
    ELSE ST_SetSRID(ST_Transform(ST_ShortestLine(ST_Transform(from_geom, around), ST_Transform(to_geom, around)), around, 4326), 4326) END`;

/** Rows `DescribedRow` of these pairs, in their order. */
export function describeQuery(sides: Sides, pairs: readonly PairRow[]): Query {
  const { from, to } = sides;
  const column = (name: keyof PairRow) => pairs.map((pair) => pair[name]);
  const side = ({ layer, filter }: Side, name: 'from' | 'to') => {
    const as =
      name === 'from'
        ? sql`AS near_from (from_fid, from_record, from_precision, from_geom)`
        : sql`AS near_to (to_fid, to_record, to_precision, to_geom)`;
    return sql`(SELECT fid, record_id, coalesce(precision_m, 0), geom FROM ${recordTable(layer)}
      WHERE ${predicate(layer, filter)} AND fid = ANY(${column(`${name}_fid`)}::bigint[])) ${as}`;
  };
  const ends = arePoints(sides)
    ? sql`(SELECT from_geom AS start, to_geom AS finish)`
    : sql`(SELECT ST_StartPoint(line) AS start, ST_EndPoint(line) AS finish
        FROM (SELECT ${shortest} AS line FROM (SELECT '+proj=aeqd +lat_0=' || ST_Y(at) || ' +lon_0=' || ST_X(at) || ' +datum=WGS84 +units=m +no_defs' AS around
          FROM (SELECT ST_ClosestPoint(from_geom, to_geom) AS at) AS guess) AS projection) AS found)`;
  return toQuery(sql`SELECT from_fid, to_fid, distance, rank, from_record, to_record, from_precision, to_precision,
      CASE WHEN distance > 0 AND ${widthOf(sql`from_geom`)} <= ${WIDE}::float8 AND ${widthOf(sql`to_geom`)} <= ${WIDE}::float8
        THEN degrees(ST_Azimuth(start::geography, finish::geography)) END AS bearing,
      ST_X(start) AS from_lon, ST_Y(start) AS from_lat, ST_X(finish) AS to_lon, ST_Y(finish) AS to_lat
    FROM unnest(${column('from_fid')}::bigint[], ${column('to_fid')}::bigint[], ${column('distance')}::float8[], ${column('rank')}::integer[])
        WITH ORDINALITY AS pair (from_fid, to_fid, distance, rank, nth)
      JOIN ${side(from, 'from')} USING (from_fid) JOIN ${side(to, 'to')} USING (to_fid), LATERAL ${ends} AS ends
    ORDER BY nth`);
}
