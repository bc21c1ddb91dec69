import { type Filter, predicate } from '../../filter.ts';
import { ident, more, type Query, type Sql, sql, toQuery } from '../../sql.ts';
import { recordTable } from '../../tables.ts';
import type { Claims } from '../timeline/claim.ts';
import { measuresOf, PARTS, type Units, unitRelation } from './units.ts';

/** Calendar steps (UTC) of a time series. */
export const STEPS = ['month', 'quarter', 'year'] as const;
export type Step = (typeof STEPS)[number];

/** Points of one unit, kind and step. Measures are `sum_1`, `sum_2`, ... in the order of `measuresOf`. */
export interface PointsRow {
  /** The number of the unit, or the H3 cell in hexadecimal; null: in no unit. */
  readonly unit: number | string | null;
  readonly kind: string | null;
  /** The first day of the step in which the record's time lies as a whole; null: in none, or no steps were asked for. */
  readonly step: string | null;
  readonly records: number;
  /** How many of them may lie farther off than half the unit's width, that of a circle as large; where that is not known, too. */
  readonly imprecise: number;
  readonly [sum: `sum_${number}`]: number;
}

const LENGTH = { month: sql`'1 month'`, quarter: sql`'3 months'`, year: sql`'1 year'` } as const;
const UNIT = { month: sql`'month'`, quarter: sql`'quarter'`, year: sql`'year'` } as const;

/** The step that holds the whole time of a record. */
function stepOf(step: Step | undefined): Sql {
  if (step === undefined) return sql`NULL::text`;
  const start = sql`date_trunc(${UNIT[step]}, lower(valid) AT TIME ZONE 'UTC')`;
  return sql`CASE WHEN isfinite(lower(valid)) AND isfinite(upper(valid))
    AND upper(valid) AT TIME ZONE 'UTC' <= ${start} + ${LENGTH[step]}::interval THEN to_char(${start}, 'YYYY-MM-DD') END`;
}

/**
 * The records under names that no field has in this query: `fid, group_kind, group_step, precision_m, value_1, ...`, for a
 * collection may have fields of any name.
 */
function recordRelation(layer: Claims['layer'], filter: Filter, step: Step | undefined, also: Sql): Sql {
  const kind = layer.kind === undefined ? sql`NULL::text` : sql`${ident(layer.kind)}::text`;
  const values = measuresOf(layer).map((name, index) => sql`${ident(name)} AS ${ident(`value_${index + 1}`)}`);
  return sql`SELECT fid, ${also} AS found_in, ${kind} AS group_kind, ${stepOf(step)} AS group_step, precision_m${more(values)}
    FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)}`;
}

/** Nothing is said of what lies in no unit. */
const isFarOff = (unit: Sql, halfM: Sql) => sql`${unit} IS NOT NULL AND (precision_m <= ${halfM}) IS NOT TRUE`;

/** What is counted and summed of records in each group. Sums of decimals are the same in whatever order records come. */
const tally = (
  layer: Claims['layer'],
  unit: Sql,
  halfM: Sql,
) => sql`${unit} AS unit, group_kind AS kind, group_step AS step,
  count(*) AS records, count(*) FILTER (WHERE ${isFarOff(unit, halfM)}) AS imprecise${more(
    measuresOf(layer).map(
      (_, index) =>
        sql`coalesce(sum(${ident(`value_${index + 1}`)}::numeric), 0)::float8 AS ${ident(`sum_${index + 1}`)}`,
    ),
  )}`;

/** @param isApart whether those that may lie elsewhere have rows of their own */
const grouped = (unit: Sql, halfM: Sql, isApart: boolean) => {
  const apart = isApart ? sql`, ${isFarOff(unit, halfM)}` : sql``;
  return sql`GROUP BY 1, 2, 3${apart} ORDER BY 1 NULLS FIRST, 2 NULLS FIRST, 3 NULLS FIRST${apart}`;
};

/**
 * Points by the unit in which they lie: of one on a shared outline, or in several units, the first.
 * @param isApart whether those that may lie in another unit have rows of their own
 */
export function pointsQuery(
  layer: Claims['layer'],
  filter: Filter,
  units: Units,
  step: Step | undefined,
  isApart = false,
): Query {
  return toQuery(sql`WITH ${unitRelation(units)}, ${PARTS},
    hit AS MATERIALIZED (
      SELECT fid, min(nth) AS first FROM part, LATERAL (
        SELECT fid FROM ${recordTable(layer)}
        WHERE geom && shape AND ST_Intersects(geom, shape) AND ${predicate(layer, filter)} OFFSET 0) AS found
      GROUP BY fid),
    half AS (SELECT DISTINCT nth, radius_m FROM part)
    SELECT ${tally(layer, sql`first`, sql`radius_m`)}
    FROM (${recordRelation(layer, filter, step, sql`NULL::text`)}) AS record
      LEFT JOIN hit USING (fid) LEFT JOIN half ON nth = first ${grouped(sql`first`, sql`radius_m`, isApart)}`);
}

/** An H3 cell in hexadecimal. */
export interface CellRow {
  readonly cell: string;
}

/** The H3 cells in which points lie, each once; no more than `most`. */
export function cellsQuery(layer: Claims['layer'], filter: Filter, resolution: number, most: number): Query {
  return toQuery(sql`SELECT DISTINCT to_hex(azalai.h3_parent(h3_base, ${resolution}::integer)) AS cell
    FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)} ORDER BY cell LIMIT ${most}::integer`);
}

/** Points by H3 cell. @param radiusM half the width of a cell @param isApart as of `pointsQuery` */
export function cellPointsQuery(
  layer: Claims['layer'],
  filter: Filter,
  resolution: number,
  step: Step | undefined,
  radiusM: number,
  isApart = false,
): Query {
  const cell = sql`to_hex(azalai.h3_parent(h3_base, ${resolution}::integer))`;
  return toQuery(sql`SELECT ${tally(layer, sql`found_in`, sql`radius_m`)}
    FROM (${recordRelation(layer, filter, step, cell)}) AS record
      CROSS JOIN (SELECT ${radiusM}::float8 AS radius_m) AS half ${grouped(sql`found_in`, sql`radius_m`, isApart)}`);
}
