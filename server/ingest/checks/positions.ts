import type { Geometry, Position } from 'geojson';

export interface Placed {
  readonly position: Position;
  /** JSON pointer inside the feature. */
  readonly pointer: string;
}

type Test = (position: Position) => boolean;

function nested(coordinates: readonly unknown[], pointer: string, isSought: Test): Placed | undefined {
  if (coordinates.length === 0) return undefined;
  if (typeof coordinates[0] === 'number') {
    return isSought(coordinates as Position) ? { position: coordinates as Position, pointer } : undefined;
  }
  for (let index = 0; index < coordinates.length; index += 1) {
    const part = coordinates[index] as readonly unknown[];
    // Of a shape with many vertices the addresses of all that are sound would be written in vain.
    if (typeof part[0] === 'number' && !isSought(part as Position)) continue;
    const found = nested(part, `${pointer}/${index}`, isSought);
    if (found) return found;
  }
  return undefined;
}

/** The first position of a geometry that is sought; undefined where there is none. */
export function findPosition(geometry: Geometry, isSought: Test, pointer = '/geometry'): Placed | undefined {
  if (geometry.type !== 'GeometryCollection') return nested(geometry.coordinates, `${pointer}/coordinates`, isSought);
  for (const [index, part] of geometry.geometries.entries()) {
    const found = findPosition(part, isSought, `${pointer}/geometries/${index}`);
    if (found) return found;
  }
  return undefined;
}

/** Each line and ring of a geometry as its positions. */
export function* pathsOf(
  geometry: Geometry,
  pointer = '/geometry',
): Generator<{ path: readonly Position[]; pointer: string }> {
  switch (geometry.type) {
    case 'LineString':
      yield { path: geometry.coordinates, pointer: `${pointer}/coordinates` };
      return;
    case 'MultiLineString':
    case 'Polygon':
      for (const [index, path] of geometry.coordinates.entries())
        yield { path, pointer: `${pointer}/coordinates/${index}` };
      return;
    case 'MultiPolygon':
      for (const [index, polygon] of geometry.coordinates.entries())
        for (const [ring, path] of polygon.entries())
          yield { path, pointer: `${pointer}/coordinates/${index}/${ring}` };
      return;
    case 'GeometryCollection':
      for (const [index, part] of geometry.geometries.entries()) yield* pathsOf(part, `${pointer}/geometries/${index}`);
  }
}
