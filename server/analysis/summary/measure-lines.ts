import type { Units } from '../../query/analysis/summary/units.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import { lineLengths } from './line-lengths.ts';
import { emptyTally, type LayerTally, type Tally } from './tally.ts';

/** Lines by their length in each unit. */
export async function measureLines(
  question: Pick<Question, 'run'>,
  selected: Selected,
  units: Units,
): Promise<LayerTally> {
  const inside = new Map<number | string, Tally>();
  const outside = emptyTally(0, 0);
  for (const lengths of (await lineLengths(question, selected, units)).values()) {
    for (const [nth, length] of lengths) {
      if (length <= 0) continue;
      const tally = nth === undefined ? outside : (inside.get(nth) ?? emptyTally(0, 0));
      if (nth !== undefined) inside.set(nth, tally);
      tally.size += length;
      tally.records += 1;
    }
  }
  return { selected, measures: [], inside, outside };
}
