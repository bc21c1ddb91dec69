import { cellToLatLng, getRes0Cells, isPentagon } from 'h3-js';
import { BASE_RESOLUTION, descendantRange } from '../../core/hex.ts';

/**
 * A cell of H3 as the range of the base cells inside it. Going down is arithmetic on that number (each resolution has three
 * bits, the coarsest highest), which is faster than texts: https://h3geo.org/docs/core-library/h3Indexing
 */
export interface Cell {
  readonly first: bigint;
  readonly resolution: number;
  /** It has six children, not seven: number 1 is missing. */
  readonly isPentagon: boolean;
}

const RESOLUTION_BITS = 52n;
const HALF = 32n;
const LOW = 0xffff_ffffn;
/** How far up the three bits of a resolution stand. */
const shiftOf = (resolution: number) => BigInt(3 * (15 - resolution));
const SHIFTS = Array.from({ length: BASE_RESOLUTION + 1 }, (_, resolution) => shiftOf(resolution));
/** All bits of the resolutions below one, down to that of base cells. */
const BELOW = SHIFTS.map((shift) => (1n << shift) - (1n << shiftOf(BASE_RESOLUTION)));
/** From a base cell to a cell of a resolution: its number, and all bits below it. */
const COARSER = SHIFTS.map((_, resolution) => BigInt(BASE_RESOLUTION - resolution) << RESOLUTION_BITS);

/** The cells of the coarsest resolution, by their numbers. */
export const WORLD: readonly Cell[] = getRes0Cells()
  .map((cell) => ({ first: BigInt(descendantRange(cell).first), resolution: 0, isPentagon: isPentagon(cell) }))
  .sort((a, b) => (a.first < b.first ? -1 : 1));

/** Cells of the next resolution, by their numbers. */
export function childrenOf({ first, resolution, isPentagon: hasSix }: Cell): Cell[] {
  const finer = resolution + 1;
  const step = 1n << (SHIFTS[finer] as bigint);
  const children: Cell[] = [];
  for (let digit = 0, child = first; digit < 7; digit++, child += step) {
    if (hasSix && digit === 1) continue;
    children.push({ first: child, resolution: finer, isPentagon: hasSix && digit === 0 });
  }
  return children;
}

/** The last base cell inside. */
export const lastOf = ({ first, resolution }: Cell): bigint => first | (BELOW[resolution] as bigint);

/** Its middle: latitude and longitude in degrees. */
export function middleOf({ first, resolution }: Cell): readonly [lat: number, lon: number] {
  const index = (first - (COARSER[resolution] as bigint)) | (BELOW[resolution] as bigint);
  return cellToLatLng([Number(index & LOW), Number(index >> HALF)]);
}
