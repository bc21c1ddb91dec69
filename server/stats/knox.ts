import { shuffle } from './shuffle.ts';
import { type PairCounter, type Places, sweepPairs } from './sweep-pairs.ts';

/** Pairs of events that are near one another, each once: those of event i are the places `offsets[i]` to `offsets[i + 1]`. */
export interface NearPairs {
  /** One longer than there are events. */
  readonly offsets: Int32Array;
  /** The other event of each pair. */
  readonly members: Int32Array;
  /** Its band of distance, from 0. */
  readonly bands: Uint8Array;
  /** How many bands of distance there are. */
  readonly count: number;
}

/** Of each band of distance and of time, distance-major: index = band of distance * bands of time + band of time. */
export interface Knox {
  /** Of all events: n (n - 1) / 2. */
  readonly pairs: number;
  /** Pairs of each band of distance, whatever their time, and of each band of time, whatever their distance. */
  readonly inSpace: Float64Array;
  readonly inTime: Float64Array;
  readonly observed: Float64Array;
  readonly expected: Float64Array;
  /** (M + 1) / (R + 1): M of R permutations have as many pairs, or more. */
  readonly p: Float64Array;
}

/** Nothing can be said: of fewer than two events, and of events on one day, whose dates can be permuted to no other order. */
export type KnoxUndefined = { readonly notDefined: 'too-few' | 'one-day' };

/** Pairs of days that are less than each edge apart. */
function pairsBelow(days: Int32Array, edges: readonly number[]): Float64Array {
  const sorted = Int32Array.from(days).sort();
  return Float64Array.from(edges, (edge) => {
    let [pairs, first] = [0, 0];
    for (let last = 0; last < sorted.length; last += 1) {
      while (first < last && (sorted[last] as number) - (sorted[first] as number) >= edge) first += 1;
      pairs += last - first;
    }
    return pairs;
  });
}

/** The band of each whole number of days below the last edge; `count`: of none. */
function bandsOfGaps(edges: readonly number[], count: number): Uint8Array {
  const bands = new Uint8Array(edges.at(-1) as number).fill(count);
  for (let band = 0; band < count; band += 1) bands.fill(band, edges[band], edges[band + 1]);
  return bands;
}

/** Counts the pairs of a list in their bands. Pairs of no band of time are counted beside. */
function countPairs({ offsets, members, bands }: NearPairs, gaps: Uint8Array, width: number): PairCounter {
  const last = gaps.length;
  return (days, counts) => {
    let pair = 0;
    for (let event = 0; event < days.length; event += 1) {
      const day = days[event] as number;
      const end = offsets[event + 1] as number;
      for (; pair < end; pair += 1) {
        const gap = Math.abs(day - (days[members[pair] as number] as number));
        // Most pairs are too long apart: they cost no more than this.
        if (gap < last) {
          const place = (bands[pair] as number) * width + (gaps[gap] as number);
          counts[place] = (counts[place] as number) + 1;
        }
      }
    }
  };
}

/** Nanoseconds, measured: of a pair of the list; along the days, of an event, and of a pair that is near in time. */
const COST = { listed: 2.2, event: 200, met: 14 } as const;
/** Days from the first to the last, of which each has a number when events are put in order. */
const LONGEST = 1_000_000;

/** Whether going along the days is quicker than going through the list. @param share of all pairs, near in time */
const isQuicker = ({ members }: NearPairs, events: number, share: number) =>
  events * COST.event + members.length * share * COST.met < members.length * COST.listed;

/**
 * Whether events near in space are near in time too, more often than if the places and the days had nothing to do with one
 * another: Knox 1964, The detection of space-time interactions, Applied Statistics 13, 25-29, for bands of distance and of time.
 * Expected are N_S N_T / pairs. The days are permuted among the events (Mantel 1967, The detection of disease clustering and a
 * generalized regression approach, Cancer Research 27, 209-220), which keeps N_S and N_T.
 * @param days of each event, whole numbers
 * @param edges of the bands of time, whole days, rising, from 0 or more: a band is from one edge to the next, which it leaves out
 * @param random uniform in [0, 1): the same gives the same, for events in the same order
 * @param places where the events are, and the edges of the bands of distance in metres: many permuted pairs are then counted
 *   sooner, and they are the same
 * @yields how many permutations are done, after each: where the caller may let others have their turn
 * @throws RangeError
 */
export function* knox(
  days: Int32Array,
  near: NearPairs,
  edges: readonly number[],
  permutations: number,
  random: () => number,
  places?: Places & { readonly metres: readonly number[] },
): Generator<number, Knox | KnoxUndefined, undefined> {
  const rises = edges.every((edge, index) => Number.isInteger(edge) && edge > (edges[index - 1] ?? -1));
  if (edges.length < 2 || edges.length > 200 || !rises) throw new RangeError(`edges of days must rise: ${edges}`);
  if (near.offsets.length !== days.length + 1) throw new RangeError('every event has its pairs');
  if (!(Number.isInteger(permutations) && permutations > 0)) throw new RangeError(`permutations: ${permutations}`);
  if (days.length < 2) return { notDefined: 'too-few' };
  if (days.every((day) => day === days[0])) return { notDefined: 'one-day' };
  const pairs = (days.length * (days.length - 1)) / 2;
  const times = edges.length - 1;
  const below = pairsBelow(days, edges);
  const inTime = Float64Array.from({ length: times }, (_, band) => (below[band + 1] ?? 0) - (below[band] ?? 0));
  const inSpace = new Float64Array(near.count);
  for (const band of near.bands) inSpace[band] = (inSpace[band] as number) + 1;

  // One column more: pairs nearer in time than the first edge.
  const width = times + 1;
  const gaps = bandsOfGaps(edges, times);
  const seen = new Float64Array(near.count * width);
  const count = countPairs(near, gaps, width);
  count(days, seen);
  const [first] = days as Int32Array & [number];
  const share = (below.at(-1) as number) / pairs;
  const span = days.reduce((most, day) => Math.max(most, Math.abs(day - first)), 0);
  const isSwept = places !== undefined && span < LONGEST && isQuicker(near, days.length, share);
  const countPermuted = isSwept ? sweepPairs(places, days, places.metres, gaps, width) : count;
  const asMany = new Float64Array(seen.length);
  const permuted = Int32Array.from(days);
  const counts = new Float64Array(seen.length);
  for (let round = 1; round <= permutations; round += 1) {
    shuffle(permuted, random);
    counts.fill(0);
    countPermuted(permuted, counts);
    for (const [place, count] of counts.entries())
      if (count >= (seen[place] as number)) asMany[place] = (asMany[place] as number) + 1;
    yield round;
  }

  const ofBands = (value: (place: number, space: number, time: number) => number) =>
    Float64Array.from({ length: near.count * times }, (_, index) => {
      const [space, time] = [Math.floor(index / times), index % times];
      return value(space * width + time, space, time);
    });
  return {
    pairs,
    inSpace,
    inTime,
    observed: ofBands((place) => seen[place] as number),
    expected: ofBands((_, space, time) => ((inSpace[space] as number) * (inTime[time] as number)) / pairs),
    p: ofBands((place) => ((asMany[place] as number) + 1) / (permutations + 1)),
  };
}
