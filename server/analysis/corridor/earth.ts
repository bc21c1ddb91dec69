const RADIUS = 6_378_137;
const ECCENTRICITY_2 = 6.694_379_990_141_316e-3;
const DEGREE = Math.PI / 180;

/** Metres from the centre of the earth: x to 0° N 0° E, z to the north pole. */
export type Position = readonly [x: number, y: number, z: number];

/** Of a place on the ellipsoid of WGS 84, in degrees. Distances between such positions know neither poles nor antimeridian. */
export function toPosition(lon: number, lat: number): Position {
  const [sin, cos] = [Math.sin(lat * DEGREE), Math.cos(lat * DEGREE)];
  const normal = RADIUS / Math.sqrt(1 - ECCENTRICITY_2 * sin * sin);
  return [
    normal * cos * Math.cos(lon * DEGREE),
    normal * cos * Math.sin(lon * DEGREE),
    normal * (1 - ECCENTRICITY_2) * sin,
  ];
}

/** The least and the greatest radius of curvature of the ellipsoid: along the meridian at the equator, and at the poles. */
const [FLATTEST, ROUNDEST] = [6_399_594, 6_335_439];

/**
 * Of the straight lines between places so many metres apart on the ellipsoid: the shortest and the longest. Straight
 * through the earth is shorter by s^3 / 24 R^2, 1 m in 100 km, with R between the radii of curvature. The metre and the
 * hundred thousandth that are given away cover what differs between the nearest place of a sphere and of the ellipsoid,
 * and that pieces of a course run straight (8 cm).
 */
export function chordsOf(metres: number): { readonly surelyWithin: number; readonly surelyBeyond: number } {
  const slack = 1 + metres * 1e-5;
  const chord = (length: number, radius: number) => 2 * radius * Math.sin(length / (2 * radius));
  return {
    surelyWithin: Math.max(0, chord(Math.max(0, metres - slack), ROUNDEST)),
    surelyBeyond: chord(metres + slack, FLATTEST),
  };
}
