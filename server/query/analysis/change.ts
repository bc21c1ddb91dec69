import type { Interval } from '../../core/interval.ts';
import type { Filter } from '../filter.ts';
import { ident, join, type Query, type Sql, sql, toQuery } from '../sql.ts';
import { type PlacedBy, placedRelation, unitKey } from './placed-records.ts';
import type { Claims } from './timeline/claim.ts';

/** Two spans of time, half-open, closed at both ends, which do not overlap. */
export interface Periods {
  readonly earlier: Interval & { readonly from: string; readonly to: string };
  readonly later: Interval & { readonly from: string; readonly to: string };
}

/**
 * The records of a unit by when they were: of the pair of periods with the number k, `earlier_k` and `later_k` lie in one of them
 * as a whole, `earlier_imprecise_k` and `later_imprecise_k` among them are not known to lie in the unit; `spanning_k` meet both,
 * `reaching_k` meet one and reach out of it.
 */
export interface ChangeRow {
  readonly unit: number | string | null;
  readonly [count: `${ChangeCount}_${number}`]: number;
}
export const CHANGE_COUNTS = [
  'earlier',
  'later',
  'earlier_imprecise',
  'later_imprecise',
  'spanning',
  'reaching',
] as const;
export type ChangeCount = (typeof CHANGE_COUNTS)[number];

const rangeOf = ({ from, to }: Interval) => sql`tstzrange(${from}::timestamptz, ${to}::timestamptz)`;

/** The earliest begin and the latest end. */
function hullOf(pairs: readonly Periods[]): Interval {
  const times = pairs.flatMap(({ earlier, later }) => [earlier.from, later.to]).map((time) => Date.parse(time));
  const of = (time: number) => new Date(time).toISOString();
  return { from: of(Math.min(...times)), to: of(Math.max(...times)) };
}

function countsOf({ earlier, later }: Periods, index: number): Sql {
  const [before, after] = [rangeOf(earlier), rangeOf(later)];
  const count = (name: ChangeCount, condition: Sql) =>
    sql`count(*) FILTER (WHERE ${condition}) AS ${ident(`${name}_${index + 1}`)}`;
  const both = sql`valid && ${before} AND valid && ${after}`;
  return join(
    [
      count('earlier', sql`valid <@ ${before}`),
      count('later', sql`valid <@ ${after}`),
      count('earlier_imprecise', sql`valid <@ ${before} AND imprecise`),
      count('later_imprecise', sql`valid <@ ${after} AND imprecise`),
      count('spanning', both),
      count(
        'reaching',
        sql`NOT (${both}) AND (valid && ${before} AND NOT valid <@ ${before} OR valid && ${after} AND NOT valid <@ ${after})`,
      ),
    ],
    sql`, `,
  );
}

/**
 * The records of a collection by unit and by when they were. The filter's own time is not looked at.
 * @param pairs at least one
 */
export function changeQuery(layer: Claims['layer'], filter: Filter, by: PlacedBy, pairs: readonly Periods[]): Query {
  const counts = join(
    pairs.map((pair, index) => countsOf(pair, index)),
    sql`, `,
  );
  return toQuery(sql`WITH ${placedRelation(layer, { ...filter, datetime: hullOf(pairs) }, by)}
    SELECT ${unitKey(by)} AS unit, ${counts} FROM placed GROUP BY placed.unit ORDER BY placed.unit NULLS FIRST`);
}
