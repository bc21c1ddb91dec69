import type { Rhythm } from '../../core/watch.ts';

/** The hour of the day, UTC, from which a brief is made. */
const HOUR = 6;
const DAY_MS = 86_400_000;

/** When briefs of a rhythm were last due: the last Monday, or the first day of a month, at six in the morning, UTC. */
export function lastDue(rhythm: Exclude<Rhythm, 'none'>, now: number): Date {
  const date = new Date(now);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  if (rhythm === 'monthly') {
    const first = Date.UTC(year, month, 1, HOUR);
    return new Date(first <= now ? first : Date.UTC(year, month - 1, 1, HOUR));
  }
  const sinceMonday = (date.getUTCDay() + 6) % 7;
  const monday = Date.UTC(year, month, day - sinceMonday, HOUR);
  return new Date(monday <= now ? monday : monday - 7 * DAY_MS);
}
