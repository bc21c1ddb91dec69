import type { TimeWindow } from '../url.ts';

/** Days are "YYYY-MM-DD", UTC; both ends of a span are included. Day numbers count from 1970-01-01. */

export const STEPS = ['day', 'week', 'month', 'quarter', 'year'] as const;
/** How far the clock moves at once, and how wide a bar of its histogram is. */
export type Step = (typeof STEPS)[number];

/** A window without an open end. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

const DAY = 86_400_000;
const WEEK = 7;
const MONTHS: Partial<Record<Step, number>> = { month: 1, quarter: 3, year: 12 };

export const toNumber = (day: string): number => Math.floor(Date.parse(`${day}T00:00:00Z`) / DAY);
export const toDay = (number: number): string => new Date(number * DAY).toISOString().slice(0, 10);
export const addDays = (day: string, days: number): string => toDay(toNumber(day) + days);

/** Months since the year 0. */
export const monthOf = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
export const firstDay = (month: number): string =>
  `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01`;
export const lastDay = (month: number): string => addDays(firstDay(month + 1), -1);

/** The day, week (from Monday), month, quarter or year that a day lies in. */
export function periodOf(day: string, step: Step): Span {
  const months = MONTHS[step];
  if (months) {
    const first = Math.floor(monthOf(day) / months) * months;
    return { from: firstDay(first), to: lastDay(first + months - 1) };
  }
  if (step === 'day') return { from: day, to: day };
  const number = toNumber(day);
  // 1970-01-01 was a Thursday.
  const monday = number - ((((number + 3) % WEEK) + WEEK) % WEEK);
  return { from: toDay(monday), to: toDay(monday + WEEK - 1) };
}

/** So many steps on. The last day of a month stays the last; a day that the month has not becomes its last. */
export function addSteps(day: string, step: Step, count: number): string {
  const months = MONTHS[step];
  if (!months) return addDays(day, step === 'week' ? count * WEEK : count);
  const last = lastDay(monthOf(day) + months * count);
  if (day === lastDay(monthOf(day))) return last;
  const same = `${last.slice(0, 8)}${day.slice(8)}`;
  return same < last ? same : last;
}

export function isWholeMonths({ from, to }: Span): boolean {
  return from.endsWith('-01') && to === lastDay(monthOf(to));
}

/** The window so many steps on, as long as before: in months where it is made of whole ones, else in days. */
export function shift(span: Span, step: Step, count: number): Span {
  const from = addSteps(span.from, step, count);
  if (MONTHS[step] && isWholeMonths(span)) return { from, to: addSteps(span.to, step, count) };
  return { from, to: addDays(from, toNumber(span.to) - toNumber(span.from)) };
}

/** The beginning of the next period after a day, or of the one before it: where a handle goes at an arrow key. */
export function nextStart(day: string, step: Step, count: 1 | -1): string {
  const { from } = periodOf(day, step);
  if (count < 0 && from < day) return from;
  return periodOf(addSteps(from, step, count), step).from;
}

/** The end of the next period after a day, or of the one before it. */
export function nextEnd(day: string, step: Step, count: 1 | -1): string {
  const { from, to } = periodOf(day, step);
  if (count < 0) return addDays(from, -1);
  return to > day ? to : periodOf(addDays(to, 1), step).to;
}

/** A window with its open ends at those of the clock. */
export function closed({ from, to }: TimeWindow, limits: Span): Span {
  const first = from ?? (to !== null && to < limits.from ? to : limits.from);
  const isBeyond = first > limits.to;
  return { from: first, to: to ?? (isBeyond ? first : limits.to) };
}
