/**
 * Zoom bands: lines and polygons are kept in copies as coarse as the map can show. A copy serves the zooms up to its
 * `maxzoom`; the last is the original.
 */
const MAXZOOMS = [3, 5, 7, 9, 11] as const;

/** Web Mercator's width in metres over the pixels of the one 512-pixel tile of zoom 0. */
const METRES_PER_PIXEL = 40_075_016.685578488 / 512;

/** The number of the band with the original geometry. */
export const FULL_BAND = MAXZOOMS.length;

/** The band that a zoom is served from: 0 is the coarsest. */
export function bandOf(z: number): number {
  const band = MAXZOOMS.findIndex((maxzoom) => z <= maxzoom);
  return band < 0 ? FULL_BAND : band;
}

/** Each generalised band with its grid: half a pixel of its closest zoom, in metres of EPSG:3857. */
export const GENERALISED_BANDS: readonly { band: number; gridMetres: number }[] = MAXZOOMS.map((maxzoom, band) => ({
  band,
  gridMetres: METRES_PER_PIXEL / 2 ** maxzoom / 2,
}));
