import { type EmergingClass, emergingClass, type Heat } from '../../stats/emerging-class.ts';
import { type MannKendall, mannKendall } from '../../stats/mann-kendall.ts';
import type { Neighbours } from '../../stats/neighbours.ts';
import { significantZ } from '../../stats/significant-z.ts';
import { spaceTimeGi } from '../../stats/space-time-gi.ts';

/** Fewer steps have no trend, and classes that tell what was before say nothing. */
export const FEWEST_STEPS = 3;

/** Why no hexagon has a class. */
export const NOT_DEFINED = ['too-few-steps', 'one-cell', 'all-zero', 'all-equal', 'ring-covers-all'] as const;
export type NotDefined = (typeof NOT_DEFINED)[number];

/** A hexagon is not called hot by fewer events: `too_few`, whatever its z. */
export const FEWEST_EVENTS = 5;

/** What a hexagon is called. */
export type HexagonClass = EmergingClass | 'too_few';

/** What is said of the hexagons. By step they are at step * cells + cell. */
export interface Classified {
  readonly z: Float64Array;
  /** 1 hot, -1 cold, 0 neither, after the correction. */
  readonly heats: Int8Array;
  /** By cell. */
  readonly classes: readonly HexagonClass[];
  /** By cell: events in it and its ring in the steps in which it is hot and those before, each once. */
  readonly behind: Float64Array;
  /** By cell, of its z; absent where that never changes. */
  readonly trends: readonly (MannKendall | undefined)[];
}

/** Which way a trend goes, where it is significant. */
export function directionOf(trend: Pick<MannKendall, 's' | 'p'> | undefined, alpha: number): Heat {
  return trend && trend.p <= alpha ? (Math.sign(trend.s) as Heat) : 0;
}

/** The values of one cell, step by step. */
export function seriesOf<Values extends Float64Array | Int8Array>(values: Values, cell: number, cells: number): Values {
  const series = values.slice(0, values.length / cells) as Values;
  for (let step = 0; step < series.length; step++) series[step] = values[step * cells + cell] as number;
  return series;
}

/** The events of a cell and its ring in the steps in which it is hot and the one before each of them. */
function eventsBehind(events: Float64Array, { offsets, members }: Neighbours, heats: Int8Array, cell: number): number {
  const [cells, end] = [offsets.length - 1, offsets[cell + 1] as number];
  let sum = 0;
  for (const [step, heat] of heats.entries()) {
    if (heat !== 1 && heats[step + 1] !== 1) continue;
    for (let at = offsets[cell] as number; at < end; at++)
      sum += events[step * cells + (members[at] as number)] as number;
  }
  return sum;
}

/**
 * Gi* in space and time, corrected for the number of cells and steps; the trend of each cell's z; and the class of each.
 * @param values by step and cell
 * @param events that they are of, in the same order
 * @param alpha at most so many of the hot and cold steps are false; a trend has at most this p
 */
export function classify(
  { values, events }: { readonly values: Float64Array; readonly events: Float64Array },
  neighbours: Neighbours,
  alpha: number,
): Classified | { readonly notDefined: NotDefined } {
  const cells = neighbours.offsets.length - 1;
  if (cells === 1) return { notDefined: 'one-cell' };
  if (values.length < FEWEST_STEPS * cells) return { notDefined: 'too-few-steps' };
  if (values.every((value) => value === 0)) return { notDefined: 'all-zero' };
  const found = spaceTimeGi(values, neighbours);
  if ('notDefined' in found) return found;
  const { z } = found;
  const heats = significantZ(z, alpha);
  const trends: (MannKendall | undefined)[] = [];
  const classes: HexagonClass[] = [];
  const behind = new Float64Array(cells);
  for (let cell = 0; cell < cells; cell++) {
    const trend = mannKendall(seriesOf(z, cell, cells));
    trends.push('notDefined' in trend ? undefined : trend);
    const own = seriesOf(heats, cell, cells);
    const found = emergingClass(own, directionOf(trends[cell], alpha));
    behind[cell] = eventsBehind(events, neighbours, own, cell);
    classes.push(found.endsWith('_hot') && (behind[cell] as number) < FEWEST_EVENTS ? 'too_few' : found);
  }
  return { z, heats, classes, trends, behind };
}
