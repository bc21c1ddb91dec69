import type { Geometry, Position } from 'geojson';

export interface Placed {
  readonly position: Position;
  /** JSON pointer inside the feature. */
  readonly pointer: string;
}

function* nested(coordinates: readonly unknown[], pointer: string): Generator<Placed> {
  if (typeof coordinates[0] === 'number') {
    yield { position: coordinates as Position, pointer };
    return;
  }
  for (const [index, part] of coordinates.entries()) yield* nested(part as readonly unknown[], `${pointer}/${index}`);
}

/** Each position of a geometry, in its order. */
export function* positionsOf(geometry: Geometry, pointer = '/geometry'): Generator<Placed> {
  if (geometry.type === 'GeometryCollection') {
    for (const [index, part] of geometry.geometries.entries())
      yield* positionsOf(part, `${pointer}/geometries/${index}`);
  } else yield* nested(geometry.coordinates, `${pointer}/coordinates`);
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
