import fc from 'fast-check';
import geodesic from 'geographiclib-geodesic';

const { WGS84 } = geodesic.Geodesic;
export type LonLat = readonly [lon: number, lat: number];

/** Metres of geodesic, by GeographicLib. */
export const exact = ([lon, lat]: LonLat, [toLon, toLat]: LonLat) =>
  WGS84.Inverse(lat, lon, toLat, toLon).s12 as number;
/** A place so many metres away, in the direction of a bearing in degrees. */
export const towards = ([lon, lat]: LonLat, bearing: number, metres: number): LonLat => {
  const { lon2, lat2 } = WGS84.Direct(lat, lon, bearing, metres);
  return [lon2 as number, lat2 as number];
};

/** Anywhere on the earth, often near the poles and in the Sahel. */
export const place = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.oneof(
    fc.double({ min: -90, max: 90, noNaN: true }),
    fc.constantFrom(-90, -89.9999, 0, 89.99, 90 - 1e-9, 90),
    fc.double({ min: 10, max: 25, noNaN: true }),
  ),
);
export const bearing = fc.double({ min: -180, max: 180, noNaN: true });
