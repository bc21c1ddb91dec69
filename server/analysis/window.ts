import { type Interval, parseDatetime } from '../core/interval.ts';
import type { Selected } from './select.ts';

/** The average month of the Gregorian calendar. */
export const MONTH_MS = (365.2425 / 12) * 86_400_000;

/** Between which times events were counted, and for how many months; absent where an end is not known. ISO 8601 UTC, half-open. */
export interface Window extends Interval {
  readonly months: number | undefined;
}

const OPEN: Interval = { from: null, to: null };

/** The earliest, or the latest; open when one is open, or there are none. */
const extreme = (times: readonly (string | null)[], choose: (a: number, b: number) => number): string | null => {
  const known = times.filter((time) => time !== null).map((time) => Date.parse(time));
  return known.length < times.length || known.length === 0
    ? null
    : new Date(known.reduce((a, b) => choose(a, b))).toISOString();
};

/**
 * Of one collection: as it was asked, and where that is open, as far as its public records reach, whoever asks. What a filter
 * leaves of them says nothing of when they were recorded.
 */
function ownWindow({ layer, filter }: Selected): Interval {
  if (layer.time === null) return OPEN;
  const [asked, reach] = [filter.datetime ?? OPEN, layer.interval ?? OPEN];
  return { from: asked.from ?? reach.from, to: asked.to ?? reach.to };
}

/**
 * The window of a question: that of its collections of events together; of none, what the question says.
 * @param datetime of the question as a whole
 */
export function windowOf(events: readonly Selected[], datetime?: string): Window {
  const ends = events.length > 0 ? events.map(ownWindow) : [datetime === undefined ? OPEN : parseDatetime(datetime)];
  const from = extreme(
    ends.map((end) => end.from),
    Math.min,
  );
  const to = extreme(
    ends.map((end) => end.to),
    Math.max,
  );
  const span = from === null || to === null ? 0 : Date.parse(to) - Date.parse(from);
  return { from, to, months: span > 0 ? span / MONTH_MS : undefined };
}
