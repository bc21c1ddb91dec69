import type { Localized } from '../../server/core/layer.ts';
import type { ProcessResult } from '../api/processes.ts';
import type { Bar, Chart } from '../charts/chart.ts';
import { bar, bars, summed } from './bars-of.ts';
import type { DrawChart } from './draw-chart.ts';
import { inner, isNumbers, labelOf, listAt, numberOf, same } from './numbers-at.ts';
import { overSteps } from './series-of.ts';
import { STATISTICS_CHARTS } from './statistics-charts.ts';

/** What is drawn of an answer beside the map. Pure. */

const INSIDE: Localized = { en: 'Near the line', fr: 'Près de la ligne' };
const OUTSIDE: Localized = { en: 'Elsewhere', fr: 'Ailleurs' };
const PER_AREA = '1/1000 km2/month';

const DRAWN: Readonly<Record<string, DrawChart>> = {
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
  ...STATISTICS_CHARTS,
};

const RECORDED_BY_NOBODY: Localized = { en: 'not recorded', fr: 'non renseigné' };

function holders(actors: unknown, state: unknown): Localized {
  const names = Array.isArray(actors) ? actors.join(', ') : '';
  if (names === '') return state === 'not recorded' || state === undefined ? RECORDED_BY_NOBODY : same(state);
  return same(names);
}

/** The charts of an answer; none where a chart would say no more than the words. */
export function chartsOf(result: ProcessResult): Chart[] {
  return DRAWN[result.process]?.(result.numbers, result) ?? [];
}
