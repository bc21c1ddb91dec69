import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { timeWindow } from '../state.ts';
import type { TimeWindow } from '../url.ts';
import { isPlaying } from './play.ts';

const REST_MS = 300;

const rested = signal<TimeWindow | null>(null);

/** The window once the clock has rested in it; null while it is dragged or plays: the server is not asked at every step. */
export const restedWindow: ReadonlySignal<TimeWindow | null> = rested;

effect(() => {
  const { value: window } = timeWindow;
  rested.value = null;
  if (isPlaying.value) return undefined;
  const timer = setTimeout(() => {
    rested.value = window;
  }, REST_MS);
  return () => clearTimeout(timer);
});
