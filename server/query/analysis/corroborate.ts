import type { PublishedLayer } from '../../core/catalogue.ts';
import { recordFields } from '../../core/layer.ts';
import { FIRST_MOMENT, IS_DATED, isLongPeriod, LAST_MOMENT } from '../day-span.ts';
import { type Filter, predicate } from '../filter.ts';
import { ident, join, type Query, type Sql, sql, toQuery } from '../sql.ts';
import { recordTable } from '../tables.ts';

/** A collection of events, and which of its records. */
export interface Reporting {
  readonly layer: PublishedLayer;
  readonly filter: Filter;
}

/** How far apart two reports may be to be compared: metres beyond the precision of both, and days. */
export interface Reach {
  readonly metres: number;
  readonly days: number;
  /** Reports of one collection that share a source are compared too. */
  readonly sameSource: boolean;
}

/** A report of an event. */
export interface ReportRow {
  /** Of its collection, in the order asked. */
  readonly nth: number;
  readonly fid: number;
  readonly record_id: string;
  readonly lon: number;
  readonly lat: number;
  readonly precision_m: number;
  /** First and last day on which it may have been, since 1970-01-01; null when that is not known within ten years. */
  readonly first_day: number | null;
  readonly last_day: number | null;
  readonly kind: string | null;
  readonly killed: number | null;
  readonly injured: number | null;
  readonly sources: readonly string[];
}

/** Days within which the time of a report must be known for it to be compared. */
const LONGEST = 3_660;

const columnOf = (layer: PublishedLayer, field: string | undefined, type: 'string' | 'integer') =>
  field !== undefined && recordFields(layer).some((each) => each.name === field && each.type === type)
    ? ident(field)
    : type === 'string'
      ? sql`NULL::text`
      : sql`NULL::bigint`;

const dayOf = (moment: Sql) => sql`((${moment} AT TIME ZONE 'UTC')::date - DATE '1970-01-01')`;

function reportsOf({ layer, filter }: Reporting, nth: number, more: Sql): Sql {
  const isDated = sql`${IS_DATED} AND upper(valid) - lower(valid) <= ${LONGEST}::integer * interval '1 day'`;
  return sql`(SELECT ${nth}::integer AS nth, fid, record_id, geom, coalesce(precision_m, 0)::float8 AS precision_m,
      CASE WHEN ${isDated} THEN ${dayOf(FIRST_MOMENT)} END AS first_day,
      CASE WHEN ${isDated} THEN ${dayOf(LAST_MOMENT)} END AS last_day,
      ${columnOf(layer, layer.kind, 'string')} AS kind, ${columnOf(layer, 'killed', 'integer')} AS killed,
      ${columnOf(layer, 'injured', 'integer')} AS injured, ${more}
    FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)})`;
}

const SOURCES = sql`regexp_split_to_array(trim(both ' ;' from coalesce(source, '')), '\\s*;\\s*') AS sources`;

const withReports = (reporting: readonly Reporting[]) =>
  sql`WITH report AS MATERIALIZED (${join(
    reporting.map((each, nth) => reportsOf(each, nth, SOURCES)),
    sql` UNION ALL `,
  )})`;

/** Rows `ReportRow`, by collection and number. */
export function reportsQuery(reporting: readonly Reporting[]): Query {
  return toQuery(sql`${withReports(reporting)} SELECT nth, fid, record_id, ST_X(geom) AS lon, ST_Y(geom) AS lat, precision_m,
    first_day, last_day, kind, killed, injured, sources FROM report ORDER BY nth, fid`);
}

/** A report without its sources; `is_long_period`: its date is no more than a period, which may be longer than is asked. */
export interface EventRow extends Omit<ReportRow, 'sources'> {
  readonly is_long_period: boolean;
}

/** Rows `EventRow`, in no order. @param days to within which a date is to be known */
export function reportedEventsQuery(reporting: readonly Reporting[], days: number): Query {
  const each = reporting.map((one, nth) => reportsOf(one, nth, sql`${isLongPeriod(days)} AS is_long_period`));
  return toQuery(sql`SELECT nth, fid, record_id, ST_X(geom) AS lon, ST_Y(geom) AS lat, precision_m,
    first_day, last_day, kind, killed, injured, is_long_period FROM (${join(each, sql` UNION ALL `)}) AS report`);
}

/** `(nth, fid, slot)` of each span of `days + 1` days that a report, or `stretch` days around it, touches. */
const slots = ({ days }: Reach, stretch: number) => sql`(SELECT report.*, geom::geography AS geog, slot,
    (first_day - ${stretch}::integer) / ${days + 1}::integer AS first_slot FROM report,
    generate_series((first_day - ${stretch}::integer) / ${days + 1}::integer, (last_day + ${stretch}::integer) / ${days + 1}::integer) AS slot
    WHERE first_day IS NOT NULL)`;

/** One row `{ slots }`: how many spans of days all reports touch together, found without listing them. */
export function slotsQuery(reporting: readonly Reporting[], { days }: Reach): Query {
  const width = days + 1;
  return toQuery(sql`${withReports(reporting)} SELECT coalesce(sum((last_day + ${days}::integer) / ${width}::integer
    - (first_day - ${days}::integer) / ${width}::integer + 1), 0)::float8 AS slots FROM report`);
}

/** One row `{ comparisons }`: how many pairs would be looked at. */
export function comparisonsQuery(reporting: readonly Reporting[], reach: Reach): Query {
  return toQuery(sql`${withReports(reporting)} SELECT coalesce(sum(n * n), 0)::float8 AS comparisons
    FROM (SELECT count(*)::float8 AS n FROM ${slots(reach, reach.days)} AS slotted GROUP BY slot) AS full_slots`);
}

/** Two reports that may be of one event: their collections and numbers, and metres of geodesic between them. */
export interface CandidateRow {
  readonly a_nth: number;
  readonly a_fid: number;
  readonly b_nth: number;
  readonly b_fid: number;
  readonly distance: number;
}

/** Rows `CandidateRow`, each pair once, at most so many. */
export function candidatesQuery(reporting: readonly Reporting[], reach: Reach, limit: number): Query {
  const { metres, days, sameSource } = reach;
  const apart = sameSource ? sql`` : sql` AND NOT (a.nth = b.nth AND a.sources && b.sources)`;
  const allowed = sql`(${metres}::float8 + a.precision_m + b.precision_m)`;
  // The pair is taken in the first span of days that both touch. No degree of latitude is shorter than 110,574 m.
  return toQuery(sql`${withReports(reporting)}
    SELECT a_nth, a_fid, b_nth, b_fid, distance FROM (
      SELECT a.nth AS a_nth, a.fid AS a_fid, b.nth AS b_nth, b.fid AS b_fid, ${allowed} AS allowed, ST_Distance(a.geog, b.geog) AS distance
      FROM ${slots(reach, days)} AS a JOIN ${slots(reach, 0)} AS b USING (slot)
      WHERE (a.nth, a.fid) < (b.nth, b.fid) AND slot = greatest(a.first_slot, b.first_slot)
        AND a.first_day - ${days}::integer <= b.last_day AND b.first_day <= a.last_day + ${days}::integer${apart}
        AND abs(ST_Y(a.geom) - ST_Y(b.geom)) * 110574 <= ${allowed} OFFSET 0) AS pair
    WHERE distance <= allowed ORDER BY a_nth, a_fid, b_nth, b_fid LIMIT ${limit}::integer`);
}
