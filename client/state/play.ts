import { signal } from '@preact/signals';
import { addSteps, closed, periodOf, type Span, shift } from '../clock/calendar.ts';
import { isCounting, timeWindow } from '../state.ts';
import { clockLimits, clockMode, clockStep, setSpan } from './clock.ts';

/** The clock in motion. */

/** Steps a second. */
export const SPEEDS = [0.5, 1, 2, 4, 8] as const;
export const speed = signal<(typeof SPEEDS)[number]>(2);
export const isPlaying = signal(false);

/** Counts that do not come within this time do not hold the clock up any longer. */
const PATIENCE_MS = 4_000;
const LOOK_AGAIN_MS = 50;

/** The window so many steps on; null where the clock ends. */
function stepped(count: number): Span | null {
  const [limits, step] = [clockLimits.peek(), clockStep.peek()];
  const now = closed(timeWindow.peek(), limits);
  if (clockMode.peek() !== 'window') {
    const to = addSteps(now.to, step, count);
    return to < limits.from || to > limits.to ? null : { from: to, to };
  }
  const next = shift(now, step, count);
  return (count > 0 ? next.to > limits.to : next.from < limits.from) ? null : next;
}

/** Moves by steps, as far as the clock goes. Whether it could. */
export function stepBy(count: number): boolean {
  const next = stepped(count);
  if (next) setSpan(next);
  return next !== null;
}

/** The window at the beginning of the clock, as long as now; all dates begin with one step. */
function firstSpan(): Span {
  const [limits, step] = [clockLimits.peek(), clockStep.peek()];
  const now = closed(timeWindow.peek(), limits);
  const first = periodOf(limits.from, step);
  if (clockMode.peek() !== 'window') return { from: first.to, to: first.to };
  if (now.from <= limits.from && now.to >= limits.to) return first;
  // By as many steps as there is room for: whole months stay whole.
  let count = 0;
  while (shift(now, step, count - 1).from >= limits.from) count -= 1;
  return shift(now, step, count);
}

let timer: ReturnType<typeof setTimeout> | undefined;

/** From where it is; from the beginning where it has come to the end. */
export function play(): void {
  if (isPlaying.peek()) return;
  isPlaying.value = true;
  if (!stepBy(1)) setSpan(firstSpan());
  timer = setTimeout(next, 1000 / speed.peek(), 0);
}

export function pause(): void {
  clearTimeout(timer);
  isPlaying.value = false;
}

export const togglePlaying = (): void => (isPlaying.peek() ? pause() : play());

/** One step, once what the last one asked for is here: none is passed over unseen. */
function next(waited: number): void {
  if (isCounting.peek() && waited < PATIENCE_MS) timer = setTimeout(next, LOOK_AGAIN_MS, waited + LOOK_AGAIN_MS);
  else if (stepBy(1)) timer = setTimeout(next, 1000 / speed.peek(), 0);
  else pause();
}
