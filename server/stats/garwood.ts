import { findRoot } from './find-root.ts';
import { incompleteGamma } from './incomplete-gamma.ts';

/** Events per unit of exposure, and the bounds that hold the true rate. */
export interface RateInterval {
  readonly rate: number;
  readonly lower: number;
  readonly upper: number;
}

/** The expected count under which `count` or more have the probability `tail`; 0 of no events. */
function lowerBound(count: number, tail: number): number {
  if (count === 0) return 0;
  return findRoot((mean) => incompleteGamma(count, mean).lower - tail, 0, count);
}

/** The expected count under which `count` or fewer have the probability `tail`. */
function upperBound(count: number, tail: number): number {
  if (count === 0) return -Math.log(tail);
  const above = (mean: number) => incompleteGamma(count + 1, mean).upper - tail;
  let width = 4 * Math.sqrt(count);
  while (above(count + width) > 0) width *= 2;
  return findRoot(above, count, count + width);
}

/**
 * The rate of events that come singly and independently, with its exact interval: at least `level` of such intervals hold
 * the true rate.
 * Garwood (1936), Fiducial limits for the Poisson distribution, Biometrika 28, 437-442.
 * @param count whole number of events
 * @param exposure above 0, in any unit (km2 x months): the rate is per one of it
 * @throws RangeError
 */
export function poissonInterval(count: number, exposure: number, level = 0.95): RateInterval {
  if (!(Number.isSafeInteger(count) && count >= 0)) throw new RangeError(`a count is a whole number, not ${count}`);
  if (!(exposure > 0 && exposure < Number.POSITIVE_INFINITY)) throw new RangeError(`no exposure: ${exposure}`);
  if (!(level > 0 && level < 1)) throw new RangeError(`a level lies between 0 and 1: ${level}`);
  const tail = (1 - level) / 2;
  return {
    rate: count / exposure,
    lower: lowerBound(count, tail) / exposure,
    upper: upperBound(count, tail) / exposure,
  };
}
