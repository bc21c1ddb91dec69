import type { PieceRow } from '../../query/analysis/association.ts';
import { toPosition } from '../../stats/geocentric.ts';
import type { Pieces } from './read-pieces.ts';

/** A cell is cut until it is so small beside the narrower of the bands that meet in it. */
export const FINE = 8;
/** Distances that are measured where bands meet, about, on either side: more say little more, and nobody waits for them. */
export const MOST_CUT = 1_000_000;
/** Distances for each metre of an end of a band, were the cells cut to one metre: measured. */
const CUTS = 6;
/** As a standard deviation, the ground inside of polygons is to be known to this share of it. */
const INSIDE = 0.005;

/** How far apart an end of a band is from those beside it, the nearer one. */
export function besides(ends: readonly number[], index: number): number {
  const end = ends[index] as number;
  return Math.min(end - (ends[index - 1] ?? 0), (ends[index + 1] ?? Number.POSITIVE_INFINITY) - end);
}

/** What ends of bands run around. */
export interface Around {
  /** Metres of lines and outlines. */
  readonly length: number;
  readonly shapes: number;
  /** Square metres of the study area. */
  readonly area: number;
}

/** Metres of an end: on both sides of a line, and around it. No more fits into the area: where shapes lie close, ends meet and vanish. */
const runOf = (end: number, { length, shapes, area }: Around) =>
  Math.min(2 * length + 2 * Math.PI * end * shapes, (2 * area) / end);

/** How many distances are measured where bands meet, about: `MOST_CUT` at most. */
export const countCuts = (ends: readonly number[], around: Around): number =>
  Math.min(MOST_CUT, countFineCuts(ends, around));

const countFineCuts = (ends: readonly number[], around: Around): number =>
  ends.reduce((sum, end, index) => sum + (CUTS * FINE * runOf(end, around)) / besides(ends, index), 0);

/** Metres below which cells are not cut, however narrow the bands: 0 where no more than `MOST_CUT` distances are measured. */
export function leastRadius(ends: readonly number[], around: Around): number {
  if (countFineCuts(ends, around) <= MOST_CUT) return 0;
  const along = (CUTS * ends.reduce((sum, end) => sum + runOf(end, around), 0)) / MOST_CUT;
  // Cells as large all over the area are no more than that either.
  return Math.min(along, Math.sqrt((2 * around.area) / MOST_CUT));
}

const lengthOf = ([, lon, lat, toLon, toLat]: PieceRow): number => {
  const [from, to] = [toPosition(lon, lat), toPosition(toLon, toLat)];
  return Math.hypot(from[0] - to[0], from[1] - to[1], from[2] - to[2]);
};

/** Metres of all pieces. */
export const lengthOfAll = (pieces: readonly PieceRow[]): number =>
  pieces.reduce((sum, piece) => sum + lengthOf(piece), 0);

/**
 * Metres to which cells are cut along outlines, so that the ground inside is known well: cells of so many metres along an outline
 * that are each counted on one side by a place at random add up to 0.6 sqrt(outline x metres^3), as a standard deviation.
 */
export function outlineFineness({ outlines }: Pieces): number {
  let [area, outline] = [0, 0];
  for (const edges of outlines) {
    const cos = Math.cos(((edges[0]?.[2] ?? 0) * Math.PI) / 180);
    // A degree is about 111 km: it only has to be about so large.
    const twice = edges.reduce((sum, [, lon, lat, toLon, toLat]) => sum + (lon * toLat - toLon * lat) * cos, 0);
    area += (Math.abs(twice) / 2) * 111_000 ** 2;
    outline += lengthOfAll(edges);
  }
  if (!(outline > 0)) return Number.POSITIVE_INFINITY;
  const fine = ((INSIDE * area) / (0.6 * Math.sqrt(outline))) ** (2 / 3);
  return Math.max(fine, (CUTS * outline) / MOST_CUT);
}
