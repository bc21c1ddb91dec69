/**
 * Universal Transverse Mercator on WGS 84 by Krüger's series to the fourth order in the third flattening (Karney 2011,
 * "Transverse Mercator with an accuracy of a few nanometers", equations 7 to 36): to a millimetre within a zone.
 */

const A = 6378137;
const F = 1 / 298.257223563;
const N = F / (2 - F);
const E2 = F * (2 - F);
const E1 = Math.sqrt(E2);
const RADIUS = (A / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64);
const SCALE = 0.9996;
const EAST = 500_000;
const SOUTH = 10_000_000;

const ALPHA = [
  N / 2 - (2 * N ** 2) / 3 + (5 * N ** 3) / 16 + (41 * N ** 4) / 180,
  (13 * N ** 2) / 48 - (3 * N ** 3) / 5 + (557 * N ** 4) / 1440,
  (61 * N ** 3) / 240 - (103 * N ** 4) / 140,
  (49561 * N ** 4) / 161280,
];
const BETA = [
  N / 2 - (2 * N ** 2) / 3 + (37 * N ** 3) / 96 - N ** 4 / 360,
  N ** 2 / 48 + N ** 3 / 15 - (437 * N ** 4) / 1440,
  (17 * N ** 3) / 480 - (37 * N ** 4) / 840,
  (4397 * N ** 4) / 161280,
];

const radians = (degrees: number) => (degrees * Math.PI) / 180;
const degrees = (angle: number) => (angle * 180) / Math.PI;

/** The zone of a longitude, 1 to 60; the wider zones around Norway and Svalbard are left out. */
export const zoneOf = (lon: number): number => Math.min(60, Math.max(1, Math.floor((lon + 180) / 6) + 1));
const middleOf = (zone: number) => zone * 6 - 183;

export interface Utm {
  /** Metres, with the false easting. */
  readonly east: number;
  /** Metres, with the false northing in the south. */
  readonly north: number;
}

/** Of a position in degrees, in a zone that need not be its own. */
export function toUtm(lon: number, lat: number, zone: number): Utm {
  const [phi, lambda] = [radians(lat), radians(lon - middleOf(zone))];
  const sine = Math.sin(phi);
  const conformal = Math.sinh(Math.atanh(sine) - E1 * Math.atanh(E1 * sine));
  const xi = Math.atan2(conformal, Math.cos(lambda));
  const eta = Math.asinh(Math.sin(lambda) / Math.hypot(conformal, Math.cos(lambda)));
  let [x, y] = [xi, eta];
  for (const [index, alpha] of ALPHA.entries()) {
    const k = 2 * (index + 1);
    x += alpha * Math.sin(k * xi) * Math.cosh(k * eta);
    y += alpha * Math.cos(k * xi) * Math.sinh(k * eta);
  }
  return { east: EAST + SCALE * RADIUS * y, north: SCALE * RADIUS * x + (lat < 0 ? SOUTH : 0) };
}

/** Longitude and latitude in degrees. */
export function fromUtm({ east, north }: Utm, zone: number, isNorth: boolean): readonly [lon: number, lat: number] {
  const x = (north - (isNorth ? 0 : SOUTH)) / (SCALE * RADIUS);
  const y = (east - EAST) / (SCALE * RADIUS);
  let [xi, eta] = [x, y];
  for (const [index, beta] of BETA.entries()) {
    const k = 2 * (index + 1);
    xi -= beta * Math.sin(k * x) * Math.cosh(k * y);
    eta -= beta * Math.cos(k * x) * Math.sinh(k * y);
  }
  const conformal = Math.sin(xi) / Math.hypot(Math.sinh(eta), Math.cos(xi));
  const lambda = Math.atan2(Math.sinh(eta), Math.cos(xi));
  // Newton's method on the isometric latitude: three steps reach the last digit.
  let tangent = conformal;
  for (let step = 0; step < 5; step += 1) {
    const sigma = Math.sinh(E1 * Math.atanh((E1 * tangent) / Math.hypot(1, tangent)));
    const found = tangent * Math.hypot(1, sigma) - sigma * Math.hypot(1, tangent);
    const slope = ((1 - E2) * Math.hypot(1, found) * Math.hypot(1, tangent)) / (1 + (1 - E2) * tangent ** 2);
    const by = (conformal - found) / slope;
    tangent += by;
    if (Math.abs(by) < 1e-15) break;
  }
  return [middleOf(zone) + degrees(lambda), degrees(Math.atan(tangent))];
}
