import { type NearRow, nearestQuery } from '../../query/analysis/corridor/nearest.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import { type Band, FEW } from './count-records.ts';
import { cover } from './cover.ts';
import { toPosition } from './earth.ts';

/** A record near the line, and where along it. */
export interface Near extends NearRow {
  readonly chainageM: number;
}

/** Metres; a first try is never narrower. */
const NARROWEST_M = 100;

/**
 * The nearest records of a collection of points, of which `count` lie within the distance: the nearest first. Of many the
 * nearest few are looked for close to the line before they are looked for farther away.
 */
export async function nearestRecords(
  { run }: Question,
  { layer, filter }: Selected,
  band: Band,
  count: number,
  limit: number,
): Promise<Near[]> {
  const { line, course, withinM, preciseM } = band;
  const enough = Math.min(count, limit);
  if (enough === 0) return [];
  const share = (2 * limit) / count;
  const isFew = layer.count <= FEW;
  let tryM = isFew || share >= 1 ? withinM : Math.min(withinM, Math.max(NARROWEST_M, withinM * share));
  for (;;) {
    const cells = isFew ? undefined : cover(course, line.lengthM, tryM, { widthM: line.lengthM, count: 1 });
    const spans = cells && [...cells.inside, ...cells.doubtful];
    const asked = { layer, filter, preciseM, spans, line: line.geometry, withinM: tryM, limit };
    const rows = await run<NearRow>(nearestQuery(asked));
    if (rows.length >= enough || tryM >= withinM) {
      return rows.map((row) => ({ ...row, chainageM: course.locate(toPosition(row.lon, row.lat)).chainage }));
    }
    tryM = Math.min(withinM, tryM * 4);
  }
}
