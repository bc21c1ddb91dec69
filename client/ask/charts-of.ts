import type { Localized } from '../../server/core/layer.ts';
import type { ProcessResult } from '../api/processes.ts';
import type { Bar, Chart } from '../charts/chart.ts';

/** What is drawn of an answer beside the map. Pure. */

type Numbers = Readonly<Record<string, unknown>>;

/** Bars that are drawn at most: the table below has all. */
const MOST = 12;

const isNumbers = (value: unknown): value is Numbers =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const inner = (numbers: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((value, name) => (isNumbers(value) ? value[name] : undefined), numbers);
const listAt = (numbers: unknown, ...path: readonly string[]): readonly Numbers[] => {
  const value = inner(numbers, ...path);
  return Array.isArray(value) ? value.filter(isNumbers) : [];
};
const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
const same = (text: unknown): Localized => ({ en: String(text ?? ''), fr: String(text ?? '') });
const isLocalized = (value: unknown): value is Localized =>
  isNumbers(value) && typeof value.en === 'string' && typeof value.fr === 'string';
const labelOf = (value: unknown): Localized => (isLocalized(value) ? value : same(value));

/** A bar of a number and the ends of its interval, which are named after it. */
function bar(label: Localized, numbers: unknown, name: string): Bar[] {
  const value = numberOf(inner(numbers, name));
  const [lower, upper] = [numberOf(inner(numbers, `${name}_lower`)), numberOf(inner(numbers, `${name}_upper`))];
  if (value === undefined) return [];
  return [{ label, value, ...(lower !== undefined && upper !== undefined && { lower, upper }) }];
}

const bars = (
  id: string,
  title: Extract<Chart, { type: 'bars' }>['title'],
  unit: string,
  all: readonly Bar[],
  more = {},
): Chart[] => (all.length < 1 ? [] : [{ type: 'bars', id, title, unit, bars: all.slice(0, MOST), ...more }]);

/** Counts by the values of a field that have words, in their order; those of none are left out. */
function byClass(result: ProcessResult, counts: unknown, part: string, field: string): Bar[] {
  const values = result.features[part]?.fields.find(({ name }) => name === field)?.values ?? [];
  return values.flatMap(({ value, title }) => {
    const number = numberOf(inner(counts, value)) ?? 0;
    return number > 0 && value !== 'none' ? [{ label: title, value: number }] : [];
  });
}

const between = (one: unknown, other: unknown): Localized => {
  const [a, b] = [labelOf(one), labelOf(other)];
  return { en: `${a.en}, ${b.en}`, fr: `${a.fr}, ${b.fr}` };
};

/** Bars of one label as one. */
function summed(all: readonly Bar[]): Bar[] {
  const byLabel = new Map<string, Bar>();
  for (const { label, value } of all)
    byLabel.set(label.en, { label, value: (byLabel.get(label.en)?.value ?? 0) + value });
  return [...byLabel.values()];
}

const INSIDE: Localized = { en: 'Near the line', fr: 'Près de la ligne' };
const OUTSIDE: Localized = { en: 'Elsewhere', fr: 'Ailleurs' };
const AS_A_WHOLE: Localized = { en: 'As a whole', fr: 'Dans l’ensemble' };
const PER_AREA = '1/1000 km2/month';

const DRAWN: Readonly<Record<string, (numbers: Numbers, result: ProcessResult) => Chart[]>> = {
  corridor: (numbers) => {
    const { study_area: area } = numbers;
    const all = [...bar(INSIDE, inner(area, 'inside'), 'rate'), ...bar(OUTSIDE, inner(area, 'outside'), 'rate')];
    return bars('rates', 'chart.rates', PER_AREA, all);
  },
  route: (numbers) => {
    const ways = listAt(numbers, 'ways');
    const rates = ways.flatMap(({ title, measures }) => bar(labelOf(title), inner(measures, 'events'), 'rate'));
    return bars('rates', 'chart.rates', '1/100 km/month', rates);
  },
  proximity: (numbers) => {
    const values = listAt(numbers, 'table').flatMap(({ distance_km: km }) => numberOf(km) ?? []);
    return values.length < 2
      ? []
      : [{ type: 'histogram', id: 'distances', title: 'chart.distances', unit: 'km', values }];
  },
  summary: (numbers) => {
    const steps = listAt(numbers, 'steps');
    const totals = listAt(numbers, 'total');
    const series = totals.flatMap(({ collection, series: values }) =>
      overSteps(
        `series-${collection}`,
        'chart.overTime',
        '1',
        steps,
        values,
        totals.length > 1 ? same(collection) : undefined,
      ),
    );
    const top = listAt(numbers, 'units')
      .flatMap(({ name, unit, values }) => {
        const [first] = Array.isArray(values) ? values.filter(isNumbers) : [];
        return bar(labelOf(name ?? unit), { value: numberOf(first?.records) }, 'value');
      })
      .filter(({ value }) => value > 0)
      .sort((a, b) => b.value - a.value);
    return [...series, ...bars('units', 'chart.most', '1', top)];
  },
  crossings: (numbers) =>
    listAt(numbers, 'dates').flatMap((date, at) => {
      const all = summed(
        listAt(date, 'total').map(({ actors, state, km }) => ({
          label: holders(actors, state),
          value: numberOf(km) ?? 0,
        })),
      );
      return bars(`ground-${at + 1}`, 'chart.ground', 'km', all, { of: same(String(date.at).slice(0, 10)) });
    }),
  exposure: (numbers) =>
    bars(
      'scores',
      'chart.scores',
      '1',
      listAt(numbers, 'top').flatMap((row) => bar(labelOf(row.name ?? row.record), row, 'score')),
    ),
  trace: (numbers) => {
    const all = listAt(numbers, 'lots').flatMap(({ lot, path }): Bar[] => {
      const [km, lower, upper] = ['km', 'km_min', 'km_max'].map((name) => numberOf(inner(path, name)));
      return km === undefined || lower === undefined || upper === undefined
        ? []
        : [{ label: same(lot), value: km, lower, upper }];
    });
    return bars('paths', 'chart.paths', 'km', all);
  },
  timeline: (numbers) => {
    const all = listAt(numbers, 'spans').map(({ actors, days, status }) => ({
      label: holders(actors, status),
      value: numberOf(days) ?? 0,
    }));
    return bars('days', 'chart.days', 'd', summed(all));
  },
  change: (numbers) => {
    const units = listAt(numbers, 'units')
      .filter(({ ratio_upper: upper, change }) => numberOf(upper) !== undefined && change !== 'too-few')
      .flatMap((unit) => bar(labelOf(unit.name ?? unit.unit), unit, 'ratio'));
    return bars('ratios', 'chart.change', '1', [...bar(AS_A_WHOLE, numbers.total, 'ratio'), ...units], {
      isRatio: true,
    });
  },
  coverage: (numbers) => {
    const steps = listAt(numbers, 'steps');
    return [
      ...overSteps(
        'events',
        'chart.reports',
        '1',
        steps,
        steps.map(({ events }) => events),
      ),
      ...overSteps(
        'units',
        'chart.unitsReported',
        '1',
        steps,
        steps.map(({ units }) => units),
      ),
    ];
  },
  density: (numbers) =>
    bars(
      'levels',
      'chart.levels',
      'km2',
      listAt(numbers, 'levels').flatMap(({ share, area_km2: km2 }) => {
        const label = `${Math.round((numberOf(share) ?? 0) * 100)} %`;
        return bar(same(label), { value: km2 }, 'value');
      }),
    ),
  clusters: (numbers) =>
    bars(
      'clusters',
      'chart.clusters',
      '1',
      listAt(numbers, 'table').flatMap((row) =>
        bar(between(row.first_day, row.last_day), { value: row.events }, 'value'),
      ),
    ),
  'near-repeat': (numbers) =>
    bars(
      'bands',
      'chart.repeats',
      '1',
      listAt(numbers, 'bands').flatMap((band) =>
        band.verdict === 'too-few' ? [] : bar(between(band.distance, band.time), { value: band.ratio }, 'value'),
      ),
      { isRatio: true },
    ),
  association: (numbers) => {
    const bands = listAt(numbers, 'bands').filter(({ ratio }) => ratio !== undefined);
    const plain = bands.flatMap((band) => bar(labelOf(band.distance), band, 'ratio'));
    const adjusted = bands.flatMap((band) => bar(labelOf(band.distance), band.adjusted, 'ratio'));
    return [
      ...bars('by-area', 'chart.byArea', '1', plain, { isRatio: true }),
      ...bars('adjusted', 'chart.adjusted', '1', adjusted, { isRatio: true }),
    ];
  },
  hotspots: (numbers, result) =>
    bars('verdicts', 'chart.verdicts', '1', byClass(result, numbers.verdicts, 'hexagons', 'verdict')),
  'emerging-hotspots': (numbers, result) =>
    bars('classes', 'chart.classes', '1', byClass(result, numbers.classes, 'hexagons', 'class')),
  trend: (numbers, { units }) => trendCharts(numbers, units),
};

const RECORDED_BY_NOBODY: Localized = { en: 'not recorded', fr: 'non renseigné' };

function holders(actors: unknown, state: unknown): Localized {
  const names = Array.isArray(actors) ? actors.join(', ') : '';
  if (names === '') return state === 'not recorded' || state === undefined ? RECORDED_BY_NOBODY : same(state);
  return same(names);
}

function overSteps(
  id: string,
  title: Chart['title'],
  unit: string,
  steps: readonly Numbers[],
  values: unknown,
  of?: Localized,
): Chart[] {
  if (!Array.isArray(values) || steps.length < 3 || values.length !== steps.length) return [];
  const points = steps.map(({ from }, at) => ({ from: String(from), value: numberOf(values[at]) ?? 0 }));
  return [{ type: 'series', id, title, unit, points, ...(of && { of }) }];
}

/** The series of a whole and of its classes, each under a name of its own by what it is of. */
function trendCharts(numbers: Numbers, units: ProcessResult['units']): Chart[] {
  const steps = listAt(numbers, 'steps');
  const one = (id: string, series: unknown, of?: Localized): Chart[] => {
    if (!isNumbers(series)) return [];
    const list = Object.keys(series).find(
      (name) => Array.isArray(series[name]) && (series[name] as unknown[]).length === steps.length,
    );
    if (list === undefined) return [];
    const slopeName = Object.keys(series).find((name) => name.endsWith('slope'));
    const perYear = slopeName === undefined ? undefined : numberOf(series[slopeName]);
    const [lower, upper] = [numberOf(series[`${slopeName}_lower`]), numberOf(series[`${slopeName}_upper`])];
    const unit = units[`whole.${list}[]`] ?? '1';
    return overSteps(id, 'chart.overTime', unit, steps, series[list], of).map((chart) => ({
      ...chart,
      ...(perYear !== undefined && {
        slope: { perYear, ...(lower !== undefined && upper !== undefined && { lower, upper }) },
      }),
    }));
  };
  const classes = listAt(numbers, 'classes').slice(0, 4);
  return [
    ...one('whole', numbers.whole),
    ...classes.flatMap((each, at) => one(`class-${at + 1}`, each, same(each.class ?? '?'))),
  ];
}

/** The charts of an answer; none where a chart would say no more than the words. */
export function chartsOf(result: ProcessResult): Chart[] {
  return DRAWN[result.process]?.(result.numbers, result) ?? [];
}
