import { type LonLats, type Position, squaredLine, toGeocentric, toPosition } from '../../stats/geocentric.ts';
import type { NearPairs } from '../../stats/knox.ts';
import { nearMetres } from '../../stats/near-metres.ts';
import { NearPlaces } from '../../stats/near-places.ts';
import { bandOf } from '../bands.ts';

/** Cubes are as wide as the straight line under a distance on a sphere; this much farther it is longer than any way within reach. */
const WIDER = 1.001;

/** Places between which the caller may let others have their turn. */
const STEP = 16;

/**
 * Every pair of places whose geodesic distance lies in a band, each once, found by a grid of cubes through the earth.
 * A straight line through the earth is never longer than the way on its surface. They are counted before anything is held.
 * @param places in an order in which neighbours on the map are mostly neighbours in the list, which is quicker
 * @param edges of the bands, metres
 * @param most pairs that are nearer than the last edge; undefined when there are more
 * @yields how many places are done
 */
export function* findNearPairs(
  { lons, lats }: LonLats,
  edges: readonly number[],
  most: number,
): Generator<number, NearPairs | undefined, undefined> {
  const reach = edges.at(-1) as number;
  const xyz = toGeocentric({ lons, lats });
  const cubes = new NearPlaces(xyz, reach * WIDER);
  const offsets = new Int32Array(lons.length + 1);
  const each = (index: number, call: (other: number) => void) => {
    for (const cube of cubes.around(xyz, index)) {
      const end = cubes.offsets[cube + 1] as number;
      for (let at = cubes.offsets[cube] as number; at < end; at += 1) {
        const other = cubes.members[at] as number;
        if (other > index && squaredLine(xyz, index, other) <= reach * reach) call(other);
      }
    }
  };
  let counted = 0;
  const countOne = () => {
    counted += 1;
  };
  for (let index = 0; index < lons.length; index += 1) {
    each(index, countOne);
    if (counted > most) return undefined;
    if (index % STEP === 0) yield index;
  }
  const [members, bands] = [new Int32Array(counted), new Uint8Array(counted)];
  const positions = Array.from(lons, (lon, index) => toPosition(lon, lats[index] as number));
  let found = 0;
  for (const [index, here] of positions.entries()) {
    each(index, (other) => {
      const band = bandOf(edges, nearMetres(here, positions[other] as Position));
      if (band < 0) return;
      members[found] = other;
      bands[found] = band;
      found += 1;
    });
    offsets[index + 1] = found;
    if (index % STEP === 0) yield index;
  }
  // A view, and no copy: few of those counted are in no band.
  return { offsets, members: members.subarray(0, found), bands: bands.subarray(0, found), count: edges.length - 1 };
}
