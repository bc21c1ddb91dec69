import type { Position } from '../../stats/geocentric.ts';

/** A piece of a course: straight, and so short that it is one with the surface. */
export interface Piece {
  readonly from: Position;
  readonly to: Position;
  /** Metres along the course to its beginning, and its length on the ellipsoid, above 0. */
  readonly start: number;
  readonly length: number;
}
