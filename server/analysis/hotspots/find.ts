import type { NotDefined } from '../../stats/getis-ord.ts';
import type { Neighbours } from '../../stats/neighbours.ts';
import { type CellCounts, countCells } from '../cells/count-cells.ts';
import { ringNeighbours } from '../cells/neighbours.ts';
import type { StudyCells } from '../cells/study-cells.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import type { HotspotsInputs } from './inputs.ts';
import { type Judged, judge } from './judge.ts';
import { type Spread, spread } from './spread.ts';

/** What was counted by hexagon, and what is said of it. */
export interface Found {
  readonly study: StudyCells;
  readonly counts: CellCounts;
  readonly spread: Spread | undefined;
  /** What is looked at in each hexagon: the sum of the measure, else the events. */
  readonly values: Float64Array;
  /** The events behind it. */
  readonly events: Float64Array;
  /** Of each hexagon the events in it and its neighbours. */
  readonly around: Float64Array;
  readonly judged: Judged | { readonly notDefined: NotDefined };
  /** With the imprecise events (spread, or at their positions), and without them. */
  readonly withImprecise: Found['judged'];
  readonly withoutImprecise: Found['judged'];
}

/** Sums of each. */
export const added = (one: Float64Array, other: Float64Array) =>
  one.map((value, index) => value + (other[index] as number));

const sumsOver = (values: Float64Array, { offsets, members }: Neighbours) =>
  values.map((_, place) => {
    let sum = 0;
    for (let index = offsets[place] as number; index < (offsets[place + 1] as number); index++)
      sum += values[members[index] as number] as number;
    return sum;
  });

/** Counts the events of a study area, and judges each hexagon: as was asked, with the imprecise events and without them. */
export async function findHotspots(
  question: Question,
  inputs: HotspotsInputs,
  selected: readonly Selected[],
  study: StudyCells,
): Promise<Found> {
  const { measure, ring, imprecise } = inputs;
  const counts = await countCells(question, selected, study, { measure });
  const shared =
    imprecise === 'spread' ? await spread(question, selected, study, counts.preciseM, { measure }) : undefined;
  const neighbours = ringNeighbours(study, ring);
  const precise = { values: counts.precise, events: counts.events.precise };
  const aroundPrecise = sumsOver(precise.events, neighbours);
  const withoutImprecise = judge(precise.values, neighbours, aroundPrecise);
  const everything = shared
    ? { values: added(counts.precise, shared.values), events: added(counts.events.precise, shared.events) }
    : { values: counts.all, events: counts.events.all };
  const isSame = counts.imprecise === 0 && !shared;
  const aroundAll = isSame ? aroundPrecise : sumsOver(everything.events, neighbours);
  const withImprecise = isSame ? withoutImprecise : judge(everything.values, neighbours, aroundAll);
  const [taken, judged, around] =
    imprecise === 'exclude' ? [precise, withoutImprecise, aroundPrecise] : [everything, withImprecise, aroundAll];
  return { study, counts, spread: shared, ...taken, around, judged, withImprecise, withoutImprecise };
}
