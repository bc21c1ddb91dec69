import type { Geometry, MultiPolygon, Polygon, Position } from 'geojson';
import type { Bbox } from '../../core/bbox.ts';

const RADIUS = 6_378_137;
const ECCENTRICITY_2 = 6.694_379_990_141_316e-3;
const ECCENTRICITY = Math.sqrt(ECCENTRICITY_2);
const DEGREE = Math.PI / 180;

/** Places in a regular grid over a box: the middles of cells that are all as large on the ellipsoid. Rows from the south. */
export interface Lattice {
  readonly columns: number;
  readonly rows: number;
  readonly bbox: Bbox;
  /** Degrees, of the middles. */
  readonly lons: Float64Array;
  readonly lats: Float64Array;
  /** Of one cell. */
  readonly cellM2: number;
}

/** Twice the area between the equator and a latitude, of a strip one radian wide, in squares of the radius (Snyder 1987, 3-12). */
function authalic(lat: number): number {
  const sin = Math.sin(lat * DEGREE);
  const es = ECCENTRICITY * sin;
  return (1 - ECCENTRICITY_2) * (sin / (1 - es * es) - Math.log((1 - es) / (1 + es)) / (2 * ECCENTRICITY));
}

const [E2, E4, E6] = [ECCENTRICITY_2, ECCENTRICITY_2 ** 2, ECCENTRICITY_2 ** 3];
const POLE = authalic(90);

/** The latitude with so much between it and the equator (Snyder 1987, 3-18): to a part in 10,000 of a metre. */
function latitudeOf(wanted: number): number {
  const beta = Math.asin(Math.max(-1, Math.min(1, wanted / POLE)));
  const lat =
    beta +
    (E2 / 3 + (31 * E4) / 180 + (517 * E6) / 5_040) * Math.sin(2 * beta) +
    ((23 * E4) / 360 + (251 * E6) / 3_780) * Math.sin(4 * beta) +
    ((761 * E6) / 45_360) * Math.sin(6 * beta);
  return lat / DEGREE;
}

/** About so many cells over a box, about as wide as they are high in its middle. @param bbox degrees, wider than 0 */
export function layLattice(bbox: Bbox, wanted: number): Lattice {
  const { west, south, east, north } = bbox;
  const [bottom, top] = [authalic(south), authalic(north)];
  const shape = ((east - west) * Math.cos(((south + north) / 2) * DEGREE)) / (north - south);
  const columns = Math.max(1, Math.round(Math.sqrt(wanted * Math.max(shape, 1e-6))));
  const rows = Math.max(1, Math.round(wanted / columns));
  const middle = (index: number, count: number) => (index + 0.5) / count;
  return {
    columns,
    rows,
    bbox,
    lons: Float64Array.from({ length: columns }, (_, column) => west + middle(column, columns) * (east - west)),
    lats: Float64Array.from({ length: rows }, (_, row) => latitudeOf(bottom + middle(row, rows) * (top - bottom))),
    cellM2: (RADIUS ** 2 / 2) * ((east - west) / columns) * DEGREE * ((top - bottom) / rows),
  };
}

/** Degrees of a place of the lattice, in cells from the west and from the south: whole numbers are corners. */
export function cornerOf(
  { bbox: { west, south, east, north }, columns, rows }: Lattice,
  across: number,
  up: number,
): [number, number] {
  const [bottom, top] = [authalic(south), authalic(north)];
  return [west + (across / columns) * (east - west), latitudeOf(bottom + (up / rows) * (top - bottom))];
}

/** Where a position lies in the box, 0 to 1 from the west and, by area, from the south. */
export function shareOf({ bbox: { west, south, east, north } }: Lattice, lon: number, lat: number): [number, number] {
  const [bottom, top] = [authalic(south), authalic(north)];
  return [(lon - west) / (east - west), (authalic(lat) - bottom) / (top - bottom)];
}

/** The first place of a rising list whose value is above one. */
function firstAbove(rising: Float64Array, value: number): number {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rising[middle] as number) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Marks the cells whose middle lies inside rings, by the rule of even and odd, row by row.
 * @param edges of all rings of one shape: west or east, south or north of both ends, in degrees, straight on the map
 */
export function fill(lattice: Lattice, edges: Iterable<readonly number[]>, marks: Uint8Array): void {
  const { lats, lons, columns } = lattice;
  const crossings = new Map<number, number[]>();
  for (const [x1, y1, x2, y2] of edges as Iterable<readonly [number, number, number, number]>) {
    const last = firstAbove(lats, Math.max(y1, y2));
    for (let row = firstAbove(lats, Math.min(y1, y2)); row < last; row += 1) {
      const at = x1 + (((lats[row] as number) - y1) / (y2 - y1)) * (x2 - x1);
      const held = crossings.get(row);
      if (held) held.push(at);
      else crossings.set(row, [at]);
    }
  }
  for (const [row, found] of crossings) {
    found.sort((a, b) => a - b);
    for (let pair = 0; pair + 1 < found.length; pair += 2) {
      const end = firstAbove(lons, found[pair + 1] as number);
      marks.fill(1, row * columns + firstAbove(lons, found[pair] as number), row * columns + end);
    }
  }
}

function* edgesOf(rings: readonly (readonly Position[])[]): Generator<readonly number[]> {
  for (const ring of rings) {
    for (const [index, [x = 0, y = 0]] of ring.entries()) {
      const [fromX = x, fromY = y] = ring[Math.max(0, index - 1)] as Position;
      yield [fromX, fromY, x, y];
    }
  }
}

/** Marks the cells whose middle lies in an area: 1. */
export function within(lattice: Lattice, area: Geometry): Uint8Array {
  const marks = new Uint8Array(lattice.columns * lattice.rows);
  const { type, coordinates } = area as Polygon | MultiPolygon;
  for (const rings of type === 'Polygon' ? [coordinates] : coordinates) fill(lattice, edgesOf(rings), marks);
  return marks;
}
