import type { Periods } from '../../query/analysis/change.ts';
import { alphaOf } from '../confidence.ts';
import type { StudyUnit, StudyUnits } from '../study-units.ts';
import { CHANGES, type Classified, type Counts, classify, type Rule } from './classify.ts';
import type { Counted, PairCounts } from './count-pairs.ts';
import type { ChangeInputs } from './inputs.ts';
import { LEVELS, levelOf } from './level.ts';
import type { ChangeNumbers } from './numbers.ts';
import { type Compared, LEVEL_WEEKS } from './periods.ts';

const DAY_MS = 86_400_000;
const MONTH_DAYS = 365.2425 / 12;

const daysOf = ({ from, to }: Periods['earlier']) => (Date.parse(to) - Date.parse(from)) / DAY_MS;
const toPeriod = (period: Periods['earlier']) => ({ from: period.from, to: period.to, days: daysOf(period) });
const none: PairCounts = { earlier: 0, later: 0, earlier_imprecise: 0, later_imprecise: 0, spanning: 0, reaching: 0 };

/** Whether events that may lie in another unit count. */
type Imprecise = ChangeInputs['imprecise'];

const countsBy = (rule: Imprecise, { earlier, later, earlier_imprecise, later_imprecise }: PairCounts): Counts =>
  rule === 'include' ? { earlier, later } : { earlier: earlier - earlier_imprecise, later: later - later_imprecise };

const sumOf = (counts: readonly Counts[]): Counts => ({
  earlier: counts.reduce((sum, { earlier }) => sum + earlier, 0),
  later: counts.reduce((sum, { later }) => sum + later, 0),
});

const tally = <Name extends string>(names: readonly Name[], found: readonly Name[]): Record<Name, number> =>
  Object.fromEntries(names.map((name) => [name, found.filter((each) => each === name).length])) as Record<Name, number>;

/** What is said of counts, as numbers. */
function toCompared(counts: Counts, { days }: Rule, { change, ratio, p }: Omit<Classified, 'adjusted'>) {
  const [before, after] = [(counts.earlier / days.earlier) * MONTH_DAYS, (counts.later / days.later) * MONTH_DAYS];
  return {
    ...counts,
    ...{ earlier_per_month: before, later_per_month: after, difference: after - before },
    ...(ratio?.ratio === undefined ? {} : { ratio: ratio.ratio }),
    ...(ratio?.lower === undefined ? {} : { ratio_lower: ratio.lower }),
    ...(ratio?.upper === undefined ? {} : { ratio_upper: ratio.upper }),
    ...(p === undefined ? {} : { p }),
    change,
  };
}

/** All of the study area together: one test, which needs no correction. */
function toTotal(counts: Counts, rule: Rule) {
  const [classified] = classify([counts], rule);
  return toCompared(counts, rule, classified as Classified);
}

/** Puts the periods side by side, unit by unit. */
export function compare(
  { units }: Pick<StudyUnits, 'units'>,
  { inside, outside }: Counted,
  { asOf, periods, levels }: Compared,
  given: Pick<ChangeInputs, 'imprecise' | 'confidence' | 'fewest' | 'levels'>,
): ChangeNumbers {
  const days = { earlier: daysOf(periods.earlier), later: daysOf(periods.later) };
  const rule: Rule = { days, alpha: alphaOf(given.confidence), fewest: given.fewest };
  const of = ({ key }: StudyUnit, pair: number): PairCounts => inside.get(key)?.[pair] ?? none;
  const pairs = units.map((unit) => of(unit, 0));
  const counts = pairs.map((pair) => countsBy(given.imprecise, pair));
  const classified = classify(counts, rule);
  const other = given.imprecise === 'include' ? 'exclude' : 'include';
  const otherwise = classify(
    pairs.map((pair) => countsBy(other, pair)),
    rule,
  );
  const leveled = LEVEL_WEEKS.map((_, nth) =>
    units.map((unit) => {
      const own = countsBy(given.imprecise, of(unit, nth + 1));
      return { ...own, ...levelOf(own, given.levels, given.fewest) };
    }),
  );
  const impreciseOf = (pair: PairCounts) => pair.earlier_imprecise + pair.later_imprecise;
  const add = (number: (pair: PairCounts) => number) => pairs.reduce((sum, pair) => sum + number(pair), 0);
  return {
    earlier: toPeriod(periods.earlier),
    later: toPeriod(periods.later),
    ...{ as_of: asOf, confidence: given.confidence, fewest: given.fewest },
    units_all: units.length,
    units_tested: classified.filter(({ p }) => p !== undefined).length,
    units_silent: pairs.filter((pair) => pair.earlier + pair.later + pair.spanning + pair.reaching === 0).length,
    classes: tally(
      CHANGES,
      classified.map(({ change }) => change),
    ),
    classes_other_rule: classified.filter(({ change }, index) => change !== otherwise[index]?.change).length,
    total: toTotal(sumOf(counts), rule),
    outside: { earlier: outside[0]?.earlier ?? 0, later: outside[0]?.later ?? 0 },
    left_out: { spanning: add(({ spanning }) => spanning), reaching_out: add(({ reaching }) => reaching) },
    imprecise: add(impreciseOf),
    thresholds: given.levels,
    levels: LEVEL_WEEKS.map((weeks, nth) => {
      const own = leveled[nth] ?? [];
      const sum = sumOf(own);
      const { earlier, later } = levels[nth] as Periods;
      return {
        ...{ weeks, earlier_from: earlier.from, later_from: later.from, later_to: later.to },
        ...{ ...sum, ...levelOf(sum, given.levels, given.fewest) },
        units: tally(
          LEVELS,
          own.map(({ level }) => level),
        ),
      };
    }),
    units: units.flatMap((unit, index) => {
      if (!inside.has(unit.key)) return [];
      const { adjusted, ...own } = classified[index] as Classified;
      return [
        {
          unit: unit.id,
          ...(unit.title === undefined ? {} : { name: unit.title.en }),
          area_km2: unit.areaKm2,
          ...toCompared(counts[index] as Counts, rule, own),
          ...(adjusted === undefined ? {} : { p_adjusted: adjusted }),
          imprecise: impreciseOf(pairs[index] as PairCounts),
          levels: LEVEL_WEEKS.map((weeks, nth) => ({
            weeks,
            ...(leveled[nth]?.[index] as ReturnType<typeof levelOf> & Counts),
          })),
        },
      ];
    }),
  };
}
