import { addDays, nextStart, periodOf, type Span, type Step, shift, toDay, toNumber } from './calendar.ts';

/** What is held while the pointer moves: nothing yet (a new window), all of it, or one end. */
export type Grip = 'new' | 'span' | 'from' | 'to';

const MEAN_DAYS: Record<Step, number> = { day: 1, week: 7, month: 30.44, quarter: 91.3, year: 365.25 };

/** The period of a day, within the limits of the clock. */
export function spanAt(day: number, step: Step, limits: Span): Span {
  return within(periodOf(toDay(day), step), limits);
}

/**
 * The window after a drag: whole steps, within the limits. `before` is the window when it was grabbed, `pointer` the day
 * numbers where it was grabbed and where it is now.
 */
export function dragged(
  grip: Grip,
  before: Span,
  pointer: { readonly from: number; readonly to: number },
  step: Step,
  limits: Span,
): Span {
  const here = toDay(pointer.to);
  if (grip === 'span') return moved(before, Math.round((pointer.to - pointer.from) / MEAN_DAYS[step]), step, limits);
  if (grip === 'new') {
    const [low, high] = pointer.from <= pointer.to ? [toDay(pointer.from), here] : [here, toDay(pointer.from)];
    return within({ from: periodOf(low, step).from, to: periodOf(high, step).to }, limits);
  }
  const period = periodOf(here, step);
  const isLate = pointer.to - toNumber(period.from) >= (toNumber(period.to) - toNumber(period.from) + 1) / 2;
  if (grip === 'from') {
    const from = isLate ? nextStart(here, step, 1) : period.from;
    return within({ from: from <= before.to ? from : periodOf(before.to, step).from, to: before.to }, limits);
  }
  const to = isLate ? period.to : addDays(period.from, -1);
  return within({ from: before.from, to: to >= before.from ? to : periodOf(before.from, step).to }, limits);
}

/** As far as the limits let it, as long as before. */
function moved(span: Span, count: number, step: Step, limits: Span): Span {
  for (let steps = count; steps !== 0; steps -= Math.sign(count)) {
    const next = shift(span, step, steps);
    if (next.from >= limits.from && next.to <= limits.to) return next;
  }
  return span;
}

/** An end that was beyond the limits already, as one written by hand may be, stays. */
function within({ from, to }: Span, limits: Span): Span {
  const [first, last] = [from < limits.from ? limits.from : from, to > limits.to ? limits.to : to];
  return first <= last ? { from: first, to: last } : { from, to };
}
