/** Metres round the equator of the sphere that Web Mercator is drawn from: 2 π 6,378,137 m. */
const EQUATOR = 40_075_016.686;
/** Pixels across the world at zoom 0. */
const WORLD = 512;
/** A CSS pixel on paper: 1/96 inch. https://www.w3.org/TR/css-values-4/#absolute-lengths */
const PIXEL_METRES = 0.0254 / 96;

/** Metres on the ground across a CSS pixel of the map, at a latitude in degrees. */
export const metresPerPixel = (latitude: number, zoom: number): number =>
  (EQUATOR * Math.cos((latitude * Math.PI) / 180)) / (WORLD * 2 ** zoom);

export interface ScaleBar {
  /** A round number: 1, 2, 3 or 5 and zeros. */
  readonly metres: number;
  /** CSS pixels of the map. */
  readonly width: number;
}

/** The longest bar of a round length that is not wider than `most` pixels. */
export function scaleBar(perPixel: number, most: number): ScaleBar {
  const power = 10 ** Math.floor(Math.log10(perPixel * most));
  const metres = power * ([5, 3, 2, 1].find((digit) => digit * power <= perPixel * most) ?? 1);
  return { metres, width: metres / perPixel };
}

/**
 * What 1 stands for, where the map is printed `shrunk` times as large as on the page; to three digits, since it holds at
 * one latitude only.
 */
export function scaleNumber(perPixel: number, shrunk: number): number {
  const exact = perPixel / (PIXEL_METRES * shrunk);
  const step = 10 ** Math.max(0, Math.floor(Math.log10(exact)) - 2);
  return Math.round(exact / step) * step;
}
