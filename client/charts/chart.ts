import type { Localized } from '../../server/core/layer.ts';
import type { TextKey } from '../i18n/text.ts';

/** What a chart shows, with all that its table has. Pure data. */

export interface Bar {
  readonly label: Localized;
  readonly value: number;
  /** Ends of its interval, where it has one. */
  readonly lower?: number;
  readonly upper?: number;
}

interface Common {
  /** Unique in an answer. */
  readonly id: string;
  readonly title: TextKey;
  /** Of which of several the chart is; without one it is the only. */
  readonly of?: Localized;
  /** Of the values, as results have it: `km`, `1/100 km/month`; "1": numbers of things. */
  readonly unit: string;
}

export interface BarChart extends Common {
  readonly type: 'bars';
  readonly bars: readonly Bar[];
  /** Ratios: drawn by their logarithms, around 1. */
  readonly isRatio?: boolean;
}

export interface SeriesChart extends Common {
  readonly type: 'series';
  /** `from`: "YYYY-MM-DD", the first day of the step. */
  readonly points: readonly { readonly from: string; readonly value: number }[];
  /** A straight line through it: how much more each year brings, with its interval. */
  readonly slope?: { readonly perYear: number; readonly lower?: number; readonly upper?: number };
}

export interface HistogramChart extends Common {
  readonly type: 'histogram';
  readonly values: readonly number[];
}

export type Chart = BarChart | SeriesChart | HistogramChart;
