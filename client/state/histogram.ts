import { computed, signal } from '@preact/signals';
import { type Histogram, toHistogram, unitFor } from '../clock/histogram.ts';
import { clockLimits, timesInView } from './clock.ts';

/** Pixels that the clock's bars have. */
export const barWidth = signal(0);
/** The day number under the pointer. */
export const hoveredDay = signal<number | null>(null);

/** What is in view by time, in bars that fit the width; null until the map has looked. */
export const histogram = computed<Histogram | null>(() => {
  const layers = timesInView.value;
  if (!layers || barWidth.value === 0) return null;
  const isByMonth = layers.some(({ months }) => months !== null);
  return toHistogram(layers, clockLimits.value, unitFor(clockLimits.value, barWidth.value, isByMonth));
});
