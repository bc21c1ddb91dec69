/** Of the ellipsoid of WGS 84: metres from the centre to the equator, and the square of its eccentricity. */
export const EQUATOR = 6_378_137;
export const ECCENTRICITY_2 = 6.694_379_990_141_316e-3;
const DEGREE = Math.PI / 180;
/** The radius of the sphere that is as large as the ellipsoid of WGS 84. */
const AUTHALIC = 6_371_007.181;

/** Metres of a degree of latitude where it is shortest: at the equator of WGS 84. */
export const SHORTEST_DEGREE = 110_574;

/** Places on the ellipsoid of WGS 84, degrees. */
export interface LonLats {
  readonly lons: Float64Array;
  readonly lats: Float64Array;
}

/** Metres from the centre of the earth: x to 0° N 0° E, z to the north pole. */
export type Position = readonly [x: number, y: number, z: number];

/** Of a place on the ellipsoid of WGS 84, in degrees. Straight lines between such positions know neither poles nor antimeridian. */
export function toPosition(lon: number, lat: number): Position {
  const [sin, cos] = [Math.sin(lat * DEGREE), Math.cos(lat * DEGREE)];
  const normal = EQUATOR / Math.sqrt(1 - ECCENTRICITY_2 * sin * sin);
  return [
    normal * cos * Math.cos(lon * DEGREE),
    normal * cos * Math.sin(lon * DEGREE),
    normal * (1 - ECCENTRICITY_2) * sin,
  ];
}

/**
 * The positions of places: x, y, z of each, one after the other.
 * @throws RangeError for what is no longitude and latitude
 */
export function toGeocentric({ lons, lats }: LonLats): Float64Array {
  const xyz = new Float64Array(3 * lons.length);
  for (let index = 0; index < lons.length; index += 1) {
    const [lon, lat] = [lons[index] as number, lats[index] as number];
    if (!(Number.isFinite(lon) && Math.abs(lat) <= 90))
      throw new RangeError(`no longitude and latitude: ${lon} ${lat}`);
    xyz.set(toPosition(lon, lat), 3 * index);
  }
  return xyz;
}

/**
 * The square of the distance on the ellipsoid, from that of the straight line through the earth: of the arc over it on a
 * sphere, (2 R asin(c / 2 R))^2 as a series. The radii of curvature of the ellipsoid are within 0.6 % of R, which only the
 * small difference of arc and line feels: up to 500 km the distance is true to 3 parts in a million (1.5 m in 500 km), up to
 * 1,000 km to 12. It grows with the line whatever its direction, so that lines can be compared instead; `nearMetres` is truer.
 * @param squaredLine square metres; of lines up to 2,000 km
 */
export function toSquaredMetres(squaredLine: number): number {
  const half = squaredLine / (4 * AUTHALIC * AUTHALIC);
  return squaredLine * (1 + half * (1 / 3 + half * (8 / 45 + half * (4 / 35 + half * (128 / 1_575)))));
}

/** The square of the straight line through the earth under a distance: the inverse. */
export function toSquaredLine(metres: number): number {
  const line = 2 * AUTHALIC * Math.sin(metres / (2 * AUTHALIC));
  return line * line;
}

/** The square of the straight line between two of these places. */
export function squaredLine(xyz: Float64Array, one: number, other: number): number {
  const dx = (xyz[3 * one] as number) - (xyz[3 * other] as number);
  const dy = (xyz[3 * one + 1] as number) - (xyz[3 * other + 1] as number);
  const dz = (xyz[3 * one + 2] as number) - (xyz[3 * other + 2] as number);
  return dx * dx + dy * dy + dz * dz;
}
