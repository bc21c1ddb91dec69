import { toSquaredLine } from './geocentric.ts';

/** Cubes along an axis of the earth: of at least 100 m. */
const MOST = 131_072;
const RADIUS = 6_378_137;
const SHORTEST = (2 * RADIUS) / (MOST - 4);

/**
 * Finds places within a distance without looking at all: space is cut into cubes with edges as long as the straight line
 * under the distance, so that what is within it lies in the same cube or one of the 26 around it. Only cubes with places
 * are kept, and they know neither poles nor antimeridian.
 */
export class NearPlaces {
  readonly #edge: number;
  readonly #cubes = new Map<number, number>();
  /** Of each cube, from where to where its places stand in `members`. */
  readonly offsets: Int32Array;
  /** Places, by their cubes; of one cube in the order in which they were given. */
  readonly members: Int32Array;
  /** Of each place, its cube. */
  readonly cubeOf: Int32Array;

  /**
   * @param xyz metres, three of each place, as `toGeocentric` has them
   * @param metres the distance, above 0
   */
  constructor(xyz: Float64Array, metres: number) {
    if (!(metres > 0)) throw new RangeError(`no distance: ${metres}`);
    this.#edge = Math.max(Math.sqrt(toSquaredLine(metres)) * (1 + 1e-9), SHORTEST);
    const places = xyz.length / 3;
    this.cubeOf = new Int32Array(places);
    const sizes: number[] = [];
    for (let place = 0; place < places; place += 1) {
      const key = this.#key(this.#at(xyz, place, 0), this.#at(xyz, place, 1), this.#at(xyz, place, 2));
      const cube = this.#cubes.get(key) ?? sizes.push(0) - 1;
      this.#cubes.set(key, cube);
      this.cubeOf[place] = cube;
      sizes[cube] = (sizes[cube] as number) + 1;
    }
    this.offsets = new Int32Array(sizes.length + 1);
    for (const [cube, size] of sizes.entries()) this.offsets[cube + 1] = (this.offsets[cube] as number) + size;
    this.members = new Int32Array(places);
    const next = this.offsets.slice();
    for (let place = 0; place < places; place += 1) {
      const cube = this.cubeOf[place] as number;
      this.members[next[cube] as number] = place;
      next[cube] = (next[cube] as number) + 1;
    }
  }

  #at(xyz: Float64Array, place: number, axis: number): number {
    return Math.floor(((xyz[3 * place + axis] as number) + RADIUS) / this.#edge) + 1;
  }

  #key(x: number, y: number, z: number): number {
    return (x * MOST + y) * MOST + z;
  }

  /** The cubes with places in and around that of a position, in an order that is the same each time. */
  around(xyz: Float64Array, position: number): number[] {
    const [x, y, z] = [this.#at(xyz, position, 0), this.#at(xyz, position, 1), this.#at(xyz, position, 2)];
    const found: number[] = [];
    for (let dx = -1; dx <= 1; dx += 1) {
      for (let dy = -1; dy <= 1; dy += 1) {
        for (let dz = -1; dz <= 1; dz += 1) {
          const cube = this.#cubes.get(this.#key(x + dx, y + dy, z + dz));
          if (cube !== undefined) found.push(cube);
        }
      }
    }
    return found;
  }
}
