import { BEYOND, chordBands, IN_DOUBT } from './chord-bands.ts';
import type { Position } from './geocentric.ts';
import { NearPlaces } from './near-places.ts';
import type { Neighbours } from './neighbours.ts';

/** Adds the pairs of events that are near in space and time to their bands: distance-major, `width` bands of time. */
export type PairCounter = (days: Int32Array, counts: Float64Array) => void;

/** Events in space. */
export interface Places {
  /** Metres, three of each, as `toGeocentric` has them. */
  readonly xyz: Float64Array;
  readonly positions: readonly Position[];
}

/** As of `findNearPairs`: cubes are a little wider than the straight line under the longest distance. */
const WIDER = 1.001;

/** Where the events of each day begin when they are in the order of their days: from the first day on. */
function dayStarts(days: Int32Array) {
  const first = days.reduce((least, day) => Math.min(least, day));
  const span = days.reduce((most, day) => Math.max(most, day - first), 0) + 1;
  const starts = new Int32Array(span);
  for (const day of days) starts[day - first] = (starts[day - first] as number) + 1;
  let from = 0;
  for (const [day, size] of starts.entries()) {
    starts[day] = from;
    from += size;
  }
  return { first, starts };
}

/** Of each cube those with higher numbers around it, one list after the other. */
function besideOf(cubes: NearPlaces, xyz: Float64Array): Neighbours {
  const offsets = new Int32Array(cubes.offsets.length);
  const members: number[] = [];
  for (let cube = 0; cube + 1 < cubes.offsets.length; cube += 1) {
    const place = cubes.members[cubes.offsets[cube] as number] as number;
    for (const other of cubes.around(xyz, place)) if (other > cube) members.push(other);
    offsets[cube + 1] = members.length;
  }
  return { offsets, members: Int32Array.from(members) };
}

/**
 * Counts pairs of events by going along those of each cube of space, and of the ones around it, in the order of their days:
 * each is held against those that are near in time, and against no other. Of pairs that are near in space few are near in time,
 * so that this looks at a few hundredths of what a list of all near pairs has. Bands of distance are told from the squared
 * chord where that leaves no doubt, else from the distance: they are those of a list that was made by `nearMetres`.
 * @param days of the events; the same ones are permuted among them in what is counted
 * @param metres edges of the bands of distance, rising
 * @param gaps the band of each whole number of days below the last edge
 * @param width bands of time
 */
export function sweepPairs(
  { xyz, positions }: Places,
  days: Int32Array,
  metres: readonly number[],
  gaps: Uint8Array,
  width: number,
): PairCounter {
  const count = days.length;
  const last = metres.length - 1;
  const longest = gaps.length;
  const cubes = new NearPlaces(xyz, (metres[last] as number) * WIDER);
  const { offsets } = cubes;
  const beside = besideOf(cubes, xyz);
  const { first, starts } = dayStarts(days);
  const { table, scale, closely } = chordBands(metres);
  // In the order of their days, and then of each cube in a row: the event, its day and where it is.
  const [order, next, ends] = [new Int32Array(count), new Int32Array(starts.length), new Int32Array(offsets.length)];
  const [events, met] = [new Int32Array(count), new Int32Array(count)];
  const [xs, ys, zs] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  // One band more: of what is in none.
  const seen = new Int32Array((last + 1) * width);

  /** The earlier of the list first, as a list of pairs has them. */
  const inDoubt = (one: number, other: number, squared: number) =>
    closely(positions[Math.min(one, other)] as Position, positions[Math.max(one, other)] as Position, squared);

  const lineUp = (permuted: Int32Array) => {
    next.set(starts);
    for (let event = 0; event < count; event += 1) {
      const day = (permuted[event] as number) - first;
      const at = next[day] as number;
      order[at] = event;
      next[day] = at + 1;
    }
    ends.set(offsets);
    for (let at = 0; at < count; at += 1) {
      const event = order[at] as number;
      const cube = cubes.cubeOf[event] as number;
      const slot = ends[cube] as number;
      ends[cube] = slot + 1;
      events[slot] = event;
      met[slot] = permuted[event] as number;
      xs[slot] = xyz[3 * event] as number;
      ys[slot] = xyz[3 * event + 1] as number;
      zs[slot] = xyz[3 * event + 2] as number;
    }
  };

  /** Counts the pairs of one event with those from a place of the lists on, as long as they are near in time. */
  const holdAgainst = (slot: number, from: number, end: number) => {
    const day = met[slot] as number;
    const until = day + longest;
    const [x, y, z] = [xs[slot] as number, ys[slot] as number, zs[slot] as number];
    for (let other = from; other < end && (met[other] as number) < until; other += 1) {
      const [dx, dy, dz] = [x - (xs[other] as number), y - (ys[other] as number), z - (zs[other] as number)];
      const squared = dx * dx + dy * dy + dz * dz;
      let band = table[Math.min(squared * scale, BEYOND) | 0] as number;
      if (band === IN_DOUBT) band = inDoubt(events[slot] as number, events[other] as number, squared);
      const place = band * width + (gaps[Math.abs(day - (met[other] as number))] as number);
      seen[place] = (seen[place] as number) + 1;
    }
  };

  return (permuted, counts) => {
    lineUp(permuted);
    seen.fill(0);
    for (let cube = 0; cube + 1 < offsets.length; cube += 1) {
      const [begin, end] = [offsets[cube] as number, offsets[cube + 1] as number];
      for (let slot = begin; slot + 1 < end; slot += 1)
        if ((met[slot + 1] as number) - (met[slot] as number) < longest) holdAgainst(slot, slot + 1, end);
      for (let nth = beside.offsets[cube] as number; nth < (beside.offsets[cube + 1] as number); nth += 1) {
        const other = beside.members[nth] as number;
        const to = offsets[other + 1] as number;
        let from = offsets[other] as number;
        for (let slot = begin; slot < end; slot += 1) {
          const since = (met[slot] as number) - longest;
          while (from < to && (met[from] as number) <= since) from += 1;
          if (from === to) break;
          if ((met[from] as number) - since < 2 * longest) holdAgainst(slot, from, to);
        }
      }
    }
    for (let place = 0; place < counts.length; place += 1)
      counts[place] = (counts[place] as number) + (seen[place] as number);
  };
}
