import type { PieceRow } from '../../query/analysis/association.ts';
import { toPosition } from '../../stats/geocentric.ts';
import { nearMetres } from '../../stats/near-metres.ts';
import { Course } from '../corridor/course.ts';

/** Metres to the nearest of many shapes from a place in degrees. Asked for neighbours one after the other it is quicker. */
export type Nearest = (lon: number, lat: number) => number;

/** A point is a piece of so many metres: one of none has no direction. */
const OF_A_POINT = 1e-3;

/**
 * @param pieces points, or pieces of lines and outlines so short that they run straight; neighbours follow one another, at least one
 */
export function nearestOf(pieces: readonly PieceRow[]): Nearest {
  const course = new Course(
    pieces.map(([, lon, lat, toLon, toLat]) => {
      const from = toPosition(lon, lat);
      const isPoint = lon === toLon && lat === toLat;
      const to = isPoint ? ([from[0], from[1], from[2] + OF_A_POINT] as const) : toPosition(toLon, toLat);
      return { from, to, start: 0, length: 1 };
    }),
  );
  let near = 0;
  return (lon, lat) => {
    const at = toPosition(lon, lat);
    const { piece, foot } = course.nearest(at, near);
    near = piece;
    return nearMetres(at, foot);
  };
}
