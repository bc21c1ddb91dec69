import type { Position } from '../../stats/geocentric.ts';
import { type Balls, toBalls } from './balls.ts';
import type { Piece } from './piece.ts';

/** The place of a course that is nearest to a position. */
export interface Nearest {
  /** Metres, straight through the earth. */
  readonly chord: number;
  /** Metres along the course. */
  readonly chainage: number;
  readonly foot: Position;
  /** The number of the piece that it is on. */
  readonly piece: number;
}

/** Places of a course as near as each other to within so many metres are as near as each other: then the first counts. */
const SAME_M = 0.2;
/** Closer together along the course than this they are one place. */
const APART_M = 500;

/** Square metres: a piece that is shorter than a micrometre is a point, which has no direction. */
const NO_LENGTH = 1e-12;

/** Numbers of a piece, one behind the other: where it begins, how it goes on, 1 / length^2, its start, its length. */
const WIDTH = 9;

function toNumbers(pieces: readonly Piece[]): Float64Array {
  const numbers = new Float64Array(WIDTH * pieces.length);
  for (const [index, { from, to, start, length }] of pieces.entries()) {
    const [dx, dy, dz] = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
    const length2 = dx * dx + dy * dy + dz * dz;
    numbers.set([...from, dx, dy, dz, length2 > NO_LENGTH ? 1 / length2 : 0, start, length], WIDTH * index);
  }
  return numbers;
}

/** A line to measure from: pieces one behind the other, at least one. Written for speed: it is asked for every cell and record. */
export class Course {
  readonly #numbers: Float64Array;
  readonly #balls: Balls;
  /** Balls that wait to be looked at: two for each halving of all pieces at most. */
  readonly #stack = new Int32Array(64);
  /** What `#measure` found: how far along the piece, 0 to 1. */
  #share = 0;

  constructor(pieces: readonly Piece[]) {
    this.#numbers = toNumbers(pieces);
    this.#balls = toBalls(pieces);
  }

  /** The nearest place; of several as near any. `near`: a piece that may be near, which makes the search shorter. */
  nearest(at: Position, near = 0): Nearest {
    let [best, least] = [near, this.#measure(near, at)];
    let share = this.#share;
    let within = Math.sqrt(least);
    const { firsts, ends } = this.#balls;
    for (let ball = this.#next(at, within, 1); ball >= 0; ball = this.#next(at, within, 0)) {
      for (let index = firsts[ball] as number; index < (ends[ball] as number); index++) {
        const distance2 = this.#measure(index, at);
        if (distance2 >= least) continue;
        [best, least, share] = [index, distance2, this.#share];
        within = Math.sqrt(least);
      }
    }
    const along = (axis: number) => this.#of(best, axis) + share * this.#of(best, axis + 3);
    const chainage = this.#of(best, 7) + share * this.#of(best, 8);
    return { chord: within, chainage, foot: [along(0), along(1), along(2)], piece: best };
  }

  /** Metres along the course to the nearest place; of several as near, as where it crosses itself, to the first. */
  chainageAt(at: Position, { chord, chainage }: Nearest): number {
    const farthest = chord + SAME_M;
    let first = chainage;
    const { firsts, ends } = this.#balls;
    for (let ball = this.#next(at, farthest, 1); ball >= 0; ball = this.#next(at, farthest, 0)) {
      for (let index = firsts[ball] as number; index < (ends[ball] as number); index++) {
        const start = this.#of(index, 7);
        if (start >= first || this.#measure(index, at) > farthest * farthest) continue;
        first = Math.min(first, start + this.#share * this.#of(index, 8));
      }
    }
    return chainage - first > APART_M ? first : chainage;
  }

  /**
   * Whether the places that are nearest to any position within `radius` of one all lie between two chainages, of which the
   * second is not included. Moving by v changes |p - q|^2 - |p - f|^2 by 2 v (f - q): so q can be nearer than the nearest
   * place f only where |at - q|^2 - |at - f|^2 <= 2 radius |f - q|.
   */
  staysBetween(at: Position, { chord, foot, chainage }: Nearest, radius: number, from: number, to: number): boolean {
    if (chainage < from || chainage >= to) return false;
    const least = (chord + 2 * SAME_M) ** 2;
    // No farther than that from `at`, since |f - q| is at most the sum of both distances.
    const farthest = chord + 2 * SAME_M + 2 * radius;
    const isBetween = (first: number, last: number) =>
      this.#of(first, 7) >= from && this.#of(last, 7) + this.#of(last, 8) < to;
    const { firsts, ends } = this.#balls;
    for (let ball = this.#next(at, farthest, 1); ball >= 0; ball = this.#next(at, farthest, 0)) {
      const [first, end] = [firsts[ball] as number, ends[ball] as number];
      if (isBetween(first, end - 1)) continue;
      for (let index = first; index < end; index++) {
        if (isBetween(index, index)) continue;
        const distance2 = this.#measure(index, at);
        const apart = Math.max(this.#apart(index, foot, 0), this.#apart(index, foot, 1));
        if (distance2 <= least + 2 * radius * apart) return false;
      }
    }
    return true;
  }

  #of(piece: number, number: number): number {
    return this.#numbers[WIDTH * piece + number] as number;
  }

  /** Metres from an end of a piece, 0 or 1. */
  #apart(piece: number, at: Position, end: number): number {
    const dx = this.#of(piece, 0) + end * this.#of(piece, 3) - at[0];
    const dy = this.#of(piece, 1) + end * this.#of(piece, 4) - at[1];
    const dz = this.#of(piece, 2) + end * this.#of(piece, 5) - at[2];
    return Math.sqrt(dx * dx + dy * dy + dz * dz);
  }

  /** The square of the distance from a piece; and how far along it, in `#share`. */
  #measure(piece: number, at: Position): number {
    const numbers = this.#numbers;
    const first = WIDTH * piece;
    const x = at[0] - (numbers[first] as number);
    const y = at[1] - (numbers[first + 1] as number);
    const z = at[2] - (numbers[first + 2] as number);
    const dx = numbers[first + 3] as number;
    const dy = numbers[first + 4] as number;
    const dz = numbers[first + 5] as number;
    const share = Math.max(0, Math.min(1, (x * dx + y * dy + z * dz) * (numbers[first + 6] as number)));
    this.#share = share;
    const [ex, ey, ez] = [x - share * dx, y - share * dy, z - share * dz];
    return ex * ex + ey * ey + ez * ez;
  }

  #waiting = 0;

  /** The next ball with pieces that lies within metres, or -1; the nearer half of a larger one comes first. */
  #next(at: Position, within: number, isBegin: 0 | 1): number {
    const { radii, seconds } = this.#balls;
    const stack = this.#stack;
    if (isBegin === 1) {
      stack[0] = 0;
      this.#waiting = 1;
    }
    while (this.#waiting > 0) {
      const ball = stack[--this.#waiting] as number;
      const reach = within + (radii[ball] as number);
      if (this.#away(ball, at) > reach * reach) continue;
      const second = seconds[ball] as number;
      if (second === 0) return ball;
      const isFirstNearer = this.#away(ball + 1, at) < this.#away(second, at);
      stack[this.#waiting++] = isFirstNearer ? second : ball + 1;
      stack[this.#waiting++] = isFirstNearer ? ball + 1 : second;
    }
    return -1;
  }

  /** The square of the distance from the middle of a ball. */
  #away(ball: number, at: Position): number {
    const { centres } = this.#balls;
    const dx = at[0] - (centres[3 * ball] as number);
    const dy = at[1] - (centres[3 * ball + 1] as number);
    const dz = at[2] - (centres[3 * ball + 2] as number);
    return dx * dx + dy * dy + dz * dz;
  }
}
