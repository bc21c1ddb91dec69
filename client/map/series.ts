import { signal } from '@preact/signals';
import { getSeries } from '../api.ts';
import { SeriesStore } from '../state/series.ts';

/** Rises whenever a series that was asked for has come or failed. */
export const arrivals = signal(0);

/** The page's one store of series. */
export const series = new SeriesStore(getSeries, () => {
  arrivals.value += 1;
});
