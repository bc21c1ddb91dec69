import { type Sql, sql } from '../../sql.ts';

/** A pair by the numbers of its records; metres; its rank among the neighbours of `from_fid`, 0 when they are not ranked. */
export interface PairRow {
  readonly from_fid: number;
  readonly to_fid: number;
  readonly distance: number;
  readonly rank: number;
}

/** The closest first; of several as close, by the numbers of the records. */
export const ORDER = sql`ORDER BY distance, from_fid, to_fid`;

/** All pairs in figures, and the closest of them. */
export interface NearRow {
  readonly pairs: number;
  readonly certain: number;
  readonly near: number;
  readonly quartiles: readonly [number, number, number] | null;
  readonly closest: readonly PairRow[];
}

/** The closest of the rows of `pair`, as a column. */
export const closestAsJson = (condition: Sql, limit: number) =>
  sql`(SELECT coalesce(json_agg(closest ${ORDER}), '[]') FROM (SELECT from_fid, to_fid, distance, rank FROM pair${condition} ${ORDER}
    LIMIT ${limit}::integer) AS closest) AS closest`;
