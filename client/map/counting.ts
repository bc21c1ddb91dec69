import type { Months } from '../../server/core/interval.ts';
import type { TimeWindow } from '../url.ts';

/** Why the page cannot count the hexagons of a layer by itself. */
export type Obstacle = 'months' | 'scale' | 'failed' | 'filter' | 'past';

/** Where the numbers of a layer's hexagons come from. */
export type Counting =
  /** All dates: the totals in the tiles. */
  | { readonly by: 'tiles' }
  /** A window of whole months, counted here. */
  | { readonly by: 'series'; readonly months: Months }
  /** Tiles of the window. */
  | { readonly by: 'server'; readonly because: Obstacle }
  /** As the server would have to, and there is none to ask. */
  | { readonly by: 'nobody'; readonly because: Obstacle };

interface Circumstances {
  readonly window: TimeWindow;
  /** The window's months; null when it cuts one. */
  readonly months: Months | null;
  /** Whether the layer's records have dates at all. */
  readonly isTimed: boolean;
  readonly resolution: number;
  /** The finest resolution with a series; null: none. */
  readonly seriesResolution: number | null;
  readonly isSeriesFailed: boolean;
  readonly hasServer: boolean;
  /** Whether the reader's filter leaves out some of the records: series are of all. */
  readonly isFiltered?: boolean;
  /** Whether records are shown as they were known then: series are of now. */
  readonly isPast?: boolean;
}

export function toCounting(now: Circumstances): Counting {
  const { window, months, resolution, seriesResolution } = now;
  const isOpen = window.from === null && window.to === null;
  if (isOpen || !now.isTimed) return { by: 'tiles' };
  const by = now.hasServer ? 'server' : 'nobody';
  if (now.isPast) return { by, because: 'past' };
  if (now.isFiltered) return { by, because: 'filter' };
  if (months === null) return { by, because: 'months' };
  if (seriesResolution === null || resolution > seriesResolution) return { by, because: 'scale' };
  return now.isSeriesFailed ? { by, because: 'failed' } : { by: 'series', months };
}
