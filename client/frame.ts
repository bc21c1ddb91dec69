import type { View } from './url.ts';
import { viewBox } from './view-box.ts';

/** Which part of the map a view is of, whatever the size of the screen. Spherical Mercator, as MapLibre has it; north is up. */

/** Pixels of the world at zoom 0. */
const WORLD = 512;

/** Pixels. */
interface Size {
  readonly width: number;
  readonly height: number;
}
/** Pixels from each side of the map that something lies over. */
interface Covered {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
/** West, south, east, north in degrees. */
type Box = readonly [number, number, number, number];

const toX = (lon: number) => lon / 360;
/** From the equator northwards, as toX in shares of the world's width. */
const toY = (lat: number) => Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI);
const toLat = (y: number) => (Math.atan(Math.sinh(y * 2 * Math.PI)) * 180) / Math.PI;

/** A place so many pixels to the right and down of another. */
function shifted({ lon, lat, zoom }: View, right: number, down: number): View {
  const size = WORLD * 2 ** zoom;
  return { lon: lon + (right / size) * 360, lat: toLat(toY(lat) - down / size), zoom };
}

/** What of a map nothing lies over. */
export function frameOfView(view: View, { width, height }: Size, { left, right, top, bottom }: Covered): Box {
  const middle = shifted(view, (left - right) / 2, (top - bottom) / 2);
  return viewBox(middle, width - left - right, height - top - bottom);
}

/** The view in which a box fills what is free: all of it is seen, as large as can be. */
export function viewOfFrame([west, south, east, north]: Box, size: Size, covered: Covered): View {
  const { left, right, top, bottom } = covered;
  const across = (size.width - left - right) / (toX(east) - toX(west));
  const up = (size.height - top - bottom) / (toY(north) - toY(south));
  const zoom = Math.log2(Math.min(across, up) / WORLD);
  const middle = { lon: (west + east) / 2, lat: toLat((toY(south) + toY(north)) / 2), zoom };
  return shifted(middle, (right - left) / 2, (bottom - top) / 2);
}
