import type { Filter } from '../filter.ts';
import { monthColumns } from '../months.ts';
import { type Query, type Sql, sql, toQuery } from '../sql.ts';
import { type PlacedBy, placedRelation, unitKey } from './placed-records.ts';
import type { Claims } from './timeline/claim.ts';

/** Records of one unit, confidence, source and span of months. */
export interface ReportsRow {
  /** The number of the unit, or the H3 cell in hexadecimal; null: in no unit. */
  readonly unit: number | string | null;
  readonly confidence: string | null;
  /** As the records name it: several are parted by semicolons. */
  readonly source: string | null;
  /** The month in which they begin and the first after it, as `Months` counts them. */
  readonly first_month: number;
  readonly end_month: number;
  readonly records: number;
  /** Of them, those that may lie in another unit. */
  readonly imprecise: number;
  /** The earliest begin and the latest last day, YYYY-MM-DD; null: open. */
  readonly first_day: string | null;
  readonly last_day: string | null;
}

const day = (moment: Sql) => sql`to_char(${moment} AT TIME ZONE 'UTC', 'YYYY-MM-DD')`;
const FIRST = day(sql`min(lower(valid)) FILTER (WHERE isfinite(lower(valid)))`);
const LAST = day(sql`(max(upper(valid)) FILTER (WHERE isfinite(upper(valid))) - interval '1 microsecond')`);

/** In no order: what is made of the rows is the same in any, as long as they are fewer than `most`: then some are left out. */
export function reportsQuery(layer: Claims['layer'], filter: Filter, by: PlacedBy, most: number): Query {
  return toQuery(sql`WITH ${placedRelation(layer, filter, by)}
    SELECT ${unitKey(by)} AS unit, confidence, source, first_month, end_month, count(*) AS records,
      count(*) FILTER (WHERE imprecise) AS imprecise, ${FIRST} AS first_day, ${LAST} AS last_day
    FROM (SELECT unit, imprecise, valid, confidence, source, ${monthColumns(layer)} FROM placed) AS timed
    GROUP BY timed.unit, confidence, source, first_month, end_month LIMIT ${most}::integer`);
}

/** A unit in which any record lies. */
export interface ReportedRow {
  readonly unit: number | string | null;
}

/** In no order. */
export function reportedQuery(layer: Claims['layer'], filter: Filter, by: PlacedBy): Query {
  return toQuery(sql`WITH ${placedRelation(layer, filter, by)} SELECT DISTINCT ${unitKey(by)} AS unit FROM placed`);
}
