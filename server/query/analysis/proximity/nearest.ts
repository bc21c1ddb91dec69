import { predicate } from '../../filter.ts';
import { EMPTY, type Query, type Sql, sql, toQuery } from '../../sql.ts';
import { recordTable } from '../../tables.ts';
import { candidates, strayOf } from './candidates.ts';
import { closestAsJson } from './pair.ts';
import { isSettled, searchArea } from './reach.ts';
import { arePoints, isSame, originOf, records, type Sides } from './sides.ts';

/** How many are tried to find the nearest `many`. */
const triesFor = (sides: Pick<Sides, 'from' | 'to'>, many: number) =>
  arePoints(sides) ? many + 2 + Math.floor(many / 10) : many;

/**
 * Records of `to` that are met on the way to the nearest `many` of one record: an index meets those too that are not asked.
 * `isFew`: there are so few that comparing with all of them meets no more.
 */
export function searchFor(sides: Sides, many: number): { readonly met: number; readonly isFew: boolean } {
  const { to, seen } = sides.held;
  const met = Math.min(seen, triesFor(sides, many) * (seen / Math.max(1, to.count)));
  return arePoints(sides) && to.count <= met ? { met: to.count, isFew: true } : { met, isFew: false };
}

/**
 * Common table expressions up to `pair`: `(from_fid, to_fid, distance, rank)` of the nearest few of each record of `from`.
 * An index finds what is near in degrees, which is another order than by geodesic. A few more than asked are tried, and ranked;
 * of points the nearest of them are often certain (`isSettled`). Where one is not, its distance says how far to look again.
 */
function withNearest(sides: Sides, many: number, within: number | null): Sql {
  const { from, to, held } = sides;
  const { isFew } = searchFor(sides, many);
  const first = isFew ? held.to.count + 1 : triesFor(sides, many);
  const other = isSame(from, to) ? sql` AND fid <> origin.fid` : EMPTY;
  const apart = isSame(from, to) ? sql` AND hit.fid <> origin.fid` : EMPTY;
  const settled = arePoints(sides) ? sql` OR ${isSettled(sql`origin.geom`, sql`planar`, sql`distance`)}` : EMPTY;
  const limit = within === null ? EMPTY : sql` WHERE distance <= ${within}::float8`;
  const asked = sql`FROM ${recordTable(to.layer)} WHERE ${predicate(to.layer, to.filter)}`;
  const few = isFew ? sql`few AS MATERIALIZED (SELECT fid, geom::geography AS geog ${asked}), ` : EMPTY;
  const measured = isFew
    ? sql`SELECT fid, 0::float8 AS planar, ST_Distance(origin.geog, few.geog) AS distance FROM few WHERE TRUE${other}`
    : sql`SELECT fid, planar, ST_Distance(origin.geog, geom::geography) AS distance
        FROM (SELECT fid, geom, geom <-> origin.geom AS planar ${asked}${other}
          ORDER BY geom <-> origin.geom LIMIT ${first}::integer) AS reached`;
  return sql`WITH ${few}tried AS MATERIALIZED (
      SELECT origin.fid AS from_fid, near.* FROM ${records(from, to)} AS origin,
        LATERAL (SELECT fid, distance, rank, taken < ${first}::bigint${settled} AS is_certain
          FROM (SELECT fid, distance, row_number() OVER ranked AS rank, count(*) OVER whole AS taken, max(planar) OVER whole AS planar
            FROM (${measured}) AS measured
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

/** One row `NearRow`: the nearest `many` of each record of `from`, no farther than `within` metres when it is given. */
export function nearestQuery(sides: Sides, many: number, within: number | null, limit: number): Query {
  return toQuery(sql`${withNearest(sides, many, within)}
    SELECT count(*) AS pairs, 0 AS certain, count(*) FILTER (WHERE rank = 1) AS near,
      percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY distance) FILTER (WHERE rank = 1) AS quartiles,
      ${closestAsJson(EMPTY, limit)}
    FROM pair`);
}
