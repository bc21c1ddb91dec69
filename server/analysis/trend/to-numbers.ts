import type { TimeStep } from '../steps.ts';
import type { WholeSteps } from '../whole-steps.ts';
import { MONTH_MS } from '../window.ts';
import type { Found, Series } from './find-series.ts';
import type { TrendInputs } from './inputs.ts';
import { type Judged, judge, judgeAll, judgeSeasons, TRENDS } from './judge.ts';
import type { TrendNumbers, UnitNumbers } from './numbers.ts';

export const STEPS_PER_YEAR = { month: 12, quarter: 4, year: 1 } as const;

const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
const monthsOf = ({ from, to }: TimeStep) => (Date.parse(to) - Date.parse(from)) / MONTH_MS;

/** Per 1,000 km2 and average month. */
const toRates = ({ values }: Series, steps: readonly TimeStep[], areaKm2: number): Float64Array =>
  values.map((value, step) => value / (areaKm2 / 1000) / monthsOf(steps[step] as TimeStep));

function slopesOf({ sen }: Judged, isRate: boolean, perYear: number): Partial<UnitNumbers> {
  if (!sen) return {};
  const [slope, lower, upper] = [sen.slope, sen.lower, sen.upper].map((each) =>
    each === undefined ? each : each * perYear,
  );
  const bounds = (name: 'slope' | 'rate_slope') =>
    lower === undefined || upper === undefined ? {} : { [`${name}_lower`]: lower, [`${name}_upper`]: upper };
  return isRate ? { rate_slope: slope, ...bounds('rate_slope') } : { slope, ...bounds('slope') };
}

/** What is said of a series. */
function toTrend({ events, values }: Series, judged: Judged, rates: Float64Array | undefined, perYear: number) {
  const { trend, notDefined, mannKendall, lagOne } = judged;
  return {
    trend,
    ...(notDefined ? { not_defined: notDefined } : {}),
    ...{ events: sumOf(events), total: sumOf(values), series: [...values] },
    ...(rates ? { rates: [...rates] } : {}),
    ...(mannKendall
      ? {
          ...{ s: mannKendall.s, variance: mannKendall.variance, z: mannKendall.z, p: mannKendall.p },
          ...{ exact: mannKendall.isExact, tau: mannKendall.tau },
        }
      : {}),
    ...slopesOf(judged, rates !== undefined, perYear),
    ...(lagOne ? { autocorrelation: lagOne.r } : {}),
  };
}

export interface Told {
  readonly numbers: TrendNumbers;
  readonly whole: Judged;
  /** Units that are called up or down though their neighbouring steps are alike beyond the trend. */
  readonly alikeUnits: number;
}

/** @param areaKm2 of the whole, where rates are asked for; the area of each unit is its own */
export function toNumbers(
  given: TrendInputs,
  time: WholeSteps,
  { whole, units, inNoStep }: Found,
  {
    alpha,
    areaKm2,
    isDivided,
  }: { readonly alpha: number; readonly areaKm2: number | undefined; readonly isDivided: boolean },
): Told {
  const { steps } = time;
  const perYear = STEPS_PER_YEAR[given.step];
  const ratesOf = (series: Series, km2: number | undefined) =>
    given.trend_of === 'rate' && km2 !== undefined ? toRates(series, steps, km2) : undefined;
  const wholeRates = ratesOf(whole, areaKm2);
  const looked = wholeRates ?? whole.values;
  const judged = judge(looked, alpha);
  const seasonal = judgeSeasons(looked, perYear);
  const rates = units.map(({ unit, series }) => ratesOf(series, unit.areaKm2));
  const ofUnits = judgeAll(
    units.map(({ series }, index) => rates[index] ?? series.values),
    alpha,
  );
  const numbers: TrendNumbers = {
    of: given.trend_of,
    ...(given.measure === undefined ? {} : { measure: given.measure }),
    confidence: given.confidence,
    steps: steps.map(({ from, to }) => ({ from, to })),
    steps_left_out: time.cut + time.unreported,
    in_no_step: inNoStep,
    ...(areaKm2 === undefined ? {} : { area_km2: areaKm2 }),
    whole: {
      ...toTrend(whole, judged, wholeRates, perYear),
      ...(seasonal ? { seasonal: { s: seasonal.s, variance: seasonal.variance, z: seasonal.z, p: seasonal.p } } : {}),
    },
    ...(isDivided
      ? {
          units: units.map(({ unit, series }, index): UnitNumbers => {
            const own = ofUnits[index] as (typeof ofUnits)[number];
            return {
              unit: unit.id,
              ...(unit.title === undefined ? {} : { name: unit.title.en }),
              area_km2: unit.areaKm2,
              ...toTrend(series, own, rates[index], perYear),
              ...(own.adjusted === undefined ? {} : { p_adjusted: own.adjusted }),
            };
          }),
          trends: Object.fromEntries(
            TRENDS.map((trend) => [trend, ofUnits.filter((each) => each.trend === trend).length]),
          ) as NonNullable<TrendNumbers['trends']>,
        }
      : {}),
  };
  const isCalled = ({ trend }: Judged) => trend === 'up' || trend === 'down';
  return { numbers, whole: judged, alikeUnits: ofUnits.filter((each) => isCalled(each) && each.lagOne?.isHigh).length };
}
