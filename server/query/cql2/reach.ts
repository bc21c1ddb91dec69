import type { Position } from '../../core/cql2/ast.ts';

/** A degree of latitude is never shorter than this, in metres (WGS 84, at the equator: 110,574). */
const DEGREE_M = 110_500;
const RADIANS = Math.PI / 180;

/** Degrees by which the shortest way along edges of records leaves their box: enough for edges of 50 degrees. */
const BULGE_OF_RECORDS = 5;

/**
 * West, south, east, north of a box with all that lies within so many metres of the positions and the edges between them;
 * none where that would be no help. Generous: the exact test comes after. Edges are great circles on the ellipsoid and leave
 * the box of their ends towards the pole, by less than the square of their longitudes' difference / 12, in radians.
 */
export function reach(
  positions: readonly Position[],
  metres: number,
  isPoint: boolean,
): readonly [number, number, number, number] | undefined {
  const longitudes = positions.map(([longitude]) => longitude);
  const latitudes = positions.map(([, latitude]) => latitude);
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)];
  if (east - west > 60) return undefined;
  const bulge = ((east - west) * RADIANS) ** 2 / 12 / RADIANS;
  const margin = metres / DEGREE_M + bulge + (isPoint ? 0 : BULGE_OF_RECORDS) + 1e-6;
  const [south, north] = [Math.min(...latitudes) - margin, Math.max(...latitudes) + margin];
  const farthest = Math.max(Math.abs(south), Math.abs(north));
  if (farthest >= 85) return [-180, Math.max(-90, south), 180, Math.min(90, north)];
  // Along a parallel a degree is shorter by the cosine, and the widest point of a circle lies a little towards the pole.
  const wide = (margin / Math.cos(farthest * RADIANS)) * 1.1;
  const isOver = west - wide < -180 || east + wide > 180;
  return isOver ? [-180, south, 180, north] : [west - wide, south, east + wide, north];
}
