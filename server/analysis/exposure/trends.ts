import type { Interval } from '../../core/interval.ts';
import { adjustedP } from '../../stats/benjamini-hochberg.ts';
import { mannKendall } from '../../stats/mann-kendall.ts';
import { senSlope } from '../../stats/sen-slope.ts';
import type { Selected } from '../select.ts';
import { type WholeSteps, wholeSteps } from '../whole-steps.ts';

/** Of fewer years, or else quarters, no order of the counts would be unlikely enough to be told from chance. */
const FEWEST = [
  ['year', 5],
  ['quarter', 8],
] as const;
const LONGEST_YEARS = 500;
const YEAR_MS = 31_556_952_000;
const LEVEL = 0.05;

/** Whether the attacks near a record go up or down from step to step. */
export interface Trend {
  /** Kendall's tau-b, -1 to 1. */
  readonly tau: number;
  /** Of Mann (1945) and Kendall, two-sided; and corrected for how many rows are tested. */
  readonly p: number;
  readonly adjusted: number;
  /** Attacks more from one step to the next (Sen 1968), and the bounds of its 95 % interval; absent: the series is too short. */
  readonly slope: number;
  readonly lower?: number | undefined;
  readonly upper?: number | undefined;
  /** At 5 %, by the corrected p. */
  readonly direction: 'rises' | 'falls' | 'none';
}

/** The steps of which trends are: whole years, else whole quarters; undefined where there are too few of both. */
export function trendSteps(events: readonly Selected[], { from, to }: Interval): WholeSteps | undefined {
  if (events.length === 0 || from === null || to === null) return undefined;
  if (Date.parse(to) - Date.parse(from) > LONGEST_YEARS * YEAR_MS) return undefined;
  for (const [step, fewest] of FEWEST) {
    const whole = wholeSteps(events, step);
    if (whole.steps.length >= fewest) return whole;
  }
  return undefined;
}

/** Of each series, in their order; undefined where all counts are the same, which have none. */
export function trendsOf(series: readonly (readonly number[])[]): (Trend | undefined)[] {
  const tested = series.map((counts) => {
    const test = mannKendall(Float64Array.from(counts));
    return 'notDefined' in test ? undefined : test;
  });
  const adjusted = adjustedP(Float64Array.from(tested.flatMap((test) => (test ? [test.p] : []))));
  let at = 0;
  return tested.map((test, index): Trend | undefined => {
    const slope = senSlope(Float64Array.from(series[index] ?? []));
    if (!test || !slope) return undefined;
    const corrected = adjusted[at++] as number;
    const direction = corrected >= LEVEL ? 'none' : test.s > 0 ? 'rises' : 'falls';
    return { tau: test.tau, p: test.p, adjusted: corrected, ...slope, direction };
  });
}
