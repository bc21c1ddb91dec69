import { recordFields } from '../../../core/layer.ts';
import { predicate } from '../../filter.ts';
import { ident, join, type Query, type Sql, sql, toQuery } from '../../sql.ts';
import { recordTable } from '../../tables.ts';
import type { Step } from '../summary/points.ts';
import type { Claims } from '../timeline/claim.ts';

/** When what lasts counts in a step: at the last moment of it, or at any time of it. */
export const IN_FORCE = ['end', 'any'] as const;
type InForce = (typeof IN_FORCE)[number];

/** By which steps what lasts is counted, and how it is told apart. */
export interface Lasting {
  readonly step: Step;
  /** Days, half-open, UTC, one after the other. */
  readonly steps: readonly { readonly from: string; readonly to: string }[];
  readonly inForce: InForce;
  /** A text field of every collection; undefined: nothing is told apart. */
  readonly by: string | undefined;
}

const moment = (day: string) => `${day}T00:00:00Z`;

/**
 * `first_step, end_step`: the first step in which a record of this `valid` is in force and the one after the last, by their
 * places; the same where it is in none.
 */
export function stepColumns({ steps, inForce }: Lasting): Sql {
  const ends = sql`${steps.map(({ to }) => moment(to))}::timestamptz[]`;
  const starts = sql`${steps.map(({ from }) => moment(from))}::timestamptz[]`;
  const until = sql`coalesce(upper(valid), 'infinity')`;
  const end =
    inForce === 'end'
      ? sql`width_bucket(${until}, ${ends})`
      : sql`width_bucket(${until} - interval '1 microsecond', ${starts})`;
  return sql`width_bucket(coalesce(lower(valid), '-infinity'), ${ends}) AS first_step, ${end} AS end_step`;
}

/** Whether a record's dates are known less well than a step. */
export const isRough = ({ step }: Lasting): Sql =>
  step === 'year' ? sql`(date_precision = 'period') IS TRUE` : sql`(date_precision IN ('year', 'period')) IS TRUE`;

/** The class of a record. */
export function classOf({ layer }: Pick<Claims, 'layer'>, { by }: Lasting): Sql {
  const isThere = recordFields(layer).some(({ name, type }) => name === by && type === 'string');
  return by !== undefined && isThere ? ident(by) : sql`NULL::text`;
}

/** The relation `(key, fid, geom, class, rough, first_step, end_step)`: records that are in force in some step. */
export function lastingRelation(claims: readonly Claims[], lasting: Lasting): Sql {
  const each = claims.map(
    ({ layer, filter }, nth) => sql`SELECT ${`${nth}:`}::text || fid AS key, fid, geom,
      ${classOf({ layer }, lasting)} AS class, ${isRough(lasting)} AS rough, ${stepColumns(lasting)}
      FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)} AND NOT isempty(valid)`,
  );
  return sql`SELECT key, fid, geom, class, rough, first_step, end_step FROM (${join(each, sql` UNION ALL `)}) AS record
    WHERE first_step < end_step`;
}

/** A record that is in force in steps, by their places. */
export interface SpanRow {
  /** Names the record among those of one question: the place of its collection, and its number. */
  readonly key: `${number}:${number}`;
  readonly class: string | null;
  readonly first_step: number;
  readonly end_step: number;
  /** Its dates are known less well than a step. */
  readonly rough: boolean;
}

/** No more than `most`. */
export function spansQuery(claims: readonly Claims[], lasting: Lasting, most: number): Query {
  return toQuery(sql`SELECT key, class, first_step, end_step, rough FROM (${lastingRelation(claims, lasting)}) AS held
    ORDER BY key COLLATE "C" LIMIT ${most}::integer`);
}
