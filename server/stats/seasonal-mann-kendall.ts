import { kendallScore, kendallZ } from './kendall-score.ts';
import type { MannKendall, NoTrend } from './mann-kendall.ts';
import { twoSidedP } from './normal-p.ts';
import { medianOf } from './sen-slope.ts';

/** As of a series without seasons, with the median slope of pairs a whole number of years apart. */
export interface SeasonalMannKendall extends Pick<MannKendall, 's' | 'variance' | 'z' | 'p'> {
  /** Per step of the series (not per year). */
  readonly slope: number;
}

/** Fewer years say nothing, and the normal distribution is then far from that of S. */
const FEWEST_YEARS = 3;

/**
 * Whether a series with seasons goes up or down: each month is compared with the same month of other years, and the scores
 * and their variances are added up. Hirsch, Slack & Smith (1982), Techniques of trend analysis for monthly water quality
 * data, Water Resources Research 18, 107-121, with their seasonal slope. It takes seasons as independent of one another.
 * @param values in the order of time, as far from one another
 * @param season steps in a year
 * @throws RangeError
 */
export function seasonalMannKendall(
  values: Float64Array,
  season: number,
): SeasonalMannKendall | { readonly notDefined: NoTrend } {
  if (!(Number.isInteger(season) && season >= 2)) throw new RangeError(`a year has 2 steps or more, not ${season}`);
  if (values.length < FEWEST_YEARS * season) return { notDefined: 'too-few' };
  let [s, variance] = [0, 0];
  const slopes: number[] = [];
  for (let first = 0; first < season; first++) {
    const years = values.filter((_, index) => index % season === first);
    const score = kendallScore(years);
    s += score.s;
    variance += score.variance;
    for (const [later, value] of years.entries()) {
      for (let earlier = 0; earlier < later; earlier++) {
        slopes.push((value - (years[earlier] as number)) / ((later - earlier) * season));
      }
    }
  }
  if (variance === 0) return { notDefined: 'all-equal' };
  const z = kendallZ({ s, variance });
  return { s, variance, z, p: twoSidedP(z), slope: medianOf(Float64Array.from(slopes).sort()) };
}
