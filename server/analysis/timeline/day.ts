import { z } from 'zod';
import { parseDatetime } from '../../core/interval.ts';

function isMoment(text: string): boolean {
  try {
    return !text.includes('/') && parseDatetime(text).from !== null;
  } catch {
    return false;
  }
}

/** A moment, kept as it was written. */
export const MomentSchema = z.string().refine(isMoment, 'is a day or an instant, such as 2022-01-01').meta({
  description: 'A day, which stands for its first instant (UTC), or an instant.',
  description_fr: 'Un jour, qui vaut pour son premier instant (UTC), ou un instant.',
});

/** The instant that a day or an instant stands for, ISO 8601 UTC. */
export const toInstant = (moment: string): string => parseDatetime(moment).from as string;

/** A day where it is the start of one, else the instant; what is open has none. */
export function toDay(time: number): string | undefined {
  if (!Number.isFinite(time)) return undefined;
  const text = new Date(time).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text;
}

const DAY_MS = 86_400_000;

/** The last day of a span that ends before `to`: what sentences name. */
export const lastDay = (to: number): string => new Date(to - 1).toISOString().slice(0, 10);

/** Length in days; what is open has none. */
export const daysOf = ({ from, to }: { readonly from: number; readonly to: number }): number | undefined =>
  Number.isFinite(to - from) ? (to - from) / DAY_MS : undefined;
