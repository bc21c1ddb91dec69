import { predicate } from '../../filter.ts';
import { ident, type Query, sql, toQuery } from '../../sql.ts';
import { recordTable } from '../../tables.ts';
import { type PlacedBy, placedRelation, unitKey } from '../placed-records.ts';
import type { Claims } from '../timeline/claim.ts';
import { classOf, isRough, type Lasting, stepColumns } from './spans.ts';

/** Points of one unit and class that are in force in the same steps. */
export interface PointsInForceRow {
  /** The number of the unit, or the H3 cell in hexadecimal; null: in no unit, or by none is counted. */
  readonly unit: number | string | null;
  readonly class: string | null;
  /** As of SpanRow. */
  readonly first_step: number;
  readonly end_step: number;
  /** They may lie in another unit. */
  readonly imprecise: boolean;
  readonly rough: boolean;
  readonly records: number;
  /** Of the measure; unknown values are left out; 0 where none is asked for. */
  readonly sum: number;
}

/** Points that are in force in some step, in no order. @param measure a field that is summed */
export function pointsInForceQuery(
  claims: Claims,
  by: PlacedBy | undefined,
  lasting: Lasting,
  measure: string | undefined,
): Query {
  const { layer, filter } = claims;
  const also = [
    { name: 'group_class', value: classOf(claims, lasting) },
    { name: 'group_rough', value: isRough(lasting) },
    { name: 'group_value', value: measure === undefined ? sql`0` : ident(measure) },
  ] as const;
  const [ofClass, rough, value] = also.map((column) => column.value);
  const placed = by
    ? placedRelation(layer, filter, by, also)
    : sql`placed AS (SELECT NULL::integer AS unit, false AS imprecise, valid, ${ofClass} AS group_class,
        ${rough} AS group_rough, ${value} AS group_value FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)})`;
  // Sums of decimals are the same in whatever order records come.
  return toQuery(sql`WITH ${placed},
    timed AS (SELECT unit, group_class, group_rough, imprecise, group_value, ${stepColumns(lasting)} FROM placed WHERE NOT isempty(valid))
    SELECT ${by ? unitKey(by) : sql`unit`} AS unit, group_class AS class, first_step, end_step, imprecise, group_rough AS rough,
      count(*) AS records, coalesce(sum(group_value::numeric), 0)::float8 AS sum
    FROM timed WHERE first_step < end_step
    GROUP BY timed.unit, group_class, first_step, end_step, imprecise, group_rough`);
}
