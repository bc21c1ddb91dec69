import { asOf } from '../api/known-at.ts';
import { restedWindow } from '../state/rested-window.ts';
import type { TimeWindow } from '../url.ts';
import { type Fetched, useFetched } from './use-fetched.ts';

/** As `useFetched`, for what hangs on the clock: it loads while the clock moves, and is asked for when it has come to rest. */
export function useFetchedInWindow<T>(
  ask: (window: TimeWindow, signal: AbortSignal) => Promise<T>,
  key: string,
): Fetched<T> {
  const { value: window } = restedWindow;
  const wait = () => new Promise<never>(() => undefined);
  return useFetched((signal) => (window ? ask(window, signal) : wait()), JSON.stringify([key, window, asOf.value]));
}
