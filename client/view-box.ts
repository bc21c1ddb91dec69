import type { View } from './url.ts';

/** Pixels of the world at zoom 0, as MapLibre has it. */
const WORLD = 512;

const toY = (lat: number) => Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI);
const toLat = (y: number) => (Math.atan(Math.sinh(y * 2 * Math.PI)) * 180) / Math.PI;

/** What a map of so many pixels shows: west, south, east, north in degrees, never beyond the world. Spherical Mercator. */
export function viewBox({ lon, lat, zoom }: View, width: number, height: number): [number, number, number, number] {
  const size = WORLD * 2 ** zoom;
  const across = (width / size) * 180;
  const up = height / size / 2;
  const middle = toY(lat);
  return [
    Math.max(-180, lon - across),
    Math.max(-90, toLat(middle - up)),
    Math.min(180, lon + across),
    Math.min(90, toLat(middle + up)),
  ];
}
