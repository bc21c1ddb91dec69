import { getHexagonAreaAvg, UNITS } from 'h3-js';
import { cellPointsQuery, type PointsRow, pointsQuery, type Step } from '../../query/analysis/summary/points.ts';
import { measuresOf, type Units } from '../../query/analysis/summary/units.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import type { TimeStep } from '../steps.ts';
import { emptyTally, type LayerTally, type Tally } from './tally.ts';

/** By what points are counted: shapes, or the hexagons of a resolution. */
export type PointUnits = { readonly units: Units } | { readonly resolution: number };

/** A value that a record does not have. */
export const NO_KIND = '';

function queryOf({ layer, filter }: Selected, by: PointUnits, step: Step | undefined) {
  if ('units' in by) return pointsQuery(layer, filter, by.units, step);
  const radius = Math.sqrt(getHexagonAreaAvg(by.resolution, UNITS.m2) / Math.PI);
  return cellPointsQuery(layer, filter, by.resolution, step, radius);
}

function addRow(tally: Tally, row: PointsRow, stepIndex: ReadonlyMap<string, number>): void {
  const { records, imprecise, kind, step } = row;
  tally.records += records;
  tally.imprecise += imprecise;
  tally.kinds.set(kind ?? NO_KIND, (tally.kinds.get(kind ?? NO_KIND) ?? 0) + records);
  for (const index of tally.sums.keys()) tally.sums[index] = (tally.sums[index] ?? 0) + (row[`sum_${index + 1}`] ?? 0);
  const index = step === null ? undefined : stepIndex.get(step);
  if (index === undefined) tally.undated += tally.series.length > 0 ? records : 0;
  else tally.series[index] = (tally.series[index] ?? 0) + records;
}

/** Points by unit. */
export async function countPoints(
  { run }: Pick<Question, 'run'>,
  selected: Selected,
  by: PointUnits,
  step: Step | undefined,
  steps: readonly TimeStep[],
): Promise<LayerTally> {
  const measures = measuresOf(selected.layer);
  // What lasts is there in every step: it has no series that adds up.
  const isEvents = selected.layer.time === 'instant';
  const rows = await run<PointsRow>(queryOf(selected, by, isEvents ? step : undefined));
  const stepIndex = new Map(steps.map(({ from }, index) => [from, index]));
  const empty = () => emptyTally(measures.length, isEvents ? steps.length : 0);
  const inside = new Map<number | string, Tally>();
  const outside = empty();
  for (const row of rows) {
    const tally = row.unit === null ? outside : (inside.get(row.unit) ?? empty());
    if (row.unit !== null) inside.set(row.unit, tally);
    addRow(tally, row, stepIndex);
  }
  return { selected, measures, inside, outside };
}
