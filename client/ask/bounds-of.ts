import type { Feature, Geometry, Position } from 'geojson';

function* positionsOf(geometry: Geometry): Generator<Position> {
  if (geometry.type === 'GeometryCollection') {
    for (const each of geometry.geometries) yield* positionsOf(each);
    return;
  }
  const stack: unknown[] = [geometry.coordinates];
  while (stack.length > 0) {
    const value = stack.pop() as unknown[];
    if (typeof value[0] === 'number') yield value as Position;
    else stack.push(...value);
  }
}

/** The box of features: west, south, east, north in degrees; null when there is none. */
export function boundsOf(features: readonly Feature[]): [number, number, number, number] | null {
  const box: [number, number, number, number] = [180, 90, -180, -90];
  let isEmpty = true;
  for (const { geometry } of features) {
    // What has no place is null in GeoJSON.
    if (!geometry) continue;
    for (const [lon = 0, lat = 0] of positionsOf(geometry)) {
      isEmpty = false;
      box[0] = Math.min(box[0], lon);
      box[1] = Math.min(box[1], lat);
      box[2] = Math.max(box[2], lon);
      box[3] = Math.max(box[3], lat);
    }
  }
  return isEmpty ? null : box;
}
