import { type InsideRow, insideQuery } from '../../query/analysis/control-stretches.ts';
import { type ValidityRow, validityQuery } from '../../query/analysis/corridor/validity.ts';
import type { Stretch } from '../control-stretches.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import type { Window } from '../window.ts';
import { type Change, changesOf } from './changes.ts';
import { type Claim, joinClaims, stretchesAt } from './claim.ts';
import type { CorridorLine } from './line.ts';

/** Who holds the ground along the line at an instant, and what changed in the window. */
export interface Control {
  /** ISO 8601 UTC; undefined: of what had not ended. */
  readonly at: string | undefined;
  /** One behind the other, without a gap, from the beginning of the line to its end. */
  readonly stretches: readonly Stretch[];
  readonly changes: readonly Change[];
}

const toTime = (text: string | null, open: number) => (text === null ? open : Date.parse(text));

/** The last instant of a half-open window. */
const lastOf = (end: number) => end - 1;

/** Records of control in a wider time than was asked: `at` may lie outside the window. */
function widened({ layer, filter }: Selected, at: number | undefined, { from, to }: Window): Selected {
  if (layer.time === null) return { layer, filter, maxPrecisionM: undefined };
  const begins = from === null || at === undefined ? from : new Date(Math.min(at, Date.parse(from))).toISOString();
  const ends = to === null || at === undefined ? to : new Date(Math.max(at + 1, Date.parse(to))).toISOString();
  return { layer, filter: { ...filter, datetime: { from: begins, to: ends } }, maxPrecisionM: undefined };
}

/**
 * Who is recorded to hold the ground along a line.
 * @param at milliseconds; undefined: the end of the window, or of time where that is open
 */
export async function findControl(
  { run }: Question,
  line: CorridorLine,
  selected: readonly Selected[],
  window: Window,
  at: number | undefined,
): Promise<Control> {
  const instant = at ?? (window.to === null ? undefined : lastOf(Date.parse(window.to)));
  const claims = selected.map((each) => widened(each, instant, window));
  const rows = await run<InsideRow>(insideQuery({ geometry: line.geometry }, claims));
  const found: Claim[] = [];
  for (const { layer, filter } of claims) {
    const own = rows.filter(({ collection }) => collection === layer.id);
    const items = [...new Set(own.map(({ item }) => item))];
    const times = new Map((await run<ValidityRow>(validityQuery(layer, filter, items))).map((row) => [row.item, row]));
    for (const row of own) {
      const { from = null, to = null } = times.get(row.item) ?? {};
      found.push({
        ...row,
        begins: toTime(from, Number.NEGATIVE_INFINITY),
        ends: toTime(to, Number.POSITIVE_INFINITY),
      });
    }
  }
  const joined = joinClaims(found);
  const time = instant ?? Number.MAX_SAFE_INTEGER;
  return {
    at: instant === undefined ? undefined : new Date(instant).toISOString(),
    stretches: stretchesAt(joined, time, line.lengthM),
    changes: await changesOf(joined, window, line.lengthM),
  };
}
