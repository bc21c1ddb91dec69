import { isAbsent } from './absent.ts';
import { findColumn } from './column-roles.ts';
import type { Location } from './location.ts';
import { parseCoordinate } from './parse-coordinate.ts';
import { parseMgrs } from './parse-mgrs.ts';

type SampleRow = Readonly<Record<string, unknown>>;

/** So many of the filled cells have to be what the column is taken for. */
const MOST = 0.8;

const WKT = /^\s*(?:SRID=\d+;\s*)?(?:MULTI)?(?:POINT|LINESTRING|POLYGON)\b|^\s*(?:SRID=\d+;\s*)?GEOMETRYCOLLECTION\b/i;
const POINT = /^\s*(?:SRID=\d+;\s*)?POINT\b/i;

/**
 * Which columns of a table tell where its rows are, by their names and HXL tags, held against the values. Null when none
 * do. Longitude and latitude go before a column of points in WKT; lines and areas in WKT or GeoJSON go before these.
 */
export function inferLocation(
  columns: readonly string[],
  sampleRows: readonly SampleRow[],
  tags: readonly string[] = [],
): Location | null {
  const texts = (column: string) =>
    sampleRows
      .map((row) => row[column])
      .filter((value) => !isAbsent(value))
      .map((value) => String(value));
  const most = (column: string, test: (text: string) => boolean) => {
    const filled = texts(column);
    return filled.length > 0 && filled.filter(test).length >= MOST * filled.length;
  };
  const wkt = columns.find((column) => most(column, (text) => WKT.test(text)));
  const json = columns.find((column) => most(column, isGeojson));
  const shaped =
    (wkt !== undefined && !most(wkt, (text) => POINT.test(text))) || (json !== undefined && !most(json, isJsonPoint));
  const pair = findPair(columns, tags, texts);
  if (pair?.type === 'lonlat' && !shaped) return pair;
  if (wkt !== undefined) return { type: 'wkt', column: wkt, srid: sharedSrid(texts(wkt)) };
  if (json !== undefined) return { type: 'geojson', column: json };
  const mgrs = columns.find((column) => most(column, (text) => isReference(text, column)));
  if (mgrs !== undefined) return { type: 'mgrs', column: mgrs };
  return pair;
}

function findPair(
  columns: readonly string[],
  tags: readonly string[],
  texts: (column: string) => string[],
): Location | null {
  for (const [xRole, yRole] of [
    ['lon', 'lat'],
    ['x', 'y'],
  ] as const) {
    const x = findColumn(columns, tags, xRole);
    const y = findColumn(columns, tags, yRole);
    if (x === null || y === null || x === y) continue;
    const named = xRole === 'lon';
    const xs = texts(x);
    const ys = texts(y);
    // An empty table: the names are all there is.
    if (xs.length === 0 && ys.length === 0) return named ? { type: 'lonlat', lon: x, lat: y } : { type: 'xy', x, y };
    const degrees =
      shareOf(xs, (text) => within(text, 'lon', 180)) >= 0.5 && shareOf(ys, (text) => within(text, 'lat', 180)) >= 0.5;
    if (degrees) return { type: 'lonlat', lon: x, lat: y };
    const numbers = shareOf(xs, isNumber) >= 0.5 && shareOf(ys, isNumber) >= 0.5;
    if (numbers) return { type: 'xy', x, y };
  }
  return null;
}

const shareOf = (texts: readonly string[], test: (text: string) => boolean) =>
  texts.length === 0 ? 0 : texts.filter(test).length / texts.length;

/** Latitudes are let pass up to 180 here: where the two columns are swapped, the checks say so. */
function within(text: string, axis: 'lon' | 'lat', limit: number): boolean {
  const coordinate = parseCoordinate(text, axis);
  return coordinate !== null && Math.abs(coordinate.value) <= limit;
}

const isNumber = (text: string) => parseCoordinate(text, 'grid') !== null;

const isGeojson = (text: string) =>
  /^\s*\{/.test(text) && /"type"/.test(text) && /"(?:coordinates|geometries)"/.test(text);
const isJsonPoint = (text: string) => /"type"\s*:\s*"Point"/.test(text);

/** A short reference such as "4QFJ" may be any code: only a column of that name may have them. */
function isReference(text: string, column: string): boolean {
  return (/mgrs|carroyage|grid/i.test(column) || /\d{4}$/.test(text.trim())) && parseMgrs(text) !== null;
}

function sharedSrid(texts: readonly string[]): number | null {
  const found = new Set(texts.map((text) => /^\s*SRID=(\d{1,6});/i.exec(text)?.[1] ?? null));
  const [first = null] = found;
  return found.size === 1 && first !== null ? Number(first) : null;
}
