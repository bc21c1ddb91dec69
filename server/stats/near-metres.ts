import { ECCENTRICITY_2, EQUATOR, type Position } from './geocentric.ts';

/**
 * Metres of geodesic on WGS 84 between two positions less than 500 km apart, to within 0.1 mm up to 100 km and 1 m up to 500 km
 * (held to GeographicLib). The chord is bent to an arc of the ellipsoid's curvature in its direction (Euler's formula) under its
 * middle. Rounded to 0.1 mm, so that what lies 100 m apart is not a crumb nearer.
 */
export function nearMetres(a: Position, b: Position): number {
  const [dx, dy, dz] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const chord = Math.sqrt(dx * dx + dy * dy + dz * dz);
  if (chord === 0) return 0;
  const [x, y, z] = [a[0] + b[0], a[1] + b[1], (a[2] + b[2]) / (1 - ECCENTRICITY_2)];
  const axis2 = x * x + y * y;
  const sin2 = (z * z) / (axis2 + z * z);
  const normal = EQUATOR / Math.sqrt(1 - ECCENTRICITY_2 * sin2);
  const meridian = (normal * (1 - ECCENTRICITY_2)) / (1 - ECCENTRICITY_2 * sin2);
  // The share of the chord that goes east, squared; at a pole every way is along a meridian. Of one hair from it the squares are 0.
  const axis = Math.hypot(x, y);
  const east = axis > 0 ? (dy * (x / axis) - dx * (y / axis)) ** 2 / chord ** 2 : 0;
  const curvature = (1 - east) / meridian + east / normal;
  const metres = (2 / curvature) * Math.asin(Math.min(1, (chord * curvature) / 2));
  return Math.round(metres * 1e4) / 1e4;
}
