import type { BboxLiteral, GeometryCollection, GeometryLiteral, PlainGeometry, Position } from '../ast.ts';
import { fail, type JsonObject, list, members, number } from './shapes.ts';

/** How deep positions lie in the coordinates of a type: 0 is a position itself. */
const LEVELS: Readonly<Record<PlainGeometry['type'], number>> = {
  Point: 0,
  LineString: 1,
  MultiPoint: 1,
  Polygon: 2,
  MultiLineString: 2,
  MultiPolygon: 3,
};

const TYPES = [...Object.keys(LEVELS), 'GeometryCollection'].join(', ');

/** A geometry of RFC 7946, without its own `bbox`, if it has one. */
export function readGeometry(value: JsonObject, pointer: string): GeometryLiteral {
  if (value.type !== 'GeometryCollection') return readPlain(value, pointer);
  members(value, ['type', 'geometries', 'bbox'], pointer);
  const parts = list(value.geometries, 'a list of geometries', `${pointer}/geometries`);
  if (parts.length === 0) fail('a geometry at least', `${pointer}/geometries`, parts);
  const geometries = parts.map((part, index) => readPlain(part, `${pointer}/geometries/${index}`));
  return { type: 'GeometryCollection', geometries } satisfies GeometryCollection;
}

function readPlain(value: unknown, pointer: string): PlainGeometry {
  const { type, coordinates } = members(value, ['type', 'coordinates', 'bbox'], pointer);
  const level = typeof type === 'string' && Object.hasOwn(LEVELS, type) ? LEVELS[type as PlainGeometry['type']] : null;
  if (level === null) return fail(`one of ${TYPES}`, `${pointer}/type`, type);
  return { type, coordinates: readCoordinates(coordinates, level, `${pointer}/coordinates`) } as PlainGeometry;
}

function readCoordinates(value: unknown, level: number, pointer: string): unknown {
  const parts = list(value, level === 0 ? 'a position, longitude and latitude' : 'a list of coordinates', pointer);
  if (level === 0) return readPosition(parts, pointer);
  if (parts.length === 0) return fail('coordinates: an empty geometry meets nothing', pointer, parts);
  return parts.map((part, index) => readCoordinates(part, level - 1, `${pointer}/${index}`));
}

function readPosition(parts: readonly unknown[], pointer: string): Position {
  if (parts.length < 2 || parts.length > 4) return fail('a position, longitude and latitude', pointer, parts);
  const [longitude, latitude] = parts.map((part, index) => number(part, `${pointer}/${index}`));
  return [longitude as number, latitude as number];
}

export function readBbox(value: JsonObject, pointer: string): BboxLiteral {
  const at = `${pointer}/bbox`;
  const parts = list(members(value, ['bbox'], pointer).bbox, 'west, south, east, north', at);
  if (parts.length !== 4 && parts.length !== 6) {
    return fail('4 numbers, west, south, east, north, or 6 with heights', at, parts);
  }
  const [west, south, third, fourth, fifth] = parts.map((part, index) => number(part, `${at}/${index}`)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return { bbox: parts.length === 4 ? [west, south, third, fourth] : [west, south, fourth, fifth] };
}
