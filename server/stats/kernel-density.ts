import { type LonLats, toGeocentric, toSquaredLine, toSquaredMetres } from './geocentric.ts';
import { NearPlaces } from './near-places.ts';
import { quarticKernel } from './quartic-kernel.ts';

/** Events, those at one place together. */
export interface WeightedPlaces extends LonLats {
  /** Of each place: how many events, or what is summed of them. Not below 0. */
  readonly weights: Float64Array;
}

/** The density at one place, degrees, per square metre. */
export type Density = (lon: number, lat: number) => number;

/**
 * The density of events by the quartic kernel (see `quarticKernel`) with distances on the ellipsoid (see `toSquaredMetres`).
 * The earth is not a plane: over a disc of radius r the kernel adds up to 1 less about r^2 / 24 R^2 (1e-5 at 100 km, 3e-4 at
 * 500 km).
 * @param metres the bandwidth, above 0
 */
export function kernelDensity(places: WeightedPlaces, metres: number): Density {
  const given = toGeocentric(places);
  const near = new NearPlaces(given, metres);
  // In the order of the cubes: what is near lies together in memory too.
  const xyz = new Float64Array(given.length);
  for (const [index, place] of near.members.entries()) xyz.set(given.subarray(3 * place, 3 * place + 3), 3 * index);
  const weights = Float64Array.from(near.members, (place) => places.weights[place] as number);
  const most = toSquaredLine(metres);
  return (lon, lat) => {
    const here = toGeocentric({ lons: Float64Array.of(lon), lats: Float64Array.of(lat) });
    const [x, y, z] = here as unknown as [number, number, number];
    let sum = 0;
    for (const cube of near.around(here, 0)) {
      const end = near.offsets[cube + 1] as number;
      for (let index = near.offsets[cube] as number; index < end; index += 1) {
        const dx = (xyz[3 * index] as number) - x;
        const dy = (xyz[3 * index + 1] as number) - y;
        const dz = (xyz[3 * index + 2] as number) - z;
        const squared = dx * dx + dy * dy + dz * dz;
        if (squared < most) sum += (weights[index] as number) * quarticKernel(toSquaredMetres(squared), metres);
      }
    }
    return sum;
  };
}
