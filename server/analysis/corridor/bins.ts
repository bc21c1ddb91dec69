import { InvalidParameter } from '../../core/errors.ts';
import { MAX_BINS } from './inputs.ts';

/** Bins of chainage, each from its beginning until the next; the last ends with the line. */
export interface Bins {
  readonly widthM: number;
  readonly count: number;
}

/** The least of 1, 2, 5 times a power of ten that is not below. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((factor) => factor * power >= value * (1 - 1e-9)) ?? 10) * power;
}

/** @throws InvalidParameter when there would be too many */
export function toBins(lengthM: number, binKm: number | undefined): Bins {
  const widthM = binKm === undefined ? Math.max(100, roundUp(lengthM / 20)) : binKm * 1_000;
  const count = Math.max(1, Math.ceil(lengthM / widthM - 1e-9));
  if (count > MAX_BINS) {
    const least = Math.ceil(lengthM / MAX_BINS / 100) / 10;
    const detail = `The line of ${(lengthM / 1_000).toFixed(1)} km has ${count} bins of ${binKm} km: at most ${MAX_BINS} are given, so bin_km is at least ${least}.`;
    throw new InvalidParameter([{ pointer: '/inputs/bin_km', detail }]);
  }
  return { widthM, count };
}

/** The bin of a place along the line; one on the line between two bins is in the later. */
export const binOf = ({ widthM, count }: Bins, chainage: number): number =>
  Math.min(count - 1, Math.floor(chainage / widthM));
