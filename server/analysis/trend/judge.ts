import { adjustedP } from '../../stats/benjamini-hochberg.ts';
import { lagOne } from '../../stats/lag-one.ts';
import { type MannKendall, mannKendall } from '../../stats/mann-kendall.ts';
import { type SeasonalMannKendall, seasonalMannKendall } from '../../stats/seasonal-mann-kendall.ts';
import { type SenSlope, senSlope } from '../../stats/sen-slope.ts';

export const TRENDS = ['up', 'down', 'none', 'not_defined'] as const;
export type Trend = (typeof TRENDS)[number];

/** Why a series has no trend to speak of. */
export const NOT_DEFINED = ['too-few', 'all-zero', 'all-equal'] as const;
type NotDefined = (typeof NOT_DEFINED)[number];

/** What is said of one series. */
export interface Judged {
  readonly trend: Trend;
  readonly notDefined?: NotDefined;
  readonly mannKendall?: MannKendall;
  readonly sen?: SenSlope;
  /** With each step compared with the same of other years; absent where there are no seasons, or too few years. */
  readonly seasonal?: SeasonalMannKendall;
  /** Of the series without its slope. */
  readonly lagOne?: { readonly r: number; readonly isHigh: boolean };
}

const directionOf = ({ s }: MannKendall, p: number, alpha: number): Trend => {
  if (p > alpha || s === 0) return 'none';
  return s > 0 ? 'up' : 'down';
};

function judgeSeasons(values: Float64Array, stepsPerYear: number): SeasonalMannKendall | undefined {
  if (stepsPerYear < 2) return undefined;
  const found = seasonalMannKendall(values, stepsPerYear);
  return 'notDefined' in found ? undefined : found;
}

/** @param values by step @param alpha the p up to which there is a trend @param perYear steps of a year */
export function judge(values: Float64Array, alpha: number, perYear: number): Judged {
  const found = mannKendall(values);
  if ('notDefined' in found) {
    const isZero = found.notDefined === 'all-equal' && values[0] === 0;
    return { trend: 'not_defined', notDefined: isZero ? 'all-zero' : found.notDefined };
  }
  const sen = senSlope(values) as SenSlope;
  const like = lagOne(values.map((value, step) => value - sen.slope * step));
  const seasonal = judgeSeasons(values, perYear);
  return {
    ...{ trend: directionOf(found, found.p, alpha), mannKendall: found, sen },
    ...(seasonal ? { seasonal } : {}),
    ...(like ? { lagOne: { r: like.r, isHigh: like.r > like.limit } } : {}),
  };
}

/** Of several series, whose p are corrected for their number: of one that is not defined there is none. */
export function judgeAll(
  series: readonly Float64Array[],
  alpha: number,
  perYear: number,
): (Judged & { readonly adjusted?: number })[] {
  const judged = series.map((values) => judge(values, alpha, perYear));
  const adjusted = adjustedP(Float64Array.from(judged.flatMap((each) => each.mannKendall?.p ?? [])));
  let next = 0;
  return judged.map((each) => {
    if (!each.mannKendall) return each;
    const p = adjusted[next++] as number;
    return { ...each, trend: directionOf(each.mannKendall, p, alpha), adjusted: p };
  });
}
