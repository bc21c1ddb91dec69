import type { Bbox } from './bbox.ts';

/** What views of a map show: the area that a copy of them must have, and how near they look. */

/** Pixels of the screen that a view is thought to be opened on: a large one, so that a smaller shows nothing beyond. */
const SCREEN = { width: 2560, height: 1440 };
/** Pixels across the world at zoom 0: MapLibre's tiles. */
const WORLD = 512;
const MAX_LATITUDE = 85;

/** Where a view looks: degrees, EPSG:4326. */
export interface Look {
  readonly zoom: number;
  readonly lat: number;
  readonly lon: number;
}

/** The part `map=zoom/lat/lon` of a page's address; undefined where it has none that can be read. */
export function lookOf(address: string): Look | undefined {
  const part = new URLSearchParams(address.replace(/^#/, '')).get('map') ?? '';
  const numbers = part.split('/').map((text) => (text.trim() === '' ? Number.NaN : Number(text)));
  const [zoom = Number.NaN, lat = Number.NaN, lon = Number.NaN] = numbers;
  const isPlace = Math.abs(lat) <= MAX_LATITUDE && Math.abs(lon) <= 180;
  return zoom >= 0 && zoom <= 22 && isPlace ? { zoom, lat, lon } : undefined;
}

/** Web Mercator, 0 at the north edge of the world and 1 at its south edge: https://en.wikipedia.org/wiki/Web_Mercator_projection */
const down = (lat: number) => (1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2;
const latitude = (y: number) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
const within = (value: number, most: number) => Math.min(most, Math.max(-most, value));

/** What a large screen shows of it; cut at the edges of the world. */
export function boxOf({ zoom, lat, lon }: Look): Bbox {
  const pixels = WORLD * 2 ** zoom;
  const [across, along] = [((SCREEN.width / pixels) * 360) / 2, SCREEN.height / pixels / 2];
  const y = down(lat);
  return {
    west: within(lon - across, 180),
    south: within(latitude(Math.min(1, y + along)), MAX_LATITUDE),
    east: within(lon + across, 180),
    north: within(latitude(Math.max(0, y - along)), MAX_LATITUDE),
  };
}

/** The smallest box around all of them; of none, nothing. */
export function around([first, ...others]: readonly Bbox[]): Bbox | undefined {
  return others.reduce(
    (box, other) =>
      box && {
        west: Math.min(box.west, other.west),
        south: Math.min(box.south, other.south),
        east: Math.max(box.east, other.east),
        north: Math.max(box.north, other.north),
      },
    first,
  );
}

/** What two boxes have in common; undefined where they do not meet. */
export function common(one: Bbox, other: Bbox): Bbox | undefined {
  const box = {
    west: Math.max(one.west, other.west),
    south: Math.max(one.south, other.south),
    east: Math.min(one.east, other.east),
    north: Math.min(one.north, other.north),
  };
  return box.west <= box.east && box.south <= box.north ? box : undefined;
}

/** The tile that each edge of a box lies in, at a zoom: columns from the west, rows from the north, both ends included. */
export function tilesAcross({ west, south, east, north }: Bbox, z: number) {
  const count = 2 ** z;
  const cell = (share: number) => Math.min(count - 1, Math.max(0, Math.floor(share * count)));
  return {
    columns: [cell((west + 180) / 360), cell((east + 180) / 360)] as const,
    rows: [cell(down(within(north, MAX_LATITUDE))), cell(down(within(south, MAX_LATITUDE)))] as const,
  };
}
