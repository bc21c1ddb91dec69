import { computed, signal } from '@preact/signals';
import { closed, periodOf, type Span, type Step } from '../clock/calendar.ts';
import type { LayerTimes } from '../clock/histogram.ts';
import { settings, timeWindow } from '../state.ts';
import type { TimeWindow } from '../url.ts';

/** How the clock is read and moved. What the map shows is `timeWindow` in state.ts, whoever sets it. */

export const MODES = ['window', 'instant', 'cumulative'] as const;
/** A span of days; what is in force on one day; all from the beginning to an end. */
export type ClockMode = (typeof MODES)[number];

const wanted = signal<ClockMode>('window');
/** The mode that was chosen, as long as the window is one of it. */
export const clockMode = computed<ClockMode>(() => {
  const { from, to } = timeWindow.value;
  if (wanted.value === 'instant' && from !== null && from === to) return 'instant';
  return wanted.value === 'cumulative' && from === null && to !== null ? 'cumulative' : 'window';
});
export const clockStep = signal<Step>('month');

/** Of the layers that are on: when what is in view happened or is true, whatever the window; null until the map has looked. */
export const timesInView = signal<readonly LayerTimes[] | null>(null);
/** Layers that are in view without their times: no counts by month at this scale. */
export const timesMissing = signal<readonly string[]>([]);

/** The clock as one line, to see more of the map. */
export const isClockFolded = signal(false);

/** The span of the clock's axis. */
export const clockLimits = computed<Span>(() => settings.value?.clock ?? { from: '1970-01-01', to: '1970-01-01' });

/** The window that was left for another mode, and the days that it shows. */
let left: { readonly window: TimeWindow; readonly span: Span } | null = null;

export function setMode(mode: ClockMode): void {
  const limits = clockLimits.peek();
  const now = closed(timeWindow.peek(), limits);
  if (clockMode.peek() === 'window') left = { window: timeWindow.peek(), span: now };
  wanted.value = mode;
  timeWindow.value = mode === 'window' ? windowAt(now.to) : inMode(mode, now);
}

/** What a span of days is in a mode: its last day, or all that was until then. */
export function inMode(mode: ClockMode, span: TimeWindow): TimeWindow {
  const { to } = closed(span, clockLimits.peek());
  if (mode === 'instant') return { from: to, to };
  return mode === 'cumulative' ? { from: null, to } : span;
}

function windowAt(day: string): TimeWindow {
  if (left && left.span.from <= day && day <= left.span.to) return left.window;
  return periodOf(day, clockStep.peek() === 'day' ? 'month' : clockStep.peek());
}

/** Sets what was written or chosen; a chosen mode stays. */
export function setSpan(span: TimeWindow): void {
  pending = null;
  timeWindow.value = inMode(clockMode.peek(), span);
}

let pending: TimeWindow | null = null;

/** For drags, which come more often than frames: the last one counts, at the next frame. */
export function setWindowSoon(window: TimeWindow): void {
  const isScheduled = pending !== null;
  pending = window;
  if (!isScheduled) requestAnimationFrame(applyPending);
}

function applyPending(): void {
  const next = pending;
  pending = null;
  const { from, to } = timeWindow.peek();
  if (next && (next.from !== from || next.to !== to)) timeWindow.value = next;
}

/** As the address has it. */
export function restoreClock(mode: ClockMode, step: Step): void {
  wanted.value = mode;
  clockStep.value = step;
}
