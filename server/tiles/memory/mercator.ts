import { TILE_EXTENT, type TileCoord } from '../../core/tile.ts';

/** East and north: degrees of EPSG:4326, or metres of EPSG:3857. */
export type Position = readonly [number, number];

/** A box in metres of EPSG:3857. */
export interface Square {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export const RADIUS = 6_378_137;
export const HALF_WORLD = RADIUS * Math.PI;
const RADIANS = Math.PI / 180;

/** Degrees to metres, on the sphere (EPSG:3857). */
export function toMetres([lon, lat]: Position): [number, number] {
  return [lon * RADIANS * RADIUS, Math.asinh(Math.tan(lat * RADIANS)) * RADIUS];
}

/**
 * Metres to the degrees of a world half as wide and half as high, in the north-west quarter of the map: what
 * geojson-vt takes for our tile z/x/y is its own z + 1/x/y. It joins the map's east to its west, PostGIS does not, and
 * from a quarter nothing reaches across.
 */
export function toQuarterDegrees([x, y]: Position): [number, number] {
  const [across, up] = [(x - HALF_WORLD) / 2, (y + HALF_WORLD) / 2];
  return [across / RADIUS / RADIANS, Math.atan(Math.sinh(up / RADIUS)) / RADIANS];
}

/** The tile's square, and as much of its neighbours as the buffer (in tile units) says. */
export function squareOf({ z, x, y }: TileCoord, buffer = 0): Square {
  const size = (2 * HALF_WORLD) / 2 ** z;
  const margin = (size * buffer) / TILE_EXTENT;
  return {
    west: x * size - HALF_WORLD - margin,
    south: HALF_WORLD - (y + 1) * size - margin,
    east: (x + 1) * size - HALF_WORLD + margin,
    north: HALF_WORLD - y * size + margin,
  };
}

/** The place of metres in the tile's grid: whole units from its north-west corner, to the east and to the south. */
export function toUnits({ west, north, east }: Square, [x, y]: Position): [number, number] {
  const unit = (east - west) / TILE_EXTENT;
  return [Math.round((x - west) / unit), Math.round((north - y) / unit)];
}

/** Width of a pixel of 512-pixel tiles, in metres. */
export function pixelOf(z: number): number {
  return (2 * HALF_WORLD) / 512 / 2 ** z;
}

/** The column and row of the tile of a zoom that holds a place; beyond the map, the nearest. */
export function tileAt(z: number, [x, y]: Position): { x: number; y: number } {
  const size = (2 * HALF_WORLD) / 2 ** z;
  const last = 2 ** z - 1;
  const index = (metres: number) => Math.max(0, Math.min(last, Math.floor((HALF_WORLD + metres) / size)));
  return { x: index(x), y: index(-y) };
}
