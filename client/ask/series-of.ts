import type { Localized } from '../../server/core/layer.ts';
import type { ProcessResult } from '../api/processes.ts';
import type { Chart } from '../charts/chart.ts';
import { isNumbers, listAt, type Numbers, numberOf, same } from './numbers-at.ts';

/** A series over the steps of a question; none of fewer than three steps, or when the values are not one a step. */
export function overSteps(
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
export function trendCharts(numbers: Numbers, units: ProcessResult['units']): Chart[] {
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
