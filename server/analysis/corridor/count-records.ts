import type { Geometry } from 'geojson';
import {
  countQuery,
  type PointRow,
  pointsQuery,
  type SpanCountRow,
  type SpanQuestion,
  withinQuery,
} from '../../query/analysis/corridor/spans.ts';
import { toPosition } from '../../stats/geocentric.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import { type Bins, binOf } from './bins.ts';
import { chordsOf } from './chords.ts';
import type { Course, Nearest } from './course.ts';
import { type Cover, cover, type Span } from './cover.ts';
import type { CorridorLine } from './line.ts';
import { add, emptyTally, merge, type Tally } from './tally.ts';
import { inTurns } from './turns.ts';

/** A band along a line, and what is needed to say which records lie in it. */
export interface Band {
  readonly line: CorridorLine;
  readonly course: Course;
  readonly withinM: number;
  /** Metres: records that are not known to be so precise are counted apart; absent: none is. */
  readonly preciseM: number | undefined;
  readonly bins: Bins;
}

/** What lies within the distance, of one collection. */
export interface Counted {
  readonly bins: readonly Tally[];
  readonly whole: Tally;
  /** Records that would lie within, and are left out since they are not precise enough. */
  readonly imprecise: number;
  /** Of each bin: whether it has any record, precise enough or not. */
  readonly reported: readonly boolean[];
}

/** Of fewer records every one is measured; of more, those that their cell leaves in doubt. */
export const FEW = 5_000;
/** Cells whose records are fetched at once, which bounds the memory. */
export const AT_ONCE = 2_000;
/** Records in doubt about the edge that are asked at once. */
const ITEMS_AT_ONCE = 10_000;

/** The cells of a band, found when the first collection needs them. */
export function coverOf(band: Band): () => Promise<Cover> {
  let found: Promise<Cover> | undefined;
  return () => {
    found ??= inTurns((pause) => cover(band.course, band.line.lengthM, band.withinM, band.bins, pause));
    return found;
  };
}

/** A list in pieces of at most so many. */
export function* batches<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** Counts the records of a collection of points within the distance, by bin. `area`: where rates are of; absent: everywhere. */
export async function countRecords(
  { run }: Question,
  { layer, filter }: Selected,
  band: Band,
  area: Geometry | undefined,
  cells: () => Promise<Cover>,
): Promise<Counted> {
  const { course, withinM, preciseM, bins } = band;
  const asked: SpanQuestion = { layer, filter, preciseM, area };
  const tallies = Array.from({ length: bins.count }, emptyTally);
  const reported = tallies.map(() => false);
  let imprecise = 0;
  const put = (bin: number, isImprecise: boolean, alike: Parameters<typeof add>[2]) => {
    reported[bin] = true;
    if (isImprecise) imprecise += alike.count;
    else add(tallies[bin] as Tally, layer, alike);
  };
  const { surelyWithin, surelyBeyond } = chordsOf(withinM);
  const measure = async (spans: readonly Span[] | undefined) => {
    const edge = new Map<number, PointRow>();
    const take = ([, lon, lat, kind, isImprecise, isOutside, ...sums]: PointRow, nearest?: Nearest) => {
      const at = toPosition(lon, lat);
      const chainage = course.chainageAt(at, nearest ?? course.nearest(at));
      put(binOf(bins, chainage), isImprecise, { kind, isOutside, count: 1, sums });
    };
    const found = await run<PointRow>(pointsQuery(asked, spans));
    await inTurns(async (pause) => {
      for (const row of found) {
        const nearest = course.nearest(toPosition(row[1], row[2]));
        if (nearest.chord <= surelyWithin) take(row, nearest);
        else if (nearest.chord <= surelyBeyond) edge.set(row[0], row);
        const paused = pause();
        if (paused) await paused;
      }
    });
    for (const items of batches([...edge.keys()], ITEMS_AT_ONCE)) {
      const rows = await run<{ item: number }>(withinQuery(asked, items, band.line.geometry, withinM));
      for (const { item } of rows) take(edge.get(item) as PointRow);
    }
  };
  if (layer.count <= FEW) await measure(undefined);
  else {
    const { inside, doubtful } = await cells();
    const byCell = async () => {
      for (const row of await run<SpanCountRow>(countQuery(asked, inside))) {
        const { bin, kind, is_imprecise, is_outside: isOutside, count, sums } = row;
        put(bin, is_imprecise, { kind, isOutside, count, sums });
      }
    };
    const byPlace = async () => {
      for (const spans of batches(doubtful, AT_ONCE)) await measure(spans);
    };
    await Promise.all([byCell(), byPlace()]);
  }
  const whole = emptyTally();
  for (const tally of tallies) merge(whole, tally);
  return { bins: tallies, whole, imprecise, reported };
}
