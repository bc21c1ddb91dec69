import {
  type InsideRow,
  insideQuery,
  type Lines,
  type SegmentRow,
  segmentsQuery,
} from '../query/analysis/control-stretches.ts';
import { type Claimed, type Ground, groundOf } from './ground.ts';
import type { Question } from './question.ts';
import type { Selected } from './select.ts';

/** A stretch of a line on whose whole length the same is recorded of who holds the ground. */
export interface Stretch extends Ground {
  /** From the beginning of the line, geodesic, WGS 84. The stretches of a line follow each other and leave nothing out. */
  readonly from_km: number;
  readonly to_km: number;
  /** The records that cover it or a part of it, as `collection:item`, in the order of the list and of their numbers. */
  readonly areas: readonly string[];
}

/** A line and who holds the ground along it. */
export interface WalkedLine {
  readonly lengthKm: number;
  /** Its straight pieces, to be cut by `cutLine`. */
  readonly segments: readonly SegmentRow[];
  readonly stretches: readonly Stretch[];
}

/** Ends of areas that are nearer to one another than this are one: of neighbours that share an edge, and of their pieces. */
const SAME_M = 0.01;

interface Inside extends Claimed {
  readonly area: string;
  readonly from: number;
  readonly to: number;
}

/** The ends of all areas along the line, rising, the ends of the line among them, no two the same. */
function endsOf(inside: readonly Inside[], length: number): number[] {
  const found = inside.flatMap(({ from, to }) => [from, to]).sort((a, b) => a - b);
  const ends = [0];
  for (const end of found) if (end - (ends.at(-1) as number) > SAME_M && length - end > SAME_M) ends.push(end);
  return [...ends, length];
}

/** Which areas cover the middle between each two ends. Both rise, so that every area is looked at while it lasts. */
function* coveredBetween(ends: readonly number[], inside: readonly Inside[]): Generator<readonly Inside[]> {
  const sorted = inside.toSorted((a, b) => a.from - b.from);
  let next = 0;
  let open: Inside[] = [];
  for (const [index, to] of ends.entries()) {
    if (index === 0) continue;
    const middle = ((ends[index - 1] as number) + to) / 2;
    for (; next < sorted.length && (sorted[next] as Inside).from <= middle; next++) open.push(sorted[next] as Inside);
    open = open.filter((each) => each.to > middle);
    yield open;
  }
}

/** Who holds the ground from where to where along a line of `length` metres, from the areas that it runs through. */
export function toStretches(rows: readonly InsideRow[], length: number): Stretch[] {
  const inside = rows.map(({ collection, item, actor, control, from_m: from, to_m: to }) => ({
    ...{ area: `${collection}:${item}`, actor, control, from, to },
  }));
  const rank = new Map(inside.map(({ area }) => area).map((area, index) => [area, index]));
  const inOrder = (areas: ReadonlySet<string>) =>
    [...areas].sort((a, b) => (rank.get(a) as number) - (rank.get(b) as number));
  const ends = endsOf(inside, length);
  const found: { from: number; to: number; ground: Ground; areas: Set<string> }[] = [];
  let index = 0;
  for (const covering of coveredBetween(ends, inside)) {
    const ground = groundOf(covering);
    const [from, to] = [ends[index] as number, ends[++index] as number];
    const last = found.at(-1);
    const isSame = last?.ground.state === ground.state && last.ground.actors.join('\n') === ground.actors.join('\n');
    if (last && isSame) last.to = to;
    else found.push({ from, to, ground, areas: new Set() });
    for (const { area } of covering) found.at(-1)?.areas.add(area);
  }
  return found
    .filter(({ from, to }) => to > from)
    .map(({ from, to, ground, areas }) => ({
      ...{ from_km: from / 1_000, to_km: to / 1_000, ...ground, areas: inOrder(areas) },
    }));
}

function byLine<Row extends { readonly line: number }>(rows: readonly Row[]): Map<number, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.line);
    if (group) group.push(row);
    else groups.set(row.line, [row]);
  }
  return groups;
}

/**
 * Walks along lines and tells who is recorded on the ground, from km to km. `claims` are collections of control areas
 * whose filters leave what holds at one instant (`filter.datetime`). A drawn line has the number 0; a line of no length is
 * not in the result.
 */
export async function controlStretches(
  { run }: Pick<Question, 'run'>,
  lines: Lines,
  claims: readonly Pick<Selected, 'layer' | 'filter'>[],
): Promise<ReadonlyMap<number, WalkedLine>> {
  const segments = byLine(await run<SegmentRow>(segmentsQuery(lines)));
  const inside = byLine(claims.length === 0 ? [] : await run<InsideRow>(insideQuery(lines, claims)));
  return new Map(
    [...segments].map(([line, pieces]) => {
      const last = pieces.at(-1) as SegmentRow;
      const length = last.before_m + last.length_m;
      const stretches = toStretches(inside.get(line) ?? [], length);
      return [line, { lengthKm: length / 1_000, segments: pieces, stretches }];
    }),
  );
}
