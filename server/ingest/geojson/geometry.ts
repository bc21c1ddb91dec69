import type { Geometry } from 'geojson';
import { LimitExceeded } from '../errors.ts';
import type { Limits } from '../source.ts';
import { toPointer } from './diagnose.ts';

/** How deep the positions of each type lie in its coordinates: 0 is a position itself. */
const LEVELS: Readonly<Record<string, number>> = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
};

export interface GeometryFault {
  readonly code: 'geometry-not-an-object' | 'geometry-type' | 'coordinates';
  readonly pointer: string;
  readonly value: unknown;
  readonly detail: string;
}

export type CheckedGeometry = { readonly geometry: Geometry | null } | { readonly fault: GeometryFault };

export const isGeometryType = (type: unknown): boolean =>
  typeof type === 'string' && (Object.hasOwn(LEVELS, type) || type === 'GeometryCollection');

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Takes a geometry as far as it can be built at all: known types, lists as deep as the type has them, finite numbers.
 * Whether rings close or lines are long enough is for the checks. Without coordinates it is null, as RFC 7946 3.1 allows.
 * @throws LimitExceeded
 */
export function checkGeometry(value: unknown, { vertices, depth }: Limits): CheckedGeometry {
  const path: (string | number)[] = ['geometry'];
  let seen = 0;
  const fault = (code: GeometryFault['code'], of: unknown, detail: string) => ({
    fault: { code, pointer: toPointer(path), value: of, detail },
  });

  function positionFault(position: unknown): string | null {
    seen += 1;
    if (seen > vertices) {
      throw new LimitExceeded(
        `A feature has more than ${vertices} vertices (limit UPLOAD_VERTICES). Split or simplify it.`,
      );
    }
    if (!Array.isArray(position)) return 'A position is a list of numbers: [longitude, latitude].';
    if (position.length < 2) return 'A position has at least two numbers: [longitude, latitude].';
    for (let i = 0; i < position.length; i += 1) {
      const number: unknown = position[i];
      if (typeof number === 'number' && Number.isFinite(number)) continue;
      path.push(i);
      return typeof number === 'string'
        ? 'Coordinates are numbers, and this is a text: take the quotes away.'
        : 'Coordinates are finite numbers.';
    }
    return null;
  }

  function coordinatesFault(list: unknown, level: number): string | null {
    if (level === 0) return positionFault(list);
    if (!Array.isArray(list)) return `Here a list was expected, ${level} deep above its positions.`;
    for (let i = 0; i < list.length; i += 1) {
      const at = path.push(i);
      const detail = coordinatesFault(list[i], level - 1);
      if (detail) return detail;
      path.length = at - 1;
    }
    return null;
  }

  function check(of: unknown, level: number): CheckedGeometry {
    if (level > depth)
      throw new LimitExceeded(`A feature's geometry collections lie more than ${depth} deep (limit UPLOAD_DEPTH).`);
    if (of === null && level === 0) return { geometry: null };
    if (!isObject(of))
      return fault('geometry-not-an-object', of, 'A geometry is an object with "type" and "coordinates".');
    const { type } = of;
    if (type === 'GeometryCollection') return collection(of, level);
    const deep = typeof type === 'string' && Object.hasOwn(LEVELS, type) ? LEVELS[type] : undefined;
    if (deep === undefined) {
      path.push('type');
      const known = [...Object.keys(LEVELS), 'GeometryCollection'].join(', ');
      return fault('geometry-type', type ?? null, `There is no such geometry type. The types are ${known}.`);
    }
    const { coordinates } = of;
    if (Array.isArray(coordinates) && coordinates.length === 0) return { geometry: null };
    path.push('coordinates');
    const detail = coordinatesFault(coordinates, deep);
    if (detail) return fault('coordinates', at(coordinates, path), detail);
    path.pop();
    return { geometry: { type, coordinates } as Geometry };
  }

  function collection({ geometries }: Record<string, unknown>, level: number): CheckedGeometry {
    path.push('geometries');
    if (!Array.isArray(geometries))
      return fault('coordinates', geometries, 'A GeometryCollection has a list "geometries".');
    const parts: Geometry[] = [];
    for (const [i, part] of geometries.entries()) {
      const length = path.push(i);
      const checked = check(part, level + 1);
      if ('fault' in checked) return checked;
      if (checked.geometry) parts.push(checked.geometry);
      path.length = length - 1;
    }
    path.pop();
    return { geometry: parts.length > 0 ? { type: 'GeometryCollection', geometries: parts } : null };
  }

  return check(value, 0);
}

/** What stands in `coordinates` at the end of a path that leads through them. */
function at(coordinates: unknown, path: readonly (string | number)[]): unknown {
  let value = coordinates;
  for (const key of path.slice(path.lastIndexOf('coordinates') + 1)) value = (value as unknown[])[key as number];
  return value ?? null;
}
