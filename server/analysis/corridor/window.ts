import type { Interval } from '../../core/interval.ts';
import { type ExtentRow, extentQuery } from '../../query/analysis/corridor/study-area.ts';
import { PUBLIC_ACCESS } from '../../query/filter.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';

/** The average month of the Gregorian calendar. */
const MONTH_MS = (365.2425 / 12) * 86_400_000;

/** Between which times events were counted, and for how many months; absent where an end is not known. */
export interface Window extends Interval {
  readonly months: number | undefined;
}

const kept = new WeakMap<Selected['layer'], Promise<ExtentRow | undefined>>();

/**
 * Where and when a collection has public records, whoever asks: the catalogue has it of what is in service; of an earlier
 * version it is asked once.
 */
export function extentOf({ run }: Question, { layer }: Selected): Promise<ExtentRow | undefined> {
  const { bbox, interval } = layer;
  if (bbox !== null) return Promise.resolve({ ...bbox, from: interval?.from ?? null, to: interval?.to ?? null });
  const known = kept.get(layer);
  if (known) return known;
  const asked = run<ExtentRow>(extentQuery(layer, { access: PUBLIC_ACCESS })).then(([row]) => row);
  kept.set(layer, asked);
  return asked;
}

const extreme = (times: readonly (string | null)[], choose: (a: number, b: number) => number): string | null => {
  const known = times.filter((time) => time !== null).map((time) => Date.parse(time));
  return known.length < times.length || known.length === 0
    ? null
    : new Date(known.reduce((a, b) => choose(a, b))).toISOString();
};

/** The window of a question: as it was asked, and where it is open, as far as the collections reach. */
export async function windowOf(question: Question, events: readonly Selected[]): Promise<Window> {
  const ends = await Promise.all(
    events.map(async (selected) => {
      const asked = selected.filter.datetime;
      if (selected.layer.time === null) return { from: null, to: null };
      if (asked && asked.from !== null && asked.to !== null) return asked;
      const extent = await extentOf(question, selected);
      return { from: asked?.from ?? extent?.from ?? null, to: asked?.to ?? extent?.to ?? null };
    }),
  );
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
