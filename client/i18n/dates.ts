import { language } from '../state.ts';
import { t } from './text.ts';
import { withOrdinal } from './typeset.ts';

const DAY = 86_400_000;
const time = (day: string) => Date.parse(`${day.slice(0, 10)}T00:00:00Z`);
const format = (day: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(language.value === 'fr' ? 'fr' : 'en-GB', { ...options, timeZone: 'UTC' }).format(time(day));

/** "1 March 2022"; in French the first of a month is an ordinal: "1er mars 2022". */
export function dayText(day: string): string {
  const text = format(day, { day: 'numeric', month: 'long', year: 'numeric' });
  return language.value === 'fr' ? withOrdinal(text) : text;
}
/** A moment, in UTC as everything on the map: "27 March 2022, 06:00 UTC". */
export const instantText = (instant: string): string => `${dayText(instant)}, ${instant.slice(11, 16)} UTC`;
export const monthText = (day: string): string => format(day, { month: 'long', year: 'numeric' });
export const shortMonthText = (day: string): string => format(day, { month: 'short', year: 'numeric' });

/** The day before, "YYYY-MM-DD": the last day of a half-open interval. */
export const dayBefore = (day: string): string => new Date(time(day) - DAY).toISOString().slice(0, 10);

const isMonthStart = (day: string) => day.endsWith('-01');
const isYearStart = (day: string) => day.endsWith('-01-01');

/** As exact as the record knows its dates, and no more; the end is shown included. */
export function validityText(from: string | null, to: string | null, precision: string | null): string {
  if (!from && !to) return t('date.always');
  if (!to) return t('date.since', { from: endText(from ?? '', precision, true) });
  const last = dayBefore(to);
  if (!from) return t('date.until', { to: endText(last, precision, false) });
  if (precision === 'day' && from === last) return dayText(from);
  if (precision === 'year' && isYearStart(from) && isYearStart(to) && from.slice(0, 4) === last.slice(0, 4))
    return from.slice(0, 4);
  if (precision === 'month' && from.slice(0, 7) === last.slice(0, 7)) return monthText(from);
  return t('date.span', { from: endText(from, precision, true), to: endText(last, precision, false) });
}

/** One end of an interval: a whole year where it starts or ends one, a month where the day is not known. */
function endText(day: string, precision: string | null, isStart: boolean): string {
  const next = isStart ? day : new Date(time(day) + DAY).toISOString().slice(0, 10);
  if (precision === 'day') return dayText(day);
  if (isYearStart(next) && precision !== 'month') return day.slice(0, 4);
  return isMonthStart(next) ? monthText(day) : dayText(day);
}
