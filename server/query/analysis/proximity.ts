import { predicate } from '../filter.ts';
import { EMPTY, join, type Query, type Sql, sql, toQuery } from '../sql.ts';
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

const originOf = ({ layer }: Side) => ({ geom: sql`origin.geom`, isPoint: layer.geometry === 'point' });

/** Each record of the smaller side looks for its own. */
function pairing({ from, to, held }: Sides, metres: number) {
  const isTurned = held.to.count < held.from.count;
  const [outer, inner] = isTurned ? [to, from] : [from, to];
  const [near, far] = isTurned ? [sql`hit`, sql`origin`] : [sql`origin`, sql`hit`];
  const stray = strayOf(isTurned ? held.from : held.to);
  const area = searchArea(originOf(outer), sql`${metres}::float8`, stray);
  const itself = isSame(from, to) ? sql` AND hit.fid <> origin.fid` : EMPTY;
  return {
    ...{ isTurned, near, far },
    origins: sql`${records(outer, inner)} AS origin, LATERAL ${area} AS area`,
    hits: candidates(inner, outer),
    isNear: sql`hit.distance <= ${metres}::float8${itself}`,
    /** Tells the one of two that are the same pair the other way round. */
    isFirst: isSame(from, to) ? sql`(${near}.fid < ${far}.fid OR NOT (origin.is_other AND hit.is_other))` : sql`TRUE`,
  };
}

/** How often `summaryQuery` halves the distance. */
export const HALVINGS = 6;

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
  const { isTurned, origins, hits, isNear, isFirst } = pairing(sides, metres);
  const steps = Array.from({ length: HALVINGS }, (_, step) => step);
  const half = steps.map(
    (step) => sql`count(*) FILTER (WHERE ${isFirst} AND hit.distance <= ${metres / 2 ** (step + 1)}::float8)`,
  );
  const figures = sql`count(*) AS found, count(*) FILTER (WHERE ${isFirst}) AS pairs, min(hit.distance) AS nearest,
    count(*) FILTER (WHERE ${isFirst} AND hit.distance + origin.precision_m + hit.precision_m <= ${metres}::float8) AS certain,
    ARRAY[${join(half, sql`, `)}] AS half`;
  // What each record of `from` found for itself needs no sorting.
  const each = isTurned
    ? sql`(SELECT ${figures} FROM ${origins}, LATERAL ${hits} AS hit WHERE ${isNear} GROUP BY hit.fid) AS figures`
    : sql`${origins}, LATERAL (SELECT ${figures} FROM ${hits} AS hit WHERE ${isNear}) AS figures`;
  return toQuery(sql`SELECT coalesce(sum(pairs), 0)::bigint AS pairs, coalesce(sum(certain), 0)::bigint AS certain, count(*) AS near,
      percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY nearest) AS quartiles,
      ARRAY[${join(
        steps.map((step) => sql`coalesce(sum(half[${step + 1}::integer]), 0)::float8`),
        sql`, `,
      )}] AS halves
    FROM ${each} WHERE found > 0`);
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
  const { near, far, origins, hits, isNear, isFirst } = pairing(sides, metres);
  return toQuery(sql`SELECT ${near}.fid AS from_fid, ${far}.fid AS to_fid, hit.distance, 0 AS rank
    FROM ${origins}, LATERAL ${hits} AS hit WHERE ${isNear} AND ${isFirst} ${ORDER} LIMIT ${limit}::integer`);
}

/**
 * Common table expressions up to `pair`: `(from_fid, to_fid, distance, rank)` of the nearest few of each record of `from`.
 * An index finds what is near in degrees, which is another order than by geodesic. A few more than asked are tried, and ranked;
 * of points the nearest of them are often certain (`isSettled`). Where one is not, its distance says how far to look again.
 */
function withNearest({ from, to, held }: Sides, many: number, within: number | null): Sql {
  const arePoints = from.layer.geometry === 'point' && to.layer.geometry === 'point';
  const first = arePoints ? many + 2 + Math.floor(many / 10) : many;
  const other = isSame(from, to) ? sql` AND fid <> origin.fid` : EMPTY;
  const apart = isSame(from, to) ? sql` AND hit.fid <> origin.fid` : EMPTY;
  const settled = arePoints ? sql` OR ${isSettled(sql`origin.geom`, sql`planar`, sql`distance`)}` : EMPTY;
  const limit = within === null ? EMPTY : sql` WHERE distance <= ${within}::float8`;
  return sql`WITH tried AS MATERIALIZED (
      SELECT origin.fid AS from_fid, near.* FROM ${records(from, to)} AS origin,
        LATERAL (SELECT fid, distance, rank, taken < ${first}::bigint${settled} AS is_certain
          FROM (SELECT fid, distance, row_number() OVER ranked AS rank, count(*) OVER whole AS taken, max(planar) OVER whole AS planar
            FROM (SELECT fid, planar, ST_Distance(origin.geog, geom::geography) AS distance
              FROM (SELECT fid, geom, geom <-> origin.geom AS planar FROM ${recordTable(to.layer)}
                WHERE ${predicate(to.layer, to.filter)}${other} ORDER BY geom <-> origin.geom LIMIT ${first}::integer) AS reached) AS measured
            WINDOW ranked AS (ORDER BY distance, fid),
              whole AS (ORDER BY distance, fid ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) OFFSET 0) AS placed
          WHERE rank <= ${many}::bigint) AS near
    ), doubtful AS (
      SELECT from_fid, max(distance) AS reach, min(rank) AS first_rank FROM tried WHERE NOT is_certain GROUP BY from_fid
    ), pair AS MATERIALIZED (
      SELECT from_fid, to_fid, distance, rank FROM (
        SELECT from_fid, fid AS to_fid, distance, rank FROM tried WHERE is_certain
        UNION ALL
        SELECT from_fid, again.fid, again.distance, again.rank
        FROM doubtful, LATERAL ${records(from, to, sql` AND fid = doubtful.from_fid`)} AS origin,
          LATERAL ${searchArea(originOf(from), sql`doubtful.reach`, strayOf(held.to))} AS area,
          LATERAL (SELECT hit.fid, hit.distance, row_number() OVER (ORDER BY hit.distance, hit.fid) AS rank
            FROM ${candidates(to, from)} AS hit WHERE hit.distance <= doubtful.reach${apart}
            ORDER BY hit.distance, hit.fid LIMIT ${many}::integer) AS again
        WHERE again.rank >= doubtful.first_rank
      ) AS ranked${limit}
    )`;
}

/** All pairs in figures, and the closest of them. */
export interface NearRow {
  readonly pairs: number;
  readonly certain: number;
  readonly near: number;
  readonly quartiles: readonly [number, number, number] | null;
  readonly closest: readonly PairRow[];
}

const closestAsJson = (condition: Sql, limit: number) =>
  sql`(SELECT coalesce(json_agg(closest ${ORDER}), '[]') FROM (SELECT from_fid, to_fid, distance, rank FROM pair${condition} ${ORDER}
    LIMIT ${limit}::integer) AS closest) AS closest`;

/** One row `NearRow`: the nearest `many` of each record of `from`, no farther than `within` metres when it is given. */
export function nearestQuery(sides: Sides, many: number, within: number | null, limit: number): Query {
  return toQuery(sql`${withNearest(sides, many, within)}
    SELECT count(*) AS pairs, 0 AS certain, count(*) FILTER (WHERE rank = 1) AS near,
      percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY distance) FILTER (WHERE rank = 1) AS quartiles,
      ${closestAsJson(EMPTY, limit)}
    FROM pair`);
}

/** One row `NearRow` of all pairs within so many metres, which it keeps at hand: for some hundred thousand of them, not more. */
export function withinQuery(sides: Sides, metres: number, limit: number): Query {
  const { near, far, origins, hits, isNear, isFirst } = pairing(sides, metres);
  return toQuery(sql`WITH pair AS MATERIALIZED (SELECT ${near}.fid AS from_fid, ${far}.fid AS to_fid, hit.distance, 0 AS rank,
        ${isFirst} AS is_first, origin.precision_m + hit.precision_m AS uncertain
      FROM ${origins}, LATERAL ${hits} AS hit WHERE ${isNear})
    SELECT coalesce(sum(pairs), 0)::bigint AS pairs, coalesce(sum(certain), 0)::bigint AS certain, count(*) AS near,
      percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY nearest) AS quartiles, ${closestAsJson(sql` WHERE is_first`, limit)}
    FROM (SELECT count(*) FILTER (WHERE is_first) AS pairs, min(distance) AS nearest,
        count(*) FILTER (WHERE is_first AND distance + uncertain <= ${metres}::float8) AS certain
      FROM pair GROUP BY from_fid) AS each`);
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
      LATERAL ${searchArea(originOf(from), sql`${metres}::float8`, strayOf(held.to))} AS area,
      LATERAL (SELECT count(*) AS found FROM (SELECT FROM ${recordTable(to.layer)}
        WHERE ${predicate(to.layer, to.filter)} AND geom && area.main LIMIT ${SAMPLE_DEPTH}::integer) AS met) AS counted`);
}

const SAMPLE = 24;
const SAMPLE_DEPTH = 50_000;
