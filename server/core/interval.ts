import { InvalidParameter } from './errors.ts';

/**
 * A span of time, half-open [from, to), as ISO 8601 UTC instants; null is open.
 * An instant is the span of the smallest length that PostgreSQL knows (1 microsecond is below ours: 1 millisecond).
 */
export interface Interval {
  readonly from: string | null;
  readonly to: string | null;
}

const DAY = 86_400_000;
/** GDAL 3.6 writes a day with a T behind it. */
const DATE = /^(\d{4})-(\d{2})-(\d{2})T?$/;
const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/i;

const faultOf = (parameter: string, help: string) => (detail: string) =>
  new InvalidParameter([{ parameter, detail: `${detail} ${help}` }]);
const fault = faultOf(
  'datetime',
  'Write 2022-05-01, 2022-05-01T06:00:00Z, or an interval: 2014-01-01/2022-12-31, 2014-01-01/.., ../2013-01-01.',
);
const knownAtFault = faultOf('known_at', 'Write one day, 2026-11-21, or one instant, 2026-11-21T06:00:00Z.');

/** [start, end) of what one date or time stands for: a date is the whole day. `null`: beyond any calendar we keep. */
function parseMoment(text: string, wrong = fault): { start: number; end: number } | null {
  const match = DATE.exec(text) ?? DATE_TIME.exec(text);
  if (!match) throw wrong(`"${text.slice(0, 40)}" is not a date.`);
  // Clients write the years 0000 and 9999 for an open end (QGIS does), and PostgreSQL has no year 0.
  const year = Number(match[1]);
  if (year === 0 || year === 9999) return null;
  const isDate = DATE.test(text);
  const start = Date.parse(isDate ? `${text.slice(0, 10)}T00:00:00Z` : text);
  const day = new Date(Date.UTC(year, Number(match[2]) - 1, Number(match[3])));
  const exists = day.getUTCMonth() === Number(match[2]) - 1 && day.getUTCDate() === Number(match[3]);
  if (!Number.isFinite(start) || !exists) throw wrong(`"${text}" is not a day of the calendar.`);
  return { start, end: start + (isDate ? DAY : 1) };
}

const iso = (time: number) => new Date(time).toISOString();

/**
 * Reads the `datetime` parameter of OGC API Features. An interval there is closed at both ends, and a date is a whole
 * day: `2014-01-01/2022-12-31` is [2014-01-01, 2023-01-01).
 * @throws InvalidParameter
 */
export function parseDatetime(text: string): Interval {
  const parts = text.split('/');
  if (parts.length > 2) throw fault(`"${text.slice(0, 80)}" has more than one "/".`);
  const isOpen = (part: string) => part === '..' || part === '';
  const [first = '', second] = parts;
  if (second === undefined) {
    if (isOpen(first)) throw fault('datetime is empty.');
    const moment = parseMoment(first);
    if (!moment) throw fault(`The year of "${first}" is outside the calendar.`);
    return { from: iso(moment.start), to: iso(moment.end) };
  }
  const start = isOpen(first) ? null : parseMoment(first);
  const end = isOpen(second) ? null : parseMoment(second);
  if (start && end && start.start >= end.end) throw fault(`The interval "${text}" ends before it starts.`);
  return { from: start ? iso(start.start) : null, to: end ? iso(end.end) : null };
}

/**
 * Reads a day or an instant of knowledge: what was known then is what was learned before the instant returned (ISO 8601
 * UTC). `2026-11-21` is the end of that day.
 * @throws InvalidParameter
 */
export function parseKnownAt(text: string): string {
  const moment = parseMoment(text, knownAtFault);
  if (!moment) throw knownAtFault(`The year of "${text}" is outside the calendar.`);
  return iso(moment.end);
}

/** Whole days since 1970-01-01 UTC: how tiles and the style's clock write a date. */
export function toDayNumber(date: string): number {
  return Math.floor(Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / DAY);
}

/** A span of calendar months, half-open, counted from the year 0: `12 * year + month`; null is open. */
export interface Months {
  readonly from: number | null;
  readonly to: number | null;
}

function toMonth(instant: string | null): number | null | undefined {
  if (instant === null) return null;
  const date = new Date(instant);
  const start = Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  return start === date.getTime() ? date.getUTCFullYear() * 12 + date.getUTCMonth() : undefined;
}

/** The whole months that an interval is made of, or null when it cuts one. */
export function toMonths({ from, to }: Interval): Months | null {
  const [first, last] = [toMonth(from), toMonth(to)];
  return first === undefined || last === undefined ? null : { from: first, to: last };
}

/** A span of days, half-open, counted from 1970-01-01 UTC; null is open. */
export interface Days {
  readonly from: number | null;
  readonly to: number | null;
}

function toDay(instant: string | null): number | null | undefined {
  if (instant === null) return null;
  const day = Date.parse(instant) / DAY;
  return Number.isInteger(day) ? day : undefined;
}

/** The whole days that an interval is made of, or null when it cuts one. */
export function toDays({ from, to }: Interval): Days | null {
  const [first, last] = [toDay(from), toDay(to)];
  return first === undefined || last === undefined ? null : { from: first, to: last };
}
