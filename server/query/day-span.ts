import { type Sql, sql } from './sql.ts';

/** A date that is known to the month or the year stands for all its days. */
const widened = (moment: Sql) => sql`CASE date_precision WHEN 'month' THEN date_trunc('month', ${moment}, 'UTC')
  WHEN 'year' THEN date_trunc('year', ${moment}, 'UTC') ELSE ${moment} END`;
const unit = sql`CASE date_precision WHEN 'month' THEN interval '1 month' WHEN 'year' THEN interval '1 year' ELSE interval '0' END`;
const lastMoment = sql`upper(valid) - interval '1 microsecond'`;

/** Whether the time of a record has a beginning and an end. */
export const IS_DATED = sql`(NOT isempty(valid) AND isfinite(lower(valid)) AND isfinite(upper(valid))) IS TRUE`;

/** The first and the last moment at which an event may have been, as it is known: of all days of its month where it is dated to the month. */
export const FIRST_MOMENT = widened(sql`lower(valid)`);
// The month after the first moment of the last day's month begins just after the last day.
export const LAST_MOMENT = sql`CASE WHEN date_precision IN ('month', 'year') THEN ${widened(lastMoment)} + ${unit} - interval '1 microsecond' ELSE ${lastMoment} END`;

/** The shortest time that is called a period, as in "that week": where it is given as one day, that is a day of it. */
const PERIOD_DAYS = 7;

/** Whether a date is no more than a period that may be longer than so many days: one is known to a week at best. */
export const isLongPeriod = (days: number): Sql =>
  sql`(date_precision = 'period' AND ${days}::integer < ${PERIOD_DAYS}::integer) IS TRUE`;

/** Whether it is known to within so many days when an event was. */
export const isKnownWithin = (days: number): Sql =>
  sql`((${LAST_MOMENT}) - (${FIRST_MOMENT}) < make_interval(days => ${days}::integer) AND NOT ${isLongPeriod(days)}) IS TRUE`;
