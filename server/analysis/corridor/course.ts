import { type Balls, toBalls } from './balls.ts';
import type { Position } from './earth.ts';
import type { Piece } from './piece.ts';

/** The place of a course that is nearest to a position. */
export interface Nearest {
  /** Metres, straight through the earth. */
  readonly chord: number;
  /** Metres along the course. */
  readonly chainage: number;
  readonly foot: Position;
}

/** Places of a course as near as each other to within so many metres are as near as each other: then the first counts. */
const SAME_M = 0.05;
/** Closer together along the course than this they are one place. */
const APART_M = 200;

// Not Math.hypot, which is ten times slower and is most of the work here.
const squared = (ax: number, ay: number, az: number, bx: number, by: number, bz: number) =>
  (ax - bx) * (ax - bx) + (ay - by) * (ay - by) + (az - bz) * (az - bz);

/** A line to measure from: pieces one behind the other, at least one. */
export class Course {
  readonly #pieces: readonly Piece[];
  readonly #balls: Balls;
  /** Of the ball that is looked at, those that wait. */
  readonly #stack = new Int32Array(64);
  /** What `#measure` found: how far along the piece, 0 to 1, and the square of the distance. */
  #share = 0;
  #distance2 = 0;

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces;
    this.#balls = toBalls(pieces);
  }

  /** The nearest place; of several as near any. */
  nearest(at: Position): Nearest {
    let [best, least, share] = [-1, Infinity, 0];
    this.#visit(
      at,
      () => Math.sqrt(least),
      (index) => {
        this.#measure(index, at);
        if (this.#distance2 < least) [best, least, share] = [index, this.#distance2, this.#share];
      },
    );
    const { from, to, start, length } = this.#pieces[best] as Piece;
    const along = (axis: 0 | 1 | 2) => from[axis] + share * (to[axis] - from[axis]);
    return { chord: Math.sqrt(least), chainage: start + share * length, foot: [along(0), along(1), along(2)] };
  }

  /** The nearest place; of several as near, as where a course crosses itself, the one with the smallest chainage. */
  locate(at: Position): Nearest {
    const nearest = this.nearest(at);
    const farthest = nearest.chord + SAME_M;
    let first = nearest.chainage;
    this.#visit(
      at,
      () => farthest,
      (index) => {
        const { start, length } = this.#pieces[index] as Piece;
        if (start >= first) return;
        this.#measure(index, at);
        if (this.#distance2 <= farthest * farthest) first = Math.min(first, start + this.#share * length);
      },
    );
    return nearest.chainage - first > APART_M ? { ...nearest, chainage: first } : nearest;
  }

  /**
   * Between which metres along the course the places lie that are the nearest of any position within `radius` of one.
   * Moving by v changes |p - q|^2 - |p - f|^2 by 2 v (f - q): so q can be nearer than the nearest place f only where
   * |at - q|^2 - |at - f|^2 <= 2 radius |f - q|.
   */
  reach(at: Position, { chord, foot, chainage }: Nearest, radius: number): readonly [first: number, last: number] {
    const least = (chord + 2 * SAME_M) ** 2;
    let [first, last] = [chainage, chainage];
    // No farther than that from `at`, and so no farther than twice it from f.
    const farthest = chord + 2 * SAME_M + 2 * radius;
    this.#visit(
      at,
      () => farthest,
      (index) => {
        const { from, to, start, length } = this.#pieces[index] as Piece;
        if (start >= first && start + length <= last) return;
        this.#measure(index, at);
        const ends = Math.max(squared(...from, ...foot), squared(...to, ...foot));
        if (this.#distance2 > least + 2 * radius * Math.sqrt(ends)) return;
        first = Math.min(first, start);
        last = Math.max(last, start + length);
      },
    );
    return [first, last];
  }

  #measure(index: number, [x, y, z]: Position): void {
    const { from, to } = this.#pieces[index] as Piece;
    const [fx, fy, fz] = from;
    const [dx, dy, dz] = [to[0] - fx, to[1] - fy, to[2] - fz];
    const share = ((x - fx) * dx + (y - fy) * dy + (z - fz) * dz) / (dx * dx + dy * dy + dz * dz);
    this.#share = Math.max(0, Math.min(1, share));
    this.#distance2 = squared(x, y, z, fx + this.#share * dx, fy + this.#share * dy, fz + this.#share * dz);
  }

  /** The pieces of the balls that lie within `limit()` metres, which may become less on the way; the nearer half first. */
  #visit([x, y, z]: Position, limit: () => number, see: (index: number) => void): void {
    const { centres, radii, firsts, ends, seconds } = this.#balls;
    const stack = this.#stack;
    const away = (ball: number) =>
      squared(x, y, z, centres[3 * ball] as number, centres[3 * ball + 1] as number, centres[3 * ball + 2] as number);
    let waiting = 0;
    stack[waiting++] = 0;
    while (waiting > 0) {
      const ball = stack[--waiting] as number;
      const reach = limit() + (radii[ball] as number);
      if (away(ball) > reach * reach) continue;
      const second = seconds[ball] as number;
      if (second === 0) {
        for (let index = firsts[ball] as number; index < (ends[ball] as number); index++) see(index);
        continue;
      }
      const isFirstNearer = away(ball + 1) < away(second);
      stack[waiting++] = isFirstNearer ? second : ball + 1;
      stack[waiting++] = isFirstNearer ? ball + 1 : second;
    }
  }
}
