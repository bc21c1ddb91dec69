import { adjustedP } from '../../stats/benjamini-hochberg.ts';
import { getisOrd, type NotDefined } from '../../stats/getis-ord.ts';
import type { Neighbours } from '../../stats/neighbours.ts';
import { twoSidedP } from '../../stats/normal-p.ts';

/** What is said of a hexagon, as those who use geographic information systems know it. */
export const VERDICTS = [
  ...(['hot_99', 'hot_95', 'hot_90', 'too_few', 'none'] as const),
  ...(['cold_90', 'cold_95', 'cold_99', 'not_defined'] as const),
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Of fewer events in a hexagon and its neighbours nobody can tell whether they are more than chance brings: `too_few`. */
export const FEW = 5;

/** Of each hexagon. */
export interface Judged {
  /** NaN where the neighbourhood is the whole study area. */
  readonly z: Float64Array;
  /** Two-sided; NaN as before. */
  readonly p: Float64Array;
  /** With a bounded rate of false discoveries among all hexagons that are tested; NaN as before. */
  readonly adjusted: Float64Array;
  readonly verdicts: readonly Verdict[];
}

const LEVELS = [
  [0.01, '99'],
  [0.05, '95'],
  [0.1, '90'],
] as const;

function verdictOf(z: number, adjusted: number, around: number): Verdict {
  if (Number.isNaN(z)) return 'not_defined';
  const level = LEVELS.find(([alpha]) => adjusted <= alpha)?.[1];
  if (level === undefined) return 'none';
  if (z < 0) return `cold_${level}`;
  return around < FEW ? 'too_few' : `hot_${level}`;
}

export const isHot = (verdict: Verdict | undefined): boolean => verdict?.startsWith('hot') === true;
export const isCold = (verdict: Verdict | undefined): boolean => verdict?.startsWith('cold') === true;

/**
 * Gi* of each hexagon, its p, and what is said of it after the correction; or why nothing can be said of any.
 * @param around of each, the events in it and its neighbours, whatever the values are
 */
export function judge(
  values: Float64Array,
  neighbours: Neighbours,
  around: Float64Array,
): Judged | { readonly notDefined: NotDefined } {
  const found = getisOrd(values, neighbours);
  if ('notDefined' in found) return found;
  const { z } = found;
  const p = z.map((score) => (Number.isNaN(score) ? Number.NaN : twoSidedP(score)));
  const tested = adjustedP(p.filter((each) => !Number.isNaN(each)));
  let next = 0;
  const adjusted = p.map((each) => (Number.isNaN(each) ? each : (tested[next++] as number)));
  const verdicts = Array.from(z, (score, place) =>
    verdictOf(score, adjusted[place] as number, around[place] as number),
  );
  return { z, p, adjusted, verdicts };
}
