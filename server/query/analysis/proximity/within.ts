import { EMPTY, join, type Query, sql, toQuery } from '../../sql.ts';
import { candidates, strayOf } from './candidates.ts';
import { closestAsJson, ORDER } from './pair.ts';
import { searchArea } from './reach.ts';
import { isSame, originOf, records, type Sides } from './sides.ts';

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

/** Rows `PairRow`: the closest pairs within so many metres. */
export function closestQuery(sides: Sides, metres: number, limit: number): Query {
  const { near, far, origins, hits, isNear, isFirst } = pairing(sides, metres);
  return toQuery(sql`SELECT ${near}.fid AS from_fid, ${far}.fid AS to_fid, hit.distance, 0 AS rank
    FROM ${origins}, LATERAL ${hits} AS hit WHERE ${isNear} AND ${isFirst} ${ORDER} LIMIT ${limit}::integer`);
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
