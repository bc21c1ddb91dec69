import { type NearRow, nearestQuery } from '../../query/analysis/corridor/nearest.ts';
import { type PointRow, pointsQuery } from '../../query/analysis/corridor/spans.ts';
import { toPosition } from '../../stats/geocentric.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import { chordsOf } from './chords.ts';
import { AT_ONCE, type Band, batches, FEW } from './count-records.ts';
import { cover, type Span } from './cover.ts';
import { inTurns } from './turns.ts';

/** A record near the line, and where along it. */
export interface Near extends NearRow {
  readonly chainageM: number;
}

/** Metres; a first try is never narrower. */
const NARROWEST_M = 100;

interface Candidate {
  readonly item: number;
  readonly chord: number;
}

const byDistance = (a: Candidate, b: Candidate) => a.chord - b.chord || a.item - b.item;

/** The nearest of the records in some cells, in all when there are none: some more than are wanted, to be measured exactly. */
async function candidates(
  { run }: Question,
  selected: Selected,
  { course, preciseM }: Band,
  spans: readonly Span[] | undefined,
  wanted: number,
): Promise<readonly Candidate[]> {
  let found: Candidate[] = [];
  for (const some of spans ? batches(spans, AT_ONCE) : [undefined]) {
    const rows = await run<PointRow>(pointsQuery({ ...selected, preciseM, area: undefined }, some));
    await inTurns(async (pause) => {
      for (const [item, lon, lat, , isImprecise] of rows) {
        if (!isImprecise) found.push({ item, chord: course.nearest(toPosition(lon, lat)).chord });
        const paused = pause();
        if (paused) await paused;
      }
    });
    // What is nearer by less than a metre may turn out not to be: twice as many are kept.
    found = found.sort(byDistance).slice(0, 2 * wanted);
  }
  return found;
}

/**
 * The nearest records of a collection of points, of which `count` lie within the distance: the nearest first. Of many the
 * nearest few are looked for close to the line before they are looked for farther away.
 */
export async function nearestRecords(
  question: Question,
  selected: Selected,
  band: Band,
  count: number,
  limit: number,
): Promise<Near[]> {
  const { line, course, withinM, preciseM } = band;
  const enough = Math.min(count, limit);
  if (enough === 0) return [];
  const isFew = selected.layer.count <= FEW;
  let tryM = isFew ? withinM : Math.min(withinM, Math.max(NARROWEST_M, (withinM * 2 * limit) / count));
  for (;;) {
    const whole = { widthM: line.lengthM, count: 1 };
    const cells = isFew ? undefined : await inTurns((pause) => cover(course, line.lengthM, tryM, whole, pause));
    const near = await candidates(question, selected, band, cells && [...cells.inside, ...cells.doubtful], limit);
    const { surelyWithin } = chordsOf(tryM);
    if (tryM < withinM && near.filter(({ chord }) => chord <= surelyWithin).length < enough) {
      tryM = Math.min(withinM, tryM * 4);
      continue;
    }
    const items = near.map(({ item }) => item);
    const asked = { ...selected, preciseM, items, line: line.geometry, withinM, limit };
    const rows = await question.run<NearRow>(nearestQuery(asked));
    return rows.map((row) => {
      const at = toPosition(row.lon, row.lat);
      return { ...row, chainageM: course.chainageAt(at, course.nearest(at)) };
    });
  }
}
