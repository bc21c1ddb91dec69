import { cellToBoundary, getHexagonAreaAvg, getResolution, isValidCell, latLngToCell, UNITS } from 'h3-js';
import { InvalidParameter } from './errors.ts';

/** The resolution at which every point's cell is stored (edge about 0.2 km); coarser cells are parents of it. */
export const BASE_RESOLUTION = 9;

/** The finest resolution that is served: a hexagon of 0.5 km says more than the records know. */
export const MAX_RESOLUTION = 8;

/** H3 resolution for a map zoom: hexagons stay about 20 to 40 pixels wide on 512-pixel tiles. */
export function resolutionForZoom(z: number): number {
  const byZoom = [1, 1, 2, 2, 3, 4, 4, 5, 6, 6, 7, 8];
  return byZoom[z] ?? MAX_RESOLUTION;
}

/** Metres: the radius of a circle as large as the average hexagon. A position that is known to within so much is known to the hexagon, more or less. */
export function radiusOfCells(resolution: number): number {
  return Math.sqrt(getHexagonAreaAvg(resolution, UNITS.m2) / Math.PI);
}

/** The base cell of a position (degrees, EPSG:4326) as PostgreSQL stores it: a decimal string for a `bigint`. */
export function toBaseCell(lon: number, lat: number): string {
  return toBigint(latLngToCell(lat, lon, BASE_RESOLUTION));
}

/** The same as its upper and lower 32 bits, for those who write many into a buffer. */
export function toBaseCellHalves(lon: number, lat: number): readonly [high: number, low: number] {
  const cell = latLngToCell(lat, lon, BASE_RESOLUTION);
  return [Number.parseInt(cell.slice(0, -8), 16), Number.parseInt(cell.slice(-8), 16)];
}

function toBigint(cell: string): string {
  return BigInt(`0x${cell}`).toString();
}

/**
 * The base cells inside a cell as an inclusive range of `bigint`s: in an H3 index the digits of the finer resolutions
 * are the low bits, so the descendants of a cell are neighbours in the order of their numbers.
 * https://h3geo.org/docs/core-library/h3Indexing
 */
export function descendantRange(cell: string): { first: string; last: string } {
  const resolution = getResolution(cell);
  const depth = BASE_RESOLUTION - resolution;
  const unused = 3n * BigInt(15 - BASE_RESOLUTION);
  const childBits = 3n * BigInt(depth);
  const withResolution = (BigInt(`0x${cell}`) & ~(0xfn << 52n)) | (BigInt(BASE_RESOLUTION) << 52n);
  const first = withResolution & ~(((1n << childBits) - 1n) << unused);
  // Every digit of a descendant is 0 to 6: seven in all places but the unused ones is above any of them.
  const last = first | (((1n << childBits) - 1n) << unused);
  return { first: first.toString(), last: last.toString() };
}

/**
 * Closed ring of the cell's outline, lon/lat degrees. A cell across the antimeridian goes on beyond 180, so that it
 * stays one small polygon; latitudes stop where Web Mercator does.
 */
export function outlineOf(cell: string): [number, number][] {
  const ring = cellToBoundary(cell, true);
  const longitudes = ring.map(([lon]) => lon);
  const crosses = Math.max(...longitudes) - Math.min(...longitudes) > 180;
  return ring.map(([lon, lat]) => [crosses && lon < 0 ? lon + 360 : lon, Math.max(-85.06, Math.min(85.06, lat))]);
}

/** A cell as the database keeps it: numbers as decimal strings, outline as WKT in lon/lat degrees. */
export function describeCell(cell: string) {
  const ring = outlineOf(cell);
  const wkt = `POLYGON((${ring.map(([lon, lat]) => `${lon} ${lat}`).join(', ')}))`;
  return { cell: toBigint(cell), resolution: getResolution(cell), ...descendantRange(cell), wkt };
}

/**
 * Reads an H3 index given by a caller.
 * @throws InvalidParameter when it is none, or finer than the cells that are served.
 */
export function parseCell(text: string): string {
  const cell = text.toLowerCase();
  if (!/^[0-9a-f]{15}$/.test(cell) || !isValidCell(cell)) {
    throw new InvalidParameter([{ parameter: 'cell', detail: `"${text.slice(0, 40)}" is not an H3 cell index.` }]);
  }
  if (getResolution(cell) > MAX_RESOLUTION) {
    throw new InvalidParameter([
      {
        parameter: 'cell',
        detail: `The cell is of resolution ${getResolution(cell)}: up to ${MAX_RESOLUTION} are served.`,
      },
    ]);
  }
  return cell;
}
