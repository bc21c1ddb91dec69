import {
  type Lines,
  type SegmentRow,
  segmentsQuery,
  type ThroughUnitRow,
  throughUnitsQuery,
} from '../../query/analysis/control-stretches.ts';
import type { Units } from '../../query/analysis/summary/units.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';

type Run = Pick<Question, 'run'>;
interface Span {
  readonly nth: number;
  readonly from: number;
  readonly to: number;
}

function spansByLine(rows: readonly ThroughUnitRow[]): Map<number, Span[]> {
  const lines = new Map<number, Span[]>();
  for (const { line, nth, from_m: from, to_m: to } of rows) {
    const spans = lines.get(line);
    if (spans) spans.push({ nth, from, to });
    else lines.set(line, [{ nth, from, to }]);
  }
  return lines;
}

/** Metres: ends of neighbours that are nearer to one another are one, and there is no ground between them. */
const SAME_M = 0.01;

/**
 * The length of a line in each unit that it runs through, of what several claim the first's; under `undefined` the length in
 * none. They add up to `length`.
 */
export function lengthsBy(spans: readonly Span[], length: number): Map<number | undefined, number> {
  const ends = [0, ...spans.flatMap(({ from, to }) => [from, to]), length].sort((a, b) => a - b);
  const lengths = new Map<number | undefined, number>();
  const sorted = spans.toSorted((a, b) => a.from - b.from);
  let [next, open] = [0, [] as Span[]];
  let from = 0;
  let last: number | undefined;
  for (const to of ends) {
    if (to - from <= SAME_M && !(to === length && from === 0)) continue;
    const middle = (from + to) / 2;
    for (; next < sorted.length && (sorted[next] as Span).from <= middle; next++) open.push(sorted[next] as Span);
    open = open.filter((span) => span.to > middle);
    const first = open.length === 0 ? undefined : Math.min(...open.map(({ nth }) => nth));
    lengths.set(first, (lengths.get(first) ?? 0) + to - from);
    last = first;
    from = to;
  }
  if (from < length) lengths.set(last, (lengths.get(last) ?? 0) + length - from);
  return lengths;
}

/** How long each line is as a whole. */
async function lengthsOf({ run }: Run, lines: Lines): Promise<Map<number, number>> {
  const rows = await run<SegmentRow>(segmentsQuery(lines));
  return new Map(rows.map(({ line, before_m, length_m }) => [line, before_m + length_m]));
}

/** The spans that lie in the place, which is one of its own; what of a line lies outside it is not counted. */
function within(spans: readonly Span[], place: readonly Span[]): Span[] {
  return place.flatMap((part) =>
    spans
      .map(({ nth, from, to }) => ({ nth, from: Math.max(from, part.from), to: Math.min(to, part.to) }))
      .filter(({ from, to }) => from < to),
  );
}

/**
 * Metres of each line, by its number, in each unit by its own; under `undefined` those in none. With a place, only what lies
 * in it.
 */
export async function lineLengths(
  question: Run,
  { layer, filter }: Selected,
  units: Units,
): Promise<Map<number, Map<number | undefined, number>>> {
  const lines = { layer, filter };
  const wholes = await lengthsOf(question, lines);
  const through = spansByLine(await question.run<ThroughUnitRow>(throughUnitsQuery(lines, units)));
  const { place } = units;
  const inPlace = place
    ? spansByLine(await question.run<ThroughUnitRow>(throughUnitsQuery(lines, { of: 'shapes', shapes: [place] })))
    : undefined;
  const found = new Map<number, Map<number | undefined, number>>();
  for (const [line, whole] of wholes) {
    const counted = inPlace ? (inPlace.get(line) ?? []) : undefined;
    const spans = through.get(line) ?? [];
    const lengths = lengthsBy(counted ? within(spans, counted) : spans, whole);
    if (counted) {
      const inNone = lengthsBy(counted, whole).get(undefined) ?? 0;
      lengths.set(undefined, Math.max(0, (lengths.get(undefined) ?? 0) - inNone));
    }
    found.set(line, lengths);
  }
  return found;
}
