import type { Localized } from '../../server/core/layer.ts';
import { bar, bars, between, byClass } from './bars-of.ts';
import type { DrawChart } from './draw-chart.ts';
import { labelOf, listAt, numberOf, same } from './numbers-at.ts';
import { overSteps, trendCharts } from './series-of.ts';

const AS_A_WHOLE: Localized = { en: 'As a whole', fr: 'Dans l’ensemble' };

/** What is drawn of the answers to questions of statistics, by process. */
export const STATISTICS_CHARTS: Readonly<Record<string, DrawChart>> = {
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
