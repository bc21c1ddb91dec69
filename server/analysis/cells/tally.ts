import type { Step } from '../../query/analysis/summary/points.ts';
import { stepFinder, type TimeStep } from '../steps.ts';

/** What of the events is counted: their number, or the sum of a measure; as a whole, or by step of time. */
export interface Counting {
  /** By calendar step: `toSteps(window, step)`. */
  readonly time?: { readonly step: Step; readonly steps: readonly TimeStep[] } | undefined;
  /** A numeric field that every collection sums. */
  readonly measure?: string | undefined;
}

/** Of all events, and of those that are precise. By hexagon and step: of hexagon c in step s at `s * cells + c`. */
export interface Pair {
  readonly all: Float64Array;
  readonly precise: Float64Array;
}

/** Counts in the making. */
export interface Tally {
  readonly cells: number;
  readonly events: Pair;
  /** Absent: nothing is summed. */
  readonly sums: Pair | undefined;
  /** There are no steps: everything is counted in one. */
  readonly isWhole: boolean;
  /** The step in which a span of months (half-open) lies as a whole, else -1. */
  readonly stepOf: (firstMonth: number, endMonth: number) => number;
  inside: number;
  imprecise: number;
  undated: number;
  /** In no step, by hexagon. */
  readonly undatedByCell: Float64Array;
  outside: number;
}

export function emptyTally(cells: number, time: Counting['time'], isSummed: boolean): Tally {
  const length = cells * (time ? time.steps.length : 1);
  const pair = (): Pair => ({ all: new Float64Array(length), precise: new Float64Array(length) });
  return {
    ...{ cells, events: pair(), sums: isSummed ? pair() : undefined, isWhole: !time },
    stepOf: time ? stepFinder(time.step, time.steps) : () => 0,
    ...{ inside: 0, imprecise: 0, undated: 0, undatedByCell: new Float64Array(cells), outside: 0 },
  };
}

/** Takes events that are alike. @param place of their hexagon, -1 outside. @param step -1: in none */
export function addTo(tally: Tally, place: number, isPrecise: boolean, step: number, count: number, sum: number): void {
  if (place < 0) {
    tally.outside += count;
    return;
  }
  tally.inside += count;
  if (!isPrecise) tally.imprecise += count;
  if (step < 0) {
    tally.undated += count;
    tally.undatedByCell[place] = (tally.undatedByCell[place] as number) + count;
    return;
  }
  const index = step * tally.cells + place;
  const { events, sums } = tally;
  events.all[index] = (events.all[index] as number) + count;
  if (isPrecise) events.precise[index] = (events.precise[index] as number) + count;
  if (!sums) return;
  sums.all[index] = (sums.all[index] as number) + sum;
  if (isPrecise) sums.precise[index] = (sums.precise[index] as number) + sum;
}
