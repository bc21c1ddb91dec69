import { radiusOfCells } from '../../core/hex.ts';
import { cellPointsQuery, type PointsRow, pointsQuery } from '../../query/analysis/summary/points.ts';
import { measuresOf, type Units } from '../../query/analysis/summary/units.ts';
import { checkMeasure } from '../check-measure.ts';
import type { Place } from '../place.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import { checkSize } from '../summary/check-size.ts';
import { findCells } from '../summary/find-cells.ts';
import { type Division, readUnits, toCellUnits, type Unit } from '../summary/units.ts';
import type { WholeSteps } from '../whole-steps.ts';
import type { TrendInputs } from './inputs.ts';

/** What is counted in each step. */
export interface Series {
  /** Events. */
  readonly events: Float64Array;
  /** The measure, or the events. */
  readonly values: Float64Array;
}

export interface Found {
  /** Of all events that are asked for, in units or not. */
  readonly whole: Series;
  readonly units: readonly { readonly unit: Unit; readonly series: Series }[];
  /** Events that are not in the whole, since they lie outside the area that a rate is of. */
  readonly outside: number;
  /** Events in none of the steps. */
  readonly inNoStep: number;
  /** Events that may lie in another unit: not in the units, unless the question includes them. */
  readonly imprecise: number;
}

/** By what is counted: shapes, hexagons as a whole, or nothing. */
type By = { readonly units: Units } | { readonly resolution: number } | undefined;

/** Column of the measure among the sums of a row; undefined for events. @throws InvalidParameter */
function columnOf(selected: Selected, measure: string | undefined): `sum_${number}` | undefined {
  if (measure === undefined) return undefined;
  checkMeasure([selected], measure);
  return `sum_${measuresOf(selected.layer).indexOf(measure) + 1}`;
}

/** Where nothing is counted by, the few largest hexagons, which are added up. */
function queryOf({ layer, filter }: Selected, by: By, { step }: WholeSteps) {
  if (by && 'units' in by) return pointsQuery(layer, filter, by.units, step, true);
  const resolution = by?.resolution ?? 0;
  return cellPointsQuery(layer, filter, resolution, step, radiusOfCells(resolution), by !== undefined);
}

async function byOf(question: Question, selected: readonly Selected[], division: Division | undefined, place?: Place) {
  if (!division) return { by: undefined, cells: undefined, units: undefined };
  if (!('resolution' in division.units))
    return { by: { units: division.units }, cells: undefined, units: division.units };
  const { resolution } = division.units;
  const { all: cells } = await findCells(question, selected, resolution, place);
  const units = toCellUnits(cells, place);
  // A place cuts hexagons: then what lies in their outlines is counted, else what has their number.
  return { by: place ? { units } : { resolution }, cells, units };
}

/**
 * The series of a question, as a whole and by what it is divided by.
 * @param selected with the place in their filters
 * @throws InvalidParameter for a measure that a collection does not sum, or too many numbers
 */
export async function findSeries(
  question: Question,
  { measure, imprecise: rule }: Pick<TrendInputs, 'measure' | 'imprecise'>,
  selected: readonly Selected[],
  time: WholeSteps,
  { division, place }: { readonly division: Division | undefined; readonly place: Place | undefined },
): Promise<Found> {
  const { steps } = time;
  const empty = (): Series => {
    const events = new Float64Array(steps.length);
    return { events, values: measure === undefined ? events : new Float64Array(steps.length) };
  };
  const columns = selected.map((each) => columnOf(each, measure));
  const { by, cells, units } = await byOf(question, selected, division, place);
  if (cells) checkSize(cells.length, 1, steps.length);
  const stepIndex = new Map(steps.map(({ from }, index) => [from, index]));
  const whole = empty();
  const inside = new Map<number | string, Series>();
  let [inNoStep, imprecise] = [0, 0];
  const add = ({ events, values }: Series, index: number, records: number, sum: number) => {
    events[index] = (events[index] as number) + records;
    if (values !== events) values[index] = (values[index] as number) + sum;
  };
  for (const [nth, each] of selected.entries()) {
    for (const row of await question.run<PointsRow>(queryOf(each, by, time))) {
      const column = columns[nth];
      const sum = column === undefined ? 0 : (row[column] ?? 0);
      const index = row.step === null ? undefined : stepIndex.get(row.step);
      if (by && row.unit !== null) imprecise += row.imprecise;
      if (index === undefined) {
        inNoStep += row.records;
        continue;
      }
      add(whole, index, row.records, sum);
      if (!by || row.unit === null || (row.imprecise > 0 && rule === 'exclude')) continue;
      const key = cells && 'units' in by ? (cells[(row.unit as number) - 1] as string) : row.unit;
      const series = inside.get(key) ?? empty();
      inside.set(key, series);
      add(series, index, row.records, sum);
    }
    question.progress((nth + 1) / (selected.length + 1), each.layer.title);
  }
  const known = division && units ? await readUnits(question, units, division, cells) : [];
  // Of hexagons those in which something is: there is no end of others.
  const shown = cells ? known.filter(({ key }) => inside.has(key)) : known;
  checkSize(shown.length, 1, steps.length);
  return {
    whole,
    outside: 0,
    units: shown.map((unit) => ({ unit, series: inside.get(unit.key) ?? empty() })),
    inNoStep,
    imprecise,
  };
}
