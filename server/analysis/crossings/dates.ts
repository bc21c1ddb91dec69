import { InvalidParameter } from '../../core/errors.ts';
import { parseDatetime } from '../../core/interval.ts';
import { type BoundRow, boundsQuery } from '../../query/analysis/crossings.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import { toInstant } from '../timeline/day.ts';
import type { CrossingsInputs } from './inputs.ts';

/** Instants of one question: each is walked anew. */
const MAX_DATES = 60;

async function changesOf({ run }: Question, selected: readonly Selected[]): Promise<string[]> {
  const found = new Set<string>();
  for (const { layer, filter } of selected.filter((each) => each.layer.time !== null)) {
    for (const { at } of await run<BoundRow>(boundsQuery(layer, filter))) found.add(at);
  }
  return [...found].sort();
}

/**
 * The instants that are looked at, rising, ISO 8601 UTC: those given; or the beginning of the window and each change of
 * control or corridors in it; or the last change of control, from which on it is as recorded now.
 * @param control without a window of its own
 * @param within control and corridors in the window
 * @throws InvalidParameter when there are too many
 */
export async function findDates(
  question: Question,
  { at, datetime }: CrossingsInputs,
  control: readonly Selected[],
  within: readonly Selected[],
): Promise<string[]> {
  if (at !== undefined) return [...new Set([at].flat().map(toInstant))].sort();
  if (datetime === undefined) return (await changesOf(question, control)).slice(-1);
  const { from, to } = parseDatetime(datetime);
  const changes = (await changesOf(question, within)).filter(
    (change) => (from === null || change > from) && (to === null || change < to),
  );
  const dates = [...(from === null ? [] : [from]), ...changes];
  if (dates.length > MAX_DATES) {
    const detail = `Who holds the ground changes ${dates.length} times in this window; at most ${MAX_DATES} are told. Narrow it, or give "at".`;
    throw new InvalidParameter([{ pointer: '/inputs/datetime', detail }]);
  }
  return dates;
}

/** What holds at an instant: a half-open millisecond. */
export function atInstant(selected: readonly Selected[], at: string): Selected[] {
  const datetime = { from: at, to: new Date(Date.parse(at) + 1).toISOString() };
  return selected.map((each) => ({ ...each, filter: { ...each.filter, datetime } }));
}
