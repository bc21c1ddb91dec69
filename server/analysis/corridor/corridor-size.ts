import { corridorSizeQuery, type FlatPart } from '../../query/analysis/corridor/study-area.ts';
import type { Question } from '../question.ts';
import type { CorridorLine } from './line.ts';
import type { StudyArea } from './study-area.ts';

/** Metres of a part of the line that is drawn flat: with the widest band, its ends are 0.05 % too wide. */
const PART_M = 300_000;

/** The line in parts around whose middle it can be drawn flat. */
function flatParts({ pieces, segments, geometry }: CorridorLine): FlatPart[] {
  const parts: FlatPart[] = [];
  let nth = 0;
  for (const line of geometry.coordinates) {
    let first = 0;
    const start = nth;
    for (let index = 1; index < line.length; index++, nth++) {
      const from = pieces[start + first]?.start ?? 0;
      const piece = pieces[nth];
      if (piece && (piece.start + piece.length - from >= PART_M || index === line.length - 1)) {
        const middle = segments[start + ((first + index) >> 1)] ?? segments[nth];
        const own = { type: 'LineString', coordinates: line.slice(first, index + 1) };
        parts.push({ geometry: own, lon: middle?.from_lon ?? 0, lat: middle?.from_lat ?? 0 });
        first = index;
      }
    }
  }
  return parts;
}

/** Square metres of the study area that are within a distance of the line; known to within 0.1 %. */
export async function corridorSize(
  { run }: Question,
  line: CorridorLine,
  withinM: number,
  { geometry, areaM2 }: StudyArea,
): Promise<number> {
  const [row] = await run<{ area_m2: number }>(corridorSizeQuery(flatParts(line), withinM, geometry));
  return Math.min(row?.area_m2 ?? 0, areaM2);
}
