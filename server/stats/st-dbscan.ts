import { squaredLine, toSquaredLine } from './geocentric.ts';
import { NearPlaces } from './near-places.ts';

/** Events with where and when they were. */
export interface DatedPlaces {
  /** Metres, three of each, as `toGeocentric` has them. */
  readonly xyz: Float64Array;
  /** First and last day on which it may have been, any count of days. First days rise: this order decides. */
  readonly first: Int32Array;
  readonly last: Int32Array;
}

export interface Reach {
  readonly metres: number;
  /** Between the last day of the earlier and the first of the later; 0 where the days of both overlap. */
  readonly days: number;
  /** Neighbours, itself included, that make an event the core of a cluster. */
  readonly minPoints: number;
}

export interface Clustering {
  /** Of each event its cluster, from 0; -1: noise. */
  readonly clusterOf: Int32Array;
  readonly isCore: Uint8Array;
  readonly clusters: number;
}

function check({ xyz, first, last }: DatedPlaces, { metres, days, minPoints }: Reach): void {
  if (!(metres > 0 && days >= 0 && minPoints >= 1)) throw new RangeError(`no reach: ${metres} ${days} ${minPoints}`);
  if (first.length !== last.length || xyz.length !== 3 * first.length) throw new RangeError('lists of unlike lengths');
  for (let event = 0; event < first.length; event += 1) {
    if ((last[event] as number) < (first[event] as number)) throw new RangeError('a last day is before the first');
    if (event > 0 && (first[event] as number) < (first[event - 1] as number))
      throw new RangeError('first days must rise');
  }
}

/** Events in the cubes around, from which the first to the last possible neighbour of each are looked at. */
class Neighbourhoods {
  readonly #events: DatedPlaces;
  readonly #reach: Reach;
  readonly #near: NearPlaces;
  readonly #squared: number;
  readonly #longest: number;
  readonly #around: number[][];

  constructor(events: DatedPlaces, reach: Reach) {
    check(events, reach);
    this.#events = events;
    this.#reach = reach;
    this.#near = new NearPlaces(events.xyz, reach.metres);
    this.#squared = toSquaredLine(reach.metres);
    const lengths = events.last.map((last, event) => last - (events.first[event] as number));
    this.#longest = lengths.reduce((most, length) => Math.max(most, length), 0);
    const { offsets, members } = this.#near;
    this.#around = Array.from({ length: offsets.length - 1 }, (_, cube) =>
      this.#near.around(events.xyz, members[offsets[cube] as number] as number),
    );
  }

  /** Where among the events of a cube the first stands whose first day is not before `day`. */
  #from(cube: number, day: number): number {
    const { offsets, members } = this.#near;
    let [low, high] = [offsets[cube] as number, offsets[cube + 1] as number];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#events.first[members[middle] as number] as number) < day) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Calls with each neighbour, itself too, until the answer is false. */
  each(event: number, call: (neighbour: number) => boolean): void {
    const { xyz, first, last } = this.#events;
    const { days } = this.#reach;
    const { offsets, members } = this.#near;
    const [begin, end] = [(first[event] as number) - days, (last[event] as number) + days];
    for (const cube of this.#around[this.#near.cubeOf[event] as number] as number[]) {
      const stop = offsets[cube + 1] as number;
      for (let place = this.#from(cube, begin - this.#longest); place < stop; place += 1) {
        const other = members[place] as number;
        if ((first[other] as number) > end) break;
        if ((last[other] as number) < begin) continue;
        if (squaredLine(xyz, event, other) <= this.#squared && !call(other)) return;
      }
    }
  }
}

/**
 * Clusters of events that are near in space and in time. An event with `minPoints` neighbours (itself one of them) within
 * both radii is a core; a cluster is all cores that reach one another from neighbour to neighbour, and their neighbours.
 * What is no core and has none near is noise. Clusters are numbered by their earliest core in the order given; an event at
 * the border of several belongs to the first. Distances as in `toSquaredMetres`.
 * Birant & Kut (2007), ST-DBSCAN: an algorithm for clustering spatial-temporal data, Data & Knowledge Engineering 60,
 * 208-221, without its third radius for a value (delta epsilon); after Ester et al. (1996), KDD-96, 226-231.
 * @yields after each neighbourhood that was looked at: where the caller may let others have their turn
 * @throws RangeError
 */
export function* stDbscan(events: DatedPlaces, reach: Reach): Generator<number, Clustering, undefined> {
  const neighbourhoods = new Neighbourhoods(events, reach);
  const all = events.first.length;
  const isCore = new Uint8Array(all);
  for (let event = 0; event < all; event += 1) {
    let found = 0;
    neighbourhoods.each(event, () => {
      found += 1;
      return found < reach.minPoints;
    });
    if (found >= reach.minPoints) isCore[event] = 1;
    yield event;
  }
  const clusterOf = new Int32Array(all).fill(-1);
  let clusters = 0;
  const open: number[] = [];
  for (let seed = 0; seed < all; seed += 1) {
    if (isCore[seed] === 0 || clusterOf[seed] !== -1) continue;
    const cluster = clusters;
    clusters += 1;
    clusterOf[seed] = cluster;
    open.push(seed);
    for (let core = open.pop(); core !== undefined; core = open.pop()) {
      neighbourhoods.each(core, (other) => {
        if (clusterOf[other] === -1) {
          clusterOf[other] = cluster;
          if (isCore[other] === 1) open.push(other);
        }
        return true;
      });
      yield all + core;
    }
  }
  return { clusterOf, isCore, clusters };
}
