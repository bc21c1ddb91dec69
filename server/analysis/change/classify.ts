import { adjustedP } from '../../stats/benjamini-hochberg.ts';
import { type RateRatio, rateRatio } from '../../stats/rate-ratio.ts';

/** Events of one unit in both periods. */
export interface Counts {
  readonly earlier: number;
  readonly later: number;
}

/** What is said of a unit. `too-few`: it is not tested. */
export const CHANGES = ['risen', 'fallen', 'no-change', 'too-few'] as const;
export type ChangeClass = (typeof CHANGES)[number];

export interface Classified {
  readonly change: ChangeClass;
  /** Events a day, later over earlier, with its exact interval; absent where there was no event. */
  readonly ratio?: Pick<RateRatio, 'ratio' | 'lower' | 'upper'>;
  /** Of the exact test, and that corrected for all tests; absent where it is not tested. */
  readonly p?: number;
  readonly adjusted?: number;
}

/** By what it is told. */
export interface Rule {
  /** Days of each period. */
  readonly days: Counts;
  /** The share of false discoveries among the units that are called risen or fallen, at most. */
  readonly alpha: number;
  /** Events in both periods together, under which a unit is not tested. */
  readonly fewest: number;
}

/** The later period over the earlier one; of the same ground, so that time alone is the exposure. */
const ratioOf = ({ earlier, later }: Counts, { days }: Pick<Rule, 'days'>): RateRatio =>
  rateRatio({ count: later, exposure: days.later }, { count: earlier, exposure: days.earlier });

function direction({ earlier, later }: Counts, { days }: Rule): ChangeClass {
  return later / days.later > earlier / days.earlier ? 'risen' : 'fallen';
}

/**
 * Which units have changed. Those with enough events are tested, each by the exact conditional test of two Poisson counts, and
 * the tests are corrected together (Benjamini & Hochberg 1995). A unit with too few events is no test among them: whether it is
 * one depends on both counts together and not on how they differ, so that choosing so does not favour any result.
 * @param counts whole numbers; the answer is in their order
 */
export function classify(counts: readonly Counts[], rule: Rule): readonly Classified[] {
  const ratios = counts.map((each) => (each.earlier + each.later === 0 ? undefined : ratioOf(each, rule)));
  const tested = counts.flatMap(({ earlier, later }, index) => (earlier + later < rule.fewest ? [] : [index]));
  const p = tested.map((index) => ratios[index]?.p ?? 1);
  const adjusted = adjustedP(Float64Array.from(p));
  const place = new Map(tested.map((index, nth) => [index, nth]));
  return counts.map((each, index) => {
    const { p: own, ...ratio } = ratios[index] ?? { p: 1 };
    const known = ratios[index] === undefined ? {} : { ratio };
    const nth = place.get(index);
    if (nth === undefined) return { change: 'too-few', ...known };
    const corrected = adjusted[nth] as number;
    const change = corrected <= rule.alpha ? direction(each, rule) : 'no-change';
    return { change, ...known, p: own, adjusted: corrected };
  });
}
