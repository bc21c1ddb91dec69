import { radiusOfCells } from '../../core/hex.ts';
import { cellPointsQuery, type PointsRow, pointsQuery } from '../../query/analysis/summary/points.ts';
import { measuresOf } from '../../query/analysis/summary/units.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import type { WholeSteps } from '../whole-steps.ts';
import { type Divided, keyOf, unitsOf } from './divide.ts';
import type { TrendInputs } from './inputs.ts';
import { addTo, type Found, Gathered } from './series.ts';

/** Column of the measure among the sums of a row; undefined for events. */
const columnOf = ({ layer }: Selected, measure: string | undefined): `sum_${number}` | undefined =>
  measure === undefined ? undefined : `sum_${measuresOf(layer).indexOf(measure) + 1}`;

/** Where nothing is counted by, the few largest hexagons, which are added up. */
function queryOf({ layer, filter }: Selected, by: Divided['by'], { step }: WholeSteps) {
  if (by && 'units' in by) return pointsQuery(layer, filter, by.units, step, true);
  const resolution = by?.resolution ?? 0;
  return cellPointsQuery(layer, filter, resolution, step, radiusOfCells(resolution), by !== undefined);
}

/**
 * The series of events, as a whole, by kind, and by what it is divided by.
 * @param selected with the place in their filters
 * @throws InvalidParameter for too many numbers
 */
export async function findSeries(
  question: Question,
  { measure, imprecise: rule, by: told }: Pick<TrendInputs, 'measure' | 'imprecise' | 'by'>,
  selected: readonly Selected[],
  time: WholeSteps,
  divided: Divided,
): Promise<Found> {
  const { steps } = time;
  const { by } = divided;
  const stepIndex = new Map(steps.map(({ from }, index) => [from, index]));
  const gathered = new Gathered(steps.length, measure !== undefined);
  let [inNoStep, imprecise] = [0, 0];
  for (const [nth, each] of selected.entries()) {
    const column = columnOf(each, measure);
    for (const row of await question.run<PointsRow>(queryOf(each, by, time))) {
      const { unit, records } = row;
      const sum = column === undefined ? 0 : (row[column] ?? 0);
      const index = row.step === null ? undefined : stepIndex.get(row.step);
      if (by && unit !== null) imprecise += row.imprecise;
      if (index === undefined) {
        inNoStep += records;
        continue;
      }
      addTo(gathered.whole, index, index + 1, records, sum);
      if (told !== undefined) addTo(gathered.ofClass(row.kind), index, index + 1, records, sum);
      if (!by || unit === null || (row.imprecise > 0 && rule === 'exclude')) continue;
      addTo(gathered.ofUnit(keyOf(divided, unit)), index, index + 1, records, sum);
    }
    question.progress((nth + 1) / (selected.length + 1), each.layer.title);
  }
  return {
    ...{ whole: gathered.whole, classes: gathered.inOrder(), outside: 0, inNoStep, imprecise, rough: 0 },
    units: await unitsOf(question, divided, gathered, steps.length),
  };
}
