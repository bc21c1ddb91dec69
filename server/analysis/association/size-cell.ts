import { toPosition } from '../../stats/geocentric.ts';
import { besides, FINE } from './fineness.ts';
import type { Inside } from './inside.ts';
import { cornerOf, type Lattice } from './lattice.ts';
import type { Nearest } from './nearest.ts';

/** Bands of distance to `to`, and of distance to the nearest place. */
export interface Bands {
  /** Whether the first is what lies inside polygons of `to`. */
  readonly hasInside: boolean;
  /** Metres: where each band with an end ends. What is beyond the last is one band more. */
  readonly ends: readonly number[];
  /** All of them: with inside and beyond. */
  readonly count: number;
  /** The same of places; one for all where there are none. */
  readonly placeEnds: readonly number[];
  readonly strata: number;
}

/** How much ground there is, in cells of the lattice. Parts of cells are powers of a quarter: their sums have no crumbs. */
export interface Sizes {
  /** By stratum and band: index = stratum * bands + band. */
  readonly cells: Float64Array;
  /** Of each band, the sum of the squares of the parts in which it may meet another: each is counted by one place in it, at random. */
  readonly doubtSquared: Float64Array;
}

export const emptySizes = ({ count, strata }: Bands): Sizes => ({
  cells: new Float64Array(count * strata),
  doubtSquared: new Float64Array(count),
});

/** The band of a distance; beyond the last end there is one more. */
export function bandAmong(ends: readonly number[], metres: number): number {
  const found = ends.findIndex((end) => metres < end);
  return found < 0 ? ends.length : found;
}

/** What is known of any place in degrees. */
export interface Distances {
  readonly to: Nearest;
  readonly place: Nearest | undefined;
  /** Metres to the outline of the nearest polygon, and whether a place lies in one; undefined where `to` has none. */
  readonly polygons: { readonly outline: Nearest; readonly inside: Inside } | undefined;
}

/** How finely cells are cut. */
export interface Fineness {
  /** Metres from the middle to a corner: smaller cells are not cut where bands of `to` meet, nor where those of places do. */
  readonly least: { readonly to: number; readonly place: number };
  /** Metres to which they are cut along outlines. */
  readonly outline: number;
}

const MAX_DEPTH = 8;

/** Whether an end of a band may lie in a cell that is too large to be counted by its middle. */
function isToBeCut(ends: readonly number[], metres: number, radius: number, least: number): boolean {
  if (radius <= least) return false;
  return ends.some((end, index) => Math.abs(metres - end) < radius && radius > besides(ends, index) / FINE);
}

const isInDoubt = (ends: readonly number[], metres: number, radius: number) =>
  ends.some((end) => Math.abs(metres - end) < radius);

/**
 * Adds the ground of a cell of the lattice, cut into four again and again where bands may meet in it, the ground inside of
 * polygons being a band too: no place of a cell is farther from its middle than a corner, and distances change by no more than that.
 * @param isInside whether its middle lies in a polygon
 * @param random uniform in [0, 1): where in a part that is in doubt it is measured
 */
export function sizeCell(
  lattice: Lattice,
  { column, row, isInside }: { readonly column: number; readonly row: number; readonly isInside: boolean },
  bands: Bands,
  distances: Distances,
  { least, outline: fine }: Fineness,
  { cells, doubtSquared }: Sizes,
  random: () => number,
): void {
  const shift = bands.hasInside ? 1 : 0;
  const { polygons } = distances;
  /** @param isIn whether all of it lies inside, or all outside; undefined: nobody knows */
  const add = (across: number, up: number, depth: number, isIn: boolean | undefined) => {
    const size = 0.5 ** depth;
    const [lon, lat] = cornerOf(lattice, across + size / 2, up + size / 2);
    const middle = toPosition(lon, lat);
    const apart = (x: number, y: number) => {
      const corner = toPosition(...cornerOf(lattice, x, y));
      return Math.hypot(corner[0] - middle[0], corner[1] - middle[1], corner[2] - middle[2]);
    };
    // The corners of the south are as far from the middle as each other, and so are those of the north.
    const radius = 1.001 * Math.max(apart(across, up), apart(across, up + size));
    const isMiddleIn = isIn ?? (depth === 0 ? isInside : (polygons?.inside(lon, lat) ?? false));
    const isCrossed = isIn === undefined && polygons !== undefined && polygons.outline(lon, lat) < radius;
    const isWhollyIn = isMiddleIn && !isCrossed;
    // What touches a shape is no farther from it than its middle and a radius.
    const metres = isMiddleIn ? 0 : distances.to(lon, lat);
    const away = distances.place?.(lon, lat);
    const cut =
      (isCrossed && radius > fine * Math.SQRT1_2) ||
      (!isWhollyIn && isToBeCut(bands.ends, metres, radius, least.to)) ||
      (away !== undefined && isToBeCut(bands.placeEnds, away, radius, least.place));
    if (cut && depth < MAX_DEPTH) {
      const half = size / 2;
      const known = isCrossed ? undefined : isMiddleIn;
      for (const [x, y] of [
        [across, up],
        [across + half, up],
        [across, up + half],
        [across + half, up + half],
      ] as const)
        add(x, y, depth + 1, known);
      return;
    }
    const part = size * size;
    const nearest = isCrossed || isWhollyIn ? 0 : bandAmong(bands.ends, Math.max(0, metres - radius)) + shift;
    const farthest = isWhollyIn ? 0 : bandAmong(bands.ends, metres + radius) + shift;
    let [isThereIn, far, farFromPlace] = [isMiddleIn, metres, away];
    if (nearest < farthest || (away !== undefined && isInDoubt(bands.placeEnds, away, radius))) {
      // Anywhere in it: of middles all along an end that runs with the rows would be wrong together.
      const spot = cornerOf(lattice, across + size * random(), up + size * random());
      if (isCrossed) isThereIn = polygons?.inside(...spot) ?? false;
      far = isThereIn ? 0 : distances.to(...spot);
      farFromPlace = distances.place?.(...spot);
    }
    const band = isThereIn ? 0 : bandAmong(bands.ends, far) + shift;
    const place = (farFromPlace === undefined ? 0 : bandAmong(bands.placeEnds, farFromPlace)) * bands.count + band;
    cells[place] = (cells[place] as number) + part;
    // What may lie in another band is in doubt in all that it may lie in.
    for (let one = nearest; one <= farthest && nearest < farthest; one += 1)
      doubtSquared[one] = (doubtSquared[one] as number) + part * part;
  };
  add(column, row, 0, polygons === undefined ? false : undefined);
}
