import type { Piece } from './piece.ts';

/** Balls around consecutive pieces, halved down to a few; a ball's first half comes right after it. */
export interface Balls {
  /** x, y, z of each. */
  readonly centres: Float64Array;
  readonly radii: Float64Array;
  /** The pieces of each: from, and until (not included). */
  readonly firsts: Int32Array;
  readonly ends: Int32Array;
  /** The number of the second half; 0: the ball is not halved. */
  readonly seconds: Int32Array;
}

const FEW = 4;

function enclose(
  pieces: readonly Piece[],
  first: number,
  end: number,
): readonly [x: number, y: number, z: number, radius: number] {
  const corners = pieces.slice(first, end).flatMap(({ from, to }) => [from, to]);
  const middle = (axis: 0 | 1 | 2) => {
    let [low, high] = [Infinity, -Infinity];
    for (const corner of corners) {
      if (corner[axis] < low) low = corner[axis];
      if (corner[axis] > high) high = corner[axis];
    }
    return (low + high) / 2;
  };
  const [x, y, z] = [middle(0), middle(1), middle(2)];
  let farthest = 0;
  for (const corner of corners) {
    farthest = Math.max(farthest, (corner[0] - x) ** 2 + (corner[1] - y) ** 2 + (corner[2] - z) ** 2);
  }
  return [x, y, z, Math.sqrt(farthest)];
}

/** @param pieces at least one */
export function toBalls(pieces: readonly Piece[]): Balls {
  const room = 2 * pieces.length;
  const balls = {
    centres: new Float64Array(3 * room),
    radii: new Float64Array(room),
    firsts: new Int32Array(room),
    ends: new Int32Array(room),
    seconds: new Int32Array(room),
  };
  let made = 0;
  const make = (first: number, end: number): number => {
    const ball = made++;
    const [x, y, z, radius] = enclose(pieces, first, end);
    balls.centres.set([x, y, z], 3 * ball);
    balls.radii[ball] = radius;
    balls.firsts[ball] = first;
    balls.ends[ball] = end;
    if (end - first > FEW) {
      const middle = (first + end) >> 1;
      make(first, middle);
      balls.seconds[ball] = make(middle, end);
    }
    return ball;
  };
  make(0, pieces.length);
  return balls;
}
