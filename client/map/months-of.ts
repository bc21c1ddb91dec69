import { type Months, toMonths } from '../../server/core/interval.ts';
import type { TimeWindow } from '../url.ts';

const DAY = 86_400_000;

const startOf = (day: string) => `${day}T00:00:00.000Z`;
const endOf = (day: string) => new Date(Date.parse(startOf(day)) + DAY).toISOString();

/** The whole months that a window is made of, half-open; null when it cuts one. The window includes its last day. */
export function monthsOf({ from, to }: TimeWindow): Months | null {
  return toMonths({ from: from === null ? null : startOf(from), to: to === null ? null : endOf(to) });
}
