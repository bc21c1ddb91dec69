import { firstDay, periodOf, type Span, STEPS, type Step, toDay, toNumber } from './calendar.ts';

/** Records of one layer that are in view, by the days of their validity: half-open [from, to), null is open. */
export interface LayerTimes {
  /** Whether what is modelled is in it, which is drawn apart. */
  readonly isModelled: boolean;
  /** Whether its records are true for a while (areas, camps); else they are events. */
  readonly isRange: boolean;
  readonly spans: readonly (readonly [from: number | null, to: number | null])[];
  /** Of its hexagons in view: how many by month, the first being `firstMonth` (months since the year 0). */
  readonly months: { readonly firstMonth: number; readonly counts: readonly number[]; readonly undated: number } | null;
}

export interface Histogram {
  readonly unit: Step;
  /** Day numbers: where each bar begins, and where the last one ends. */
  readonly edges: readonly number[];
  readonly documented: readonly number[];
  readonly modelled: readonly number[];
  /** Records that are in force at some time within the bar. */
  readonly inForce: readonly number[];
  /** Events that no bar shows, since no day is known, or less than the bar's length. */
  readonly undated: number;
  readonly imprecise: number;
}

/** Narrower bars cannot be told apart. */
const NARROWEST_PX = 4;
const LENGTHS: Record<Step, number> = { day: 1, week: 7, month: 30.4, quarter: 91.3, year: 365.25 };

/** The shortest unit whose bars can be seen; hexagons are counted by month at the finest. */
export function unitFor(limits: Span, width: number, isByMonth: boolean): Step {
  const days = toNumber(limits.to) - toNumber(limits.from) + 1;
  const fits = (step: Step) => (days / LENGTHS[step]) * NARROWEST_PX <= width;
  const steps = isByMonth ? STEPS.slice(STEPS.indexOf('month')) : STEPS;
  return steps.find(fits) ?? 'year';
}

/** The bars' edges: whole periods that cover the limits. */
export function edgesOf(limits: Span, unit: Step): number[] {
  const edges: number[] = [];
  let day = periodOf(limits.from, unit).from;
  while (day <= limits.to) {
    edges.push(toNumber(day));
    day = toDay(toNumber(periodOf(day, unit).to) + 1);
  }
  return [...edges, toNumber(day)];
}

export function toHistogram(layers: readonly LayerTimes[], limits: Span, unit: Step): Histogram {
  const edges = edgesOf(limits, unit);
  const last = edges.length - 2;
  const [documented, modelled, inForce] = [1, 2, 3].map(() => new Array<number>(last + 1).fill(0)) as [
    number[],
    number[],
    number[],
  ];
  const add = (bars: number[], bar: number, count: number) => {
    if (bar >= 0 && bar <= last) bars[bar] = (bars[bar] as number) + count;
  };
  let [undated, imprecise] = [0, 0];
  for (const { isModelled, isRange, spans, months } of layers) {
    const events = isModelled ? modelled : documented;
    for (const [from, to] of spans) {
      const first = from === null ? 0 : barOf(edges, from);
      const final = to === null ? last : barOf(edges, to - 1);
      if (isRange) for (let bar = Math.max(0, first); bar <= Math.min(last, final); bar++) add(inForce, bar, 1);
      else if (from === null || to === null) undated += 1;
      else if (first !== final) imprecise += 1;
      else add(events, first, 1);
    }
    if (!months) continue;
    if (!isRange) undated += months.undated;
    const fullest = new Map<number, number>();
    for (const [index, count] of months.counts.entries()) {
      const bar = barOf(edges, toNumber(firstDay(months.firstMonth + index)));
      if (isRange) fullest.set(bar, Math.max(fullest.get(bar) ?? 0, count));
      else add(events, bar, count);
    }
    // By month nobody can tell who is in two of them: a longer bar has as many as its fullest month.
    for (const [bar, count] of fullest) add(inForce, bar, count);
  }
  return { unit, edges, documented, modelled, inForce, undated, imprecise };
}

/** Events in the fullest bar; at least one, to divide by. */
export function tallestOf({ documented, modelled }: Histogram): number {
  return documented.reduce((most, count, bar) => Math.max(most, count + (modelled[bar] as number)), 1);
}

/** The bar that a day lies in; -1 before the first, their number after the last. */
export function barOf(edges: readonly number[], day: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] as number) <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
