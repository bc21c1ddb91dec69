import { InvalidParameter } from '../../core/errors.ts';
import { parseDatetime } from '../../core/interval.ts';
import type { Periods } from '../../query/analysis/change.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import type { ChangeInputs } from './inputs.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** Weeks of the plain levels, as dashboards have them. */
export const LEVEL_WEEKS = [4, 52] as const;

/** What is compared with what. */
export interface Compared {
  /** The last day of the last weeks: YYYY-MM-DD. */
  readonly asOf: string;
  readonly periods: Periods;
  /** In the order of `LEVEL_WEEKS`. */
  readonly levels: readonly Periods[];
}

function refuse(input: string, detail: string): never {
  throw new InvalidParameter([{ pointer: `/inputs/${input}`, detail }]);
}

const iso = (time: number) => new Date(time).toISOString();

/** The last weeks up to the end of a day, and as many before. */
function lastWeeks(asOf: string, weeks: number): Periods {
  const end = Date.parse(`${asOf}T00:00:00Z`) + DAY_MS;
  const [middle, begin] = [end - weeks * WEEK_MS, end - 2 * weeks * WEEK_MS];
  return { earlier: { from: iso(begin), to: iso(middle) }, later: { from: iso(middle), to: iso(end) } };
}

/** A period that has an end on both sides, and is long enough for a rate. */
function periodOf(text: string, input: string): Periods['earlier'] {
  const { from, to } = parseDatetime(text);
  if (from === null || to === null) refuse(input, 'It is open: give both ends, a rate needs the days of its period.');
  if (Date.parse(to) - Date.parse(from) < DAY_MS) refuse(input, 'It is shorter than a day: give days, or longer.');
  return { from: iso(Date.parse(from)), to: iso(Date.parse(to)) };
}

function givenPeriods(given: ChangeInputs): Periods | undefined {
  if (given.earlier === undefined && given.later === undefined) return undefined;
  if (given.earlier === undefined) return refuse('earlier', 'Give both periods, or none of them and weeks.');
  if (given.later === undefined) return refuse('later', 'Give both periods, or none of them and weeks.');
  const [earlier, later] = [periodOf(given.earlier, 'earlier'), periodOf(given.later, 'later')];
  if (later.from >= earlier.to) return { earlier, later };
  if (earlier.from >= later.to) return refuse('later', 'It lies before the earlier period: change them round.');
  return refuse('later', 'The periods overlap: an event would count in both. Both ends of a period belong to it.');
}

/** The last day that the public records of every collection reach, whoever asks: what is later one of them cannot tell. */
function lastDay(selected: readonly Selected[]): string | undefined {
  const ends = selected.flatMap(({ layer: { interval } }) => (interval?.to ? [Date.parse(interval.to)] : []));
  return ends.length === 0 ? undefined : iso(Math.min(...ends) - 1).slice(0, 10);
}

/** @throws InvalidParameter for periods that cannot be compared, or of which nothing says when they are */
export function findPeriods(question: Question, given: ChangeInputs, selected: readonly Selected[]): Compared {
  if (given.datetime !== undefined || selected.some(({ filter }) => filter.datetime !== undefined)) {
    refuse('datetime', 'Two periods are compared: give earlier and later, or weeks and as_of.');
  }
  const periods = givenPeriods(given);
  const asOf = given.as_of ?? lastDay(selected) ?? (periods && iso(Date.parse(periods.later.to) - 1).slice(0, 10));
  if (asOf === undefined) return refuse('as_of', 'No record says how far the collections reach: give as_of.');
  question.takes('as_of', [asOf]);
  return {
    asOf,
    periods: periods ?? lastWeeks(asOf, given.weeks),
    levels: LEVEL_WEEKS.map((weeks) => lastWeeks(asOf, weeks)),
  };
}
