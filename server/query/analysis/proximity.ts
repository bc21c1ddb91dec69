import { predicate } from '../filter.ts';
import { join, type Query, type Sql, sql, toQuery } from '../sql.ts';
import { recordTable } from '../tables.ts';
import { candidates, strayOf } from './proximity/candidates.ts';
import { isSettled, searchArea, WIDE, widthOf } from './proximity/reach.ts';
import { isSame, records, type Side, type SideRow } from './proximity/sides.ts';

/** Both sides of the table, and what they hold. */
export interface Sides {
  readonly from: Side;
  readonly to: Side;
  readonly held: { readonly from: SideRow; readonly to: SideRow };
}

/**
 * `(from_fid, to_fid, distance, from_precision, to_precision, is_first)` of all pairs within so many metres: `is_first` tells
 * the one of two that are the same pair the other way round. Each record of the smaller side looks for its own.
 */
function pairsWithin({ from, to, held }: Sides, metres: number): Sql {
  const isTurned = held.to.count < held.from.count;
  const [outer, inner] = isTurned ? [to, from] : [from, to];
  const stray = strayOf(isTurned ? held.from : held.to);
  const [near, far] = isTurned ? [sql`hit`, sql`origin`] : [sql`origin`, sql`hit`];
  const itself = isSame(from, to) ? sql` AND hit.fid <> origin.fid` : sql``;
  return sql`(SELECT ${near}.fid AS from_fid, ${far}.fid AS to_fid, hit.distance,
      origin.precision_m + hit.precision_m AS uncertain,
      (${near}.fid < ${far}.fid OR NOT (origin.is_other AND hit.is_other)) AS is_first
    FROM ${records(outer, inner)} AS origin, LATERAL ${searchArea(sql`origin.geom`, sql`${metres}::float8`, stray)} AS area,
      LATERAL ${candidates(inner, outer)} AS hit
    WHERE hit.distance <= ${metres}::float8${itself})`;
}

/** Parts of the distance at which `summaryQuery` counts pairs: 1/2, 1/4, ... */
export const HALVINGS = 10;

export interface SummaryRow {
  readonly pairs: number;
  /** Of them: within the distance however far off both positions are. */
  readonly certain: number;
  /** Records of `from` that have a neighbour. */
  readonly near: number;
  /** Metres to the nearest of those: quartiles; null when there are none. */
  readonly quartiles: readonly [number, number, number] | null;
  /** Pairs within 1/2, 1/4, ... of the distance. */
  readonly halves: readonly number[];
}

/** One row `SummaryRow` of all pairs within so many metres. */
export function summaryQuery(sides: Sides, metres: number): Query {
  const steps = Array.from({ length: HALVINGS }, (_, step) => step);
  const halves = steps.map(
    (step) => sql`count(*) FILTER (WHERE is_first AND distance <= ${metres / 2 ** (step + 1)}::float8)`,
  );
  return toQuery(sql`SELECT coalesce(sum(pairs), 0)::bigint AS pairs, coalesce(sum(certain), 0)::bigint AS certain, count(*) AS near,
      percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY nearest) AS quartiles,
      ARRAY[${join(
        steps.map((step) => sql`coalesce(sum(halves[${step + 1}::integer]), 0)::float8`),
        sql`, `,
      )}] AS halves
    FROM (SELECT from_fid, count(*) FILTER (WHERE is_first) AS pairs, min(distance) AS nearest,
        count(*) FILTER (WHERE is_first AND distance + uncertain <= ${metres}::float8) AS certain,
        ARRAY[${join(halves, sql`, `)}] AS halves
      FROM ${pairsWithin(sides, metres)} AS pair GROUP BY from_fid) AS one`);
}

/** A pair by the numbers of its records; metres; its rank among the neighbours of `from_fid`, 0 when they are not ranked. */
export interface PairRow {
  readonly from_fid: number;
  readonly to_fid: number;
  readonly distance: number;
  readonly rank: number;
}

const ORDER = sql`ORDER BY distance, from_fid, to_fid`;

/** Rows `PairRow`: the closest pairs within so many metres. */
export function closestQuery(sides: Sides, metres: number, limit: number): Query {
  return toQuery(sql`SELECT from_fid, to_fid, distance, 0 AS rank FROM ${pairsWithin(sides, metres)} AS pair
    WHERE is_first ${ORDER} LIMIT ${limit}::integer`);
}

/**
 * `(from_fid, to_fid, distance, rank)` of the nearest few of each record of `from`.
 * An index finds what is near in degrees, which is another order than by geodesic: a few more than asked are taken, and
 * where these cannot settle it (`isSettled`), the worst of them says how far to look again.
 */
function nearestOfEach({ from, to, held }: Sides, many: number, within: number | null): Sql {
  const arePoints = from.layer.geometry === 'point' && to.layer.geometry === 'point';
  const first = arePoints ? Math.ceil(1.25 * many) + 2 : many;
  const other = isSame(from, to) ? sql` AND fid <> origin.fid` : sql``;
  const settled = arePoints ? sql`OR ${isSettled(sql`origin.geom`, sql`planar`, sql`reach`)}` : sql``;
  const limit = within === null ? sql`` : sql` AND distance <= ${within}::float8`;
  const apart = isSame(from, to) ? sql` AND hit.fid <> origin.fid` : sql``;
  return sql`(SELECT origin.fid AS from_fid, hit.fid AS to_fid, hit.distance, hit.rank
    FROM ${records(from, to)} AS origin,
      LATERAL (SELECT count(*) AS taken, max(planar) AS planar,
          (array_agg(fid ORDER BY distance, fid))[1:${many}::integer] AS fids,
          (array_agg(distance ORDER BY distance, fid))[1:${many}::integer] AS distances
        FROM (SELECT fid, planar, ST_Distance(origin.geog, geom::geography) AS distance
          FROM (SELECT fid, geom, geom <-> origin.geom AS planar FROM ${recordTable(to.layer)}
            WHERE ${predicate(to.layer, to.filter)}${other} ORDER BY geom <-> origin.geom LIMIT ${first}::integer) AS reached) AS measured) AS first,
      LATERAL (SELECT reach, coalesce(taken < ${first}::bigint ${settled}, TRUE) AS is_settled
        FROM (SELECT distances[array_length(distances, 1)] AS reach) AS worst) AS bound,
      LATERAL ${searchArea(sql`origin.geom`, sql`bound.reach`, strayOf(held.to))} AS area,
      LATERAL (
        SELECT fid, distance, rank FROM unnest(first.fids, first.distances) WITH ORDINALITY AS known (fid, distance, rank)
          WHERE bound.is_settled
        UNION ALL
        SELECT fid, distance, row_number() OVER (ORDER BY distance, fid) AS rank FROM (
          SELECT hit.fid, hit.distance FROM ${candidates(to, from, sql` AND NOT bound.is_settled`)} AS hit
          WHERE hit.distance <= bound.reach${apart} ORDER BY hit.distance, hit.fid LIMIT ${many}::integer) AS again
      ) AS hit
    WHERE TRUE${limit})`;
}

export interface NearestRow {
  readonly pairs: number;
  readonly near: number;
  readonly quartiles: readonly [number, number, number] | null;
  /** The closest of them, as `PairRow`. */
  readonly closest: readonly PairRow[];
}

/** One row `NearestRow`: the nearest `many` of each record of `from`, no farther than `within` metres when it is given. */
export function nearestQuery(sides: Sides, many: number, within: number | null, limit: number): Query {
  return toQuery(sql`WITH pair AS MATERIALIZED (SELECT * FROM ${nearestOfEach(sides, many, within)} AS found),
      closest AS (SELECT * FROM pair ${ORDER} LIMIT ${limit}::integer)
    SELECT count(*) AS pairs, count(*) FILTER (WHERE rank = 1) AS near,
      percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY distance) FILTER (WHERE rank = 1) AS quartiles,
      (SELECT coalesce(json_agg(closest ${ORDER}), '[]') FROM closest) AS closest
    FROM pair`);
}

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
export function describeQuery({ from, to }: Sides, pairs: readonly PairRow[]): Query {
  const column = (name: keyof PairRow) => pairs.map((pair) => pair[name]);
  const arePoints = from.layer.geometry === 'point' && to.layer.geometry === 'point';
  const side = ({ layer, filter }: Side, name: 'from' | 'to') => {
    const as =
      name === 'from'
        ? sql`AS near_from (from_fid, from_record, from_precision, from_geom)`
        : sql`AS near_to (to_fid, to_record, to_precision, to_geom)`;
    return sql`(SELECT fid, record_id, coalesce(precision_m, 0), geom FROM ${recordTable(layer)}
      WHERE ${predicate(layer, filter)} AND fid = ANY(${column(`${name}_fid`)}::bigint[])) ${as}`;
  };
  const ends = arePoints
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

/** One row `{ found, asked, is_cut }`: how many records of `to` lie in the search areas of a few records of `from`. */
export function sampleQuery({ from, to, held }: Sides, metres: number): Query {
  return toQuery(sql`SELECT coalesce(sum(found), 0) AS found, count(*) AS asked, coalesce(bool_or(found = ${SAMPLE_DEPTH}::integer), FALSE) AS is_cut
    FROM (SELECT geom FROM ${records(from, to)} AS record ORDER BY hashint8(fid), fid LIMIT ${SAMPLE}::integer) AS origin,
      LATERAL ${searchArea(sql`origin.geom`, sql`${metres}::float8`, strayOf(held.to))} AS area,
      LATERAL (SELECT count(*) AS found FROM (SELECT FROM ${recordTable(to.layer)}
        WHERE geom && area.main LIMIT ${SAMPLE_DEPTH}::integer) AS met) AS counted`);
}

const SAMPLE = 24;
const SAMPLE_DEPTH = 50_000;
