import { radiusOfCells } from '../../core/hex.ts';
import { type CellCountRow, cellCountsQuery } from '../../query/analysis/cells/count.ts';
import { checkMeasure } from '../check-measure.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import { addRolledUp, type CountedCells, rolledUpCounts } from './rolled-up.ts';
import { addTo, type Counting, emptyTally } from './tally.ts';

/** Counts by hexagon and step: of hexagon c in step s at `s * cells.length + c`. Without steps there is one. */
export interface CellCounts {
  /** Sums of the measure; without one the number of events, the same array as in `events`. Of all events. */
  readonly all: Float64Array;
  /** The same of those whose position is known to within the radius of a circle as large as a hexagon. */
  readonly precise: Float64Array;
  /** How many events, whatever is summed. */
  readonly events: { readonly all: Float64Array; readonly precise: Float64Array };
  /** Metres: that radius. */
  readonly preciseM: number;
  /** Events in hexagons of the study area, in steps or not. */
  readonly inside: number;
  /** Of them those that are imprecise. */
  readonly imprecise: number;
  /** Of them those whose time is not known to lie in one step: in no step. */
  readonly undated: number;
  /** The same by hexagon. */
  readonly undatedByCell: Float64Array;
  /** Events in no hexagon of the study area. */
  readonly outside: number;
}

/**
 * Events by hexagon, each once, by the H3 cell of its position.
 * @throws InvalidParameter for a measure that a collection does not sum
 */
export async function countCells(
  question: Question,
  selected: readonly Selected[],
  study: CountedCells,
  { time, measure }: Counting = {},
): Promise<CellCounts> {
  const { cells, indexOf, resolution } = study;
  checkMeasure(selected, measure);
  const preciseM = radiusOfCells(resolution);
  const tally = emptyTally(cells.length, time, measure !== undefined);
  for (const each of selected) {
    // What lasts is there in every step: it is in none.
    const isDated = time === undefined || each.layer.time === 'instant';
    const rolledUp = await rolledUpCounts(question, each, resolution, measure);
    if (rolledUp) addRolledUp(rolledUp, study, isDated, tally);
    else {
      const byMonth = time !== undefined && isDated;
      const query = cellCountsQuery({ ...each, resolution, preciseM, byMonth, measure });
      for (const row of await question.run<CellCountRow>(query)) {
        const { cell, is_precise, first_month, end_month, count, sum } = row;
        const step = isDated ? tally.stepOf(first_month, end_month) : -1;
        addTo(tally, indexOf.get(cell) ?? -1, is_precise, step, count, sum);
      }
    }
  }
  const { events, sums, inside, imprecise, undated, undatedByCell, outside } = tally;
  return { ...(sums ?? events), events, preciseM, inside, imprecise, undated, undatedByCell, outside };
}
