import { poissonInterval } from '../../stats/garwood.ts';
import { rateRatio } from '../../stats/rate-ratio.ts';
import { toQuantity } from '../quantity.ts';
import type { TimeStep } from '../steps.ts';
import type { Window } from '../window.ts';
import type { Change, SummaryNumbers, Values } from './numbers.ts';
import { emptyTally, isEvents, type LayerTally, type Tally, totalOf } from './tally.ts';
import type { Unit } from './units.ts';

/** A collection that is counted, and between which times. */
export interface Counted {
  readonly tally: LayerTally;
  readonly window: Window;
}

const byCodePoint = ([a]: readonly [string, number], [b]: readonly [string, number]) => (a < b ? -1 : 1);

/** To the last digit that is shown, so that the parts that are shown make the whole that is shown. */
function rounded(tally: Tally, geometry: string): Tally {
  const size = geometry === 'line' ? toQuantity(tally.size / 1e3) : toQuantity(tally.size / 1e6);
  return { ...tally, size, sums: tally.sums.map((sum) => toQuantity(sum)) };
}

/** What is said of a tally whose size is in km or km2. */
function toValues({ selected: { layer }, measures }: LayerTally, tally: Tally): Values {
  const { records, size, kinds, sums, imprecise, series, undated } = tally;
  const collection = layer.id;
  if (layer.geometry === 'line') return { collection, records, km: size };
  if (layer.geometry === 'polygon') return { collection, records, km2: size };
  return {
    ...{ collection, records, imprecise },
    ...(layer.kind === undefined ? {} : { by_kind: Object.fromEntries([...kinds].sort(byCodePoint)) }),
    ...(measures.length === 0
      ? {}
      : { sums: Object.fromEntries(measures.map((name, index) => [name, sums[index] ?? 0])) }),
    ...(series.length === 0 ? {} : { series, undated }),
  };
}

/** Events per 1,000 km2 and month; of what lasts there is no such rate. */
function rateOf({ tally, window }: Counted, { records }: Tally, areaKm2: number): Partial<Values> {
  if (!isEvents(tally.selected) || window.months === undefined || areaKm2 <= 0) return {};
  const { rate, lower, upper } = poissonInterval(records, (areaKm2 / 1000) * window.months);
  return { rate, rate_lower: lower, rate_upper: upper };
}

const daysOf = ({ from, to }: TimeStep) => (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** The last two whole steps side by side. */
function changeOf({ series }: Tally, steps: readonly TimeStep[]): Change | undefined {
  const whole = steps.map((step, index) => ({ step, index })).filter(({ step }) => step.isWhole);
  const [before, after] = whole.slice(-2);
  if (!before || !after || series.length === 0) return undefined;
  const [earlier, later] = [series[before.index] ?? 0, series[after.index] ?? 0];
  const { ratio, lower, upper, p } = rateRatio(
    { count: later, exposure: daysOf(after.step) },
    { count: earlier, exposure: daysOf(before.step) },
  );
  return {
    ...{ earlier, later, earlier_step: before.step.from, later_step: after.step.from, p },
    ...(ratio === undefined ? {} : { ratio }),
    ...(lower === undefined ? {} : { ratio_lower: lower }),
    ...(upper === undefined ? {} : { ratio_upper: upper }),
  };
}

function toTotal({ tally, window }: Counted, steps: readonly TimeStep[]): SummaryNumbers['total'][number] {
  const { layer } = tally.selected;
  const inside = [...tally.inside.values()].map((each) => rounded(each, layer.geometry));
  const all = totalOf([...inside, rounded(tally.outside, layer.geometry)]);
  const { records, ...values } = toValues(tally, all);
  const change = changeOf(totalOf(inside), steps);
  return {
    ...values,
    // A line that runs through two units is one: only of points the records of the units add up.
    ...(layer.geometry === 'point' && records !== undefined ? { records } : {}),
    ...(window.from === null ? {} : { from: window.from }),
    ...(window.to === null ? {} : { to: window.to }),
    ...(window.months === undefined ? {} : { months: window.months }),
    units: inside.filter((each) => each.records > 0 || each.size > 0).length,
    ...(change ? { change } : {}),
  };
}

function toOutside({ tally }: Counted): Values {
  const { geometry } = tally.selected.layer;
  const { records, ...values } = toValues(tally, rounded(tally.outside, geometry));
  return geometry === 'polygon' || records === undefined ? values : { records, ...values };
}

export function toNumbers(
  counted: readonly Counted[],
  units: readonly Unit[],
  steps: readonly TimeStep[],
): SummaryNumbers {
  const valuesIn = ({ key, areaKm2 }: Unit): Values[] =>
    counted.map((each) => {
      const { tally } = each;
      const found = tally.inside.get(key) ?? emptyTally(tally.measures.length, tally.outside.series.length);
      const inUnit = rounded(found, tally.selected.layer.geometry);
      return { ...toValues(tally, inUnit), ...rateOf(each, inUnit, areaKm2) };
    });
  return {
    ...(steps.length === 0 ? {} : { steps: steps.map(({ from, to, isWhole }) => ({ from, to, is_whole: isWhole })) }),
    total: counted.map((each) => toTotal(each, steps)),
    units: units.map((unit) => ({
      unit: unit.id,
      ...(unit.title === undefined ? {} : { name: unit.title.en }),
      area_km2: unit.areaKm2,
      ...(unit.cutKm2 > 0 ? { shared_km2: unit.cutKm2 } : {}),
      values: valuesIn(unit),
    })),
    outside: counted.map(toOutside),
  };
}
