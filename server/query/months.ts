import type { Layer } from '../core/layer.ts';
import { type Sql, sql } from './sql.ts';

/** Stand for open ends, and for layers without time: before the year 1, and after 9999. */
export const FIRST_MONTH = 0;
export const LAST_MONTH = 12 * 10_000;

const month = (moment: Sql) =>
  sql`(extract(year FROM ${moment})::integer * 12 + extract(month FROM ${moment})::integer - 1)`;

/**
 * `first_month, end_month`: the month (UTC) in which a record begins, and the first month after it, as `Months` in
 * server/core/interval.ts counts them.
 */
export function monthColumns(layer: Layer): Sql {
  if (layer.time === null) return sql`${FIRST_MONTH}::integer AS first_month, ${LAST_MONTH}::integer AS end_month`;
  const last = sql`(upper(valid) - interval '1 microsecond') AT TIME ZONE 'UTC'`;
  return sql`coalesce(${month(sql`(lower(valid) AT TIME ZONE 'UTC')`)}, ${FIRST_MONTH}::integer) AS first_month,
    coalesce(${month(sql`(${last})`)} + 1, ${LAST_MONTH}::integer) AS end_month`;
}
