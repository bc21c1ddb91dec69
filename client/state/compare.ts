import { signal } from '@preact/signals';
import { closed, shift, toNumber } from '../clock/calendar.ts';
import { timeWindow } from '../state.ts';
import type { TimeWindow } from '../url.ts';
import { clockLimits } from './clock.ts';

/** Two periods of one map. */

export const COMPARE_VIEWS = ['swipe', 'side'] as const;
export type CompareView = (typeof COMPARE_VIEWS)[number];

export interface Comparison {
  readonly view: CompareView;
  /** Of the map on the left; that on the right has the window of the clock. */
  readonly window: TimeWindow;
  /** Where the handle stands, from 0 (left) to 1. */
  readonly share: number;
}

/** Null while one period is looked at. */
export const comparison = signal<Comparison | null>(null);

const DAYS_OF_YEAR = 366;

/** Beside the window of the clock the one before it, as long, in whole years back. */
export function startComparing(): void {
  const span = closed(timeWindow.peek(), clockLimits.peek());
  const years = Math.max(1, Math.ceil((toNumber(span.to) - toNumber(span.from) + 1) / DAYS_OF_YEAR));
  comparison.value = { view: 'swipe', window: shift(span, 'year', -years), share: 0.5 };
}

export function stopComparing(): void {
  comparison.value = null;
}

export function changeComparison(change: Partial<Comparison>): void {
  if (comparison.value) comparison.value = { ...comparison.value, ...change };
}
