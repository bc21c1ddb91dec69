import { type LonLats, squaredLine, toGeocentric, toSquaredMetres } from './geocentric.ts';

/** How far events lie from their middle. Metres. */
export interface Spread {
  /** Degrees. */
  readonly lon: number;
  readonly lat: number;
  /** The root of the mean of the squared distances from the middle. */
  readonly standardDistance: number;
  readonly medianDistance: number;
}

const DEGREE = Math.PI / 180;

/** The middle of places: the direction of the sum of the plumb lines there. Gade (2010), Journal of Navigation 63, 395-417. */
export function middleOf({ lons, lats }: LonLats, counts: Float64Array): { lon: number; lat: number } | undefined {
  let [x, y, z, all] = [0, 0, 0, 0];
  for (let place = 0; place < lons.length; place += 1) {
    const [lon, lat] = [(lons[place] as number) * DEGREE, (lats[place] as number) * DEGREE];
    const weight = counts[place] as number;
    x += weight * Math.cos(lat) * Math.cos(lon);
    y += weight * Math.cos(lat) * Math.sin(lon);
    z += weight * Math.sin(lat);
    all += weight;
  }
  // Places all around the earth have no middle.
  if (!(Math.hypot(x, y, z) > 1e-9 * all)) return undefined;
  return { lon: Math.atan2(y, x) / DEGREE, lat: Math.atan2(z, Math.hypot(x, y)) / DEGREE };
}

function medianOf(distances: Float64Array, counts: Float64Array): number {
  const order = Array.from(distances.keys()).sort((a, b) => (distances[a] as number) - (distances[b] as number));
  const all = counts.reduce((sum, each) => sum + each, 0);
  let passed = 0;
  let below: number | undefined;
  for (const place of order) {
    passed += counts[place] as number;
    if (passed === all / 2) below = distances[place] as number;
    else if (passed > all / 2)
      return below === undefined ? (distances[place] as number) : (below + (distances[place] as number)) / 2;
  }
  return below ?? 0;
}

/**
 * The standard distance and the median distance of events from their middle. Distances as in `toSquaredMetres`: true to a
 * thousandth where events are up to 5,000 km from it.
 * @param counts events at each place, whole numbers above 0
 * @returns undefined where there is none, or they lie all around the earth
 */
export function spreadOf(places: LonLats, counts: Float64Array): Spread | undefined {
  const middle = middleOf(places, counts);
  if (!middle) return undefined;
  const { lons } = places;
  const xyz = toGeocentric({ lons: Float64Array.of(middle.lon), lats: Float64Array.of(middle.lat) });
  const all = new Float64Array(3 * lons.length + 3);
  all.set(toGeocentric(places));
  all.set(xyz, 3 * lons.length);
  const distances = lons.map((_, place) => Math.sqrt(toSquaredMetres(squaredLine(all, place, lons.length))));
  let [squares, events] = [0, 0];
  for (const [place, distance] of distances.entries()) {
    squares += (counts[place] as number) * distance * distance;
    events += counts[place] as number;
  }
  return { ...middle, standardDistance: Math.sqrt(squares / events), medianDistance: medianOf(distances, counts) };
}
