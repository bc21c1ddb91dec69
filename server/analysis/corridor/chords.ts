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
