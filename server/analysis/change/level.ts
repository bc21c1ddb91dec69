import type { Counts } from './classify.ts';

/** How a count stands to the one before by its percentage alone, the largest fall last. */
export const LEVELS = ['large-rise', 'rise', 'from-none', 'limited', 'large-fall', 'too-few'] as const;
export type Level = (typeof LEVELS)[number];

/** Per cent, above 0. */
export interface Thresholds {
  /** Above it a rise. */
  readonly rise: number;
  /** Above it a large rise; not below `rise`. */
  readonly large_rise: number;
  /** A fall by more is a large one. */
  readonly large_fall: number;
}

/**
 * The level of a change between two spans of the same length, as conflict dashboards show it: a plain percentage, without a
 * test. With 10, 25 and 25 per cent these are the levels of the change map of ACLED (Trendfinder, Country Change Level Map,
 * https://acleddata.com/trendfinder/), which sets a week against the mean of the 4 or 52 before and calls what is low limited;
 * here spans of the same length are set side by side, and what is low is said to be too few to tell.
 */
export function levelOf(
  { earlier, later }: Counts,
  { rise, large_rise, large_fall }: Thresholds,
  fewest: number,
): { readonly level: Level; readonly percent?: number } {
  const percent = earlier === 0 ? {} : { percent: (100 * (later - earlier)) / earlier };
  if (earlier + later < fewest) return { level: 'too-few', ...percent };
  if (percent.percent === undefined) return { level: 'from-none' };
  // By whole numbers: a percentage such as 10 is then met to the digit.
  const gain = 100 * (later - earlier);
  if (gain > large_rise * earlier) return { level: 'large-rise', ...percent };
  if (gain > rise * earlier) return { level: 'rise', ...percent };
  return { level: -gain > large_fall * earlier ? 'large-fall' : 'limited', ...percent };
}
