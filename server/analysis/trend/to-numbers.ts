import { toQuantity } from '../quantity.ts';
import type { TimeStep } from '../steps.ts';
import type { WholeSteps } from '../whole-steps.ts';
import { MONTH_MS } from '../window.ts';
import type { SeriesOf, TrendInputs } from './inputs.ts';
import { type Judged, judge, judgeAll, TRENDS } from './judge.ts';
import { MEMBERS, type Member } from './members.ts';
import type { ClassNumbers, TrendNumbers, TrendOf, UnitNumbers } from './numbers.ts';
import type { Found, Series } from './series.ts';

export const STEPS_PER_YEAR = { month: 12, quarter: 4, year: 1 } as const;

const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
const monthsOf = ({ from, to }: TimeStep) => (Date.parse(to) - Date.parse(from)) / MONTH_MS;

/** What is asked of a series, and of what it is. */
interface Asked {
  readonly given: Pick<TrendInputs, 'trend_of' | 'step'>;
  readonly of: SeriesOf;
  readonly steps: readonly TimeStep[];
}

/** By 1,000 km2, of events by average month too; of ground the share of the area. */
function toRates(values: Float64Array, { of, steps }: Asked, areaKm2: number): Float64Array {
  const area = of === 'area' ? areaKm2 : areaKm2 / 1000;
  return values.map((value, step) => value / area / (of === 'events' ? monthsOf(steps[step] as TimeStep) : 1));
}

/** A series as it is listed, as it is looked at, and what it is called there. */
interface Looked {
  readonly values: Float64Array;
  readonly lists: Readonly<Record<string, number[]>>;
  readonly member: Member;
}

function lookAt({ values }: Series, asked: Asked, areaKm2: number | undefined): Looked {
  const { count, rate } = MEMBERS[asked.of];
  // As it is listed: pieces of ground that add up to the same in another order are no rise.
  const counted = values.map((value) => toQuantity(value * count.scale, count.decimals));
  const lists = { [count.list]: [...counted] };
  if (asked.given.trend_of !== 'rate' || areaKm2 === undefined) return { values: counted, lists, member: count };
  const rates = toRates(counted, asked, areaKm2);
  return { values: rates, lists: { ...lists, [rate.list]: [...rates] }, member: rate };
}

function slopesOf({ sen }: Judged, { slope }: Member, perYear: number): Record<string, number> {
  if (!sen) return {};
  const { lower, upper } = sen;
  return {
    [slope]: sen.slope * perYear,
    ...(lower === undefined || upper === undefined
      ? {}
      : { [`${slope}_lower`]: lower * perYear, [`${slope}_upper`]: upper * perYear }),
  };
}

/** What is said of a series. */
function toTrend(series: Series, judged: Judged, { lists, member }: Looked, { of, given }: Asked): TrendOf {
  const { trend, notDefined, mannKendall, lagOne, seasonal } = judged;
  const perYear = STEPS_PER_YEAR[given.step];
  return {
    trend,
    ...(notDefined ? { not_defined: notDefined } : {}),
    ...(of === 'events' ? { events: series.records, total: sumOf(series.values) } : { records: series.records }),
    ...lists,
    ...(mannKendall
      ? {
          ...{ s: mannKendall.s, variance: mannKendall.variance, z: mannKendall.z, p: mannKendall.p },
          ...{ exact: mannKendall.isExact, tau: mannKendall.tau },
        }
      : {}),
    ...slopesOf(judged, member, perYear),
    ...(lagOne ? { autocorrelation: lagOne.r } : {}),
    ...(seasonal
      ? {
          seasonal: {
            ...{ s: seasonal.s, variance: seasonal.variance, z: seasonal.z, p: seasonal.p },
            [member.slope]: seasonal.slope * perYear,
          },
        }
      : {}),
  };
}

export interface Told {
  readonly numbers: TrendNumbers;
  readonly whole: Judged;
  /** Units, and values of a field, that are called up or down though their neighbouring steps are alike beyond the trend. */
  readonly alike: number;
}

const countOf = (judged: readonly Judged[]) =>
  Object.fromEntries(
    TRENDS.map((trend) => [trend, judged.filter((each) => each.trend === trend).length]),
  ) as NonNullable<TrendNumbers['trends']>;

/** @param areaKm2 of the whole, where rates are asked for; the area of each unit is its own */
export function toNumbers(
  given: TrendInputs,
  of: SeriesOf,
  time: WholeSteps,
  { whole, classes, units, inNoStep }: Found,
  {
    alpha,
    areaKm2,
    isDivided,
  }: { readonly alpha: number; readonly areaKm2: number | undefined; readonly isDivided: boolean },
): Told {
  const { steps } = time;
  const asked: Asked = { given, of, steps };
  const perYear = STEPS_PER_YEAR[given.step];
  const looked = lookAt(whole, asked, areaKm2);
  const judged = judge(looked.values, alpha, perYear);
  const all = (series: readonly Looked[]) =>
    judgeAll(
      series.map(({ values }) => values),
      alpha,
      perYear,
    );
  const [lookedClasses, lookedUnits] = [
    classes.map(({ series }) => lookAt(series, asked, areaKm2)),
    units.map(({ unit, series }) => lookAt(series, asked, unit.areaKm2)),
  ];
  const [ofClasses, ofUnits] = [all(lookedClasses), all(lookedUnits)];
  const tested = (series: Series, own: (typeof ofUnits)[number], how: Looked) => ({
    ...toTrend(series, own, how, asked),
    ...(own.adjusted === undefined ? {} : { p_adjusted: own.adjusted }),
  });
  const numbers: TrendNumbers = {
    ...{ series_of: of, of: given.trend_of },
    ...(of === 'events' ? {} : { in_force: given.in_force }),
    ...(given.measure === undefined ? {} : { measure: given.measure }),
    confidence: given.confidence,
    steps: steps.map(({ from, to }) => ({ from, to })),
    steps_left_out: time.cut + time.unreported,
    in_no_step: inNoStep,
    ...(areaKm2 === undefined ? {} : { area_km2: areaKm2 }),
    whole: toTrend(whole, judged, looked, asked),
    ...(given.by === undefined
      ? {}
      : {
          by: given.by,
          classes: classes.map(
            ({ name, series }, index): ClassNumbers => ({
              ...(name === null ? {} : { class: name }),
              ...tested(series, ofClasses[index] as Judged, lookedClasses[index] as Looked),
            }),
          ),
          class_trends: countOf(ofClasses),
        }),
    ...(isDivided
      ? {
          units: units.map(
            ({ unit, series }, index): UnitNumbers => ({
              unit: unit.id,
              ...(unit.title === undefined ? {} : { name: unit.title.en }),
              area_km2: unit.areaKm2,
              ...tested(series, ofUnits[index] as Judged, lookedUnits[index] as Looked),
            }),
          ),
          trends: countOf(ofUnits),
        }
      : {}),
  };
  const isCalled = ({ trend }: Judged) => trend === 'up' || trend === 'down';
  const alike = [...ofClasses, ...ofUnits].filter((each) => isCalled(each) && each.lagOne?.isHigh).length;
  return { numbers, whole: judged, alike };
}
