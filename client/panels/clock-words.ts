import { firstDay, isWholeMonths, lastDay, monthOf, type Step, toDay } from '../clock/calendar.ts';
import { dayText, shortMonthText } from '../i18n/dates.ts';
import { t } from '../i18n/text.ts';
import type { ClockMode } from '../state/clock.ts';
import type { TimeWindow } from '../url.ts';

/** What the clock shows, as shortly as it is exact; the end is included. */
export function windowText({ from, to }: TimeWindow, mode: ClockMode): string {
  if (from === null && to === null) return t('clock.everything');
  if (from === null) return t(mode === 'cumulative' ? 'clock.upTo' : 'clock.until', { to: dayText(to ?? '') });
  if (to === null) return t('clock.since', { from: dayText(from) });
  if (mode === 'instant' || from === to) return dayText(from);
  const isYears = from.endsWith('-01-01') && to.endsWith('-12-31');
  if (isYears && from.slice(0, 4) === to.slice(0, 4)) return from.slice(0, 4);
  if (isYears) return t('clock.span', { from: from.slice(0, 4), to: to.slice(0, 4) });
  const isMonths = isWholeMonths({ from, to });
  if (isMonths && monthOf(from) === monthOf(to)) return shortMonthText(from);
  return isMonths
    ? t('clock.span', { from: shortMonthText(from), to: shortMonthText(to) })
    : t('clock.span', { from: dayText(from), to: dayText(to) });
}

/** The same as it is written by hand: "2022-03/2022-04". */
export function windowEntry({ from, to }: TimeWindow): string {
  if (from === null || to === null) return `${from ?? '..'}/${to ?? '..'}`;
  if (from === to) return from;
  const isYears = from.endsWith('-01-01') && to.endsWith('-12-31');
  const length = isYears ? 4 : isWholeMonths({ from, to }) ? 7 : 10;
  const [first, last] = [from.slice(0, length), to.slice(0, length)];
  return first === last ? first : `${first}/${last}`;
}

/** A day that begins or ends a window, said as a month where it stands for one. */
export function endText(day: string, isEnd: boolean): string {
  return day === (isEnd ? lastDay(monthOf(day)) : firstDay(monthOf(day))) ? shortMonthText(day) : dayText(day);
}

/** The time that a bar stands for. `start`: its day number. */
export function barText(start: number, unit: Step): string {
  const day = toDay(start);
  if (unit === 'year') return day.slice(0, 4);
  if (unit === 'month') return shortMonthText(day);
  if (unit === 'week') return t('clock.weekOf', { from: dayText(day) });
  if (unit === 'day') return dayText(day);
  return t('clock.quarterOf', { quarter: Math.floor((monthOf(day) % 12) / 3) + 1, year: day.slice(0, 4) });
}
