import type { Localized } from '../../server/core/layer.ts';
import type { ProcessResult } from '../api/processes.ts';
import type { Bar, Chart } from '../charts/chart.ts';
import { inner, labelOf, numberOf } from './numbers-at.ts';

/** Bars that are drawn at most: the table below has all. */
const MOST = 12;

/** A bar of a number and the ends of its interval, which are named after it. */
export function bar(label: Localized, numbers: unknown, name: string): Bar[] {
  const value = numberOf(inner(numbers, name));
  const [lower, upper] = [numberOf(inner(numbers, `${name}_lower`)), numberOf(inner(numbers, `${name}_upper`))];
  if (value === undefined) return [];
  return [{ label, value, ...(lower !== undefined && upper !== undefined && { lower, upper }) }];
}

/** A chart of bars, the first of them; none of no bar. Units as UCUM writes them. */
export const bars = (
  id: string,
  title: Extract<Chart, { type: 'bars' }>['title'],
  unit: string,
  all: readonly Bar[],
  more = {},
): Chart[] => (all.length < 1 ? [] : [{ type: 'bars', id, title, unit, bars: all.slice(0, MOST), ...more }]);

/** Counts by the values of a field that have words, in their order; those of none are left out. */
export function byClass(result: ProcessResult, counts: unknown, part: string, field: string): Bar[] {
  const values = result.features[part]?.fields.find(({ name }) => name === field)?.values ?? [];
  return values.flatMap(({ value, title }) => {
    const number = numberOf(inner(counts, value)) ?? 0;
    return number > 0 && value !== 'none' ? [{ label: title, value: number }] : [];
  });
}

/** Of a row that stands between two: both named. */
export const between = (one: unknown, other: unknown): Localized => {
  const [a, b] = [labelOf(one), labelOf(other)];
  return { en: `${a.en}, ${b.en}`, fr: `${a.fr}, ${b.fr}` };
};

/** Bars of one label as one. */
export function summed(all: readonly Bar[]): Bar[] {
  const byLabel = new Map<string, Bar>();
  for (const { label, value } of all)
    byLabel.set(label.en, { label, value: (byLabel.get(label.en)?.value ?? 0) + value });
  return [...byLabel.values()];
}
