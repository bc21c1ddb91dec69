import type { Geometry, Position } from 'geojson';
import type { LngLatBounds } from 'maplibre-gl';

/** West, south, east, north in degrees. */
export type Box = readonly [number, number, number, number];

/** The box around a geometry; of an empty one, a box that meets nothing. */
export function boxOf(geometry: Geometry): Box {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  const visit = (coordinates: unknown) => {
    if (!Array.isArray(coordinates)) return;
    if (typeof coordinates[0] !== 'number') return void coordinates.forEach(visit);
    const [x = 0, y = 0] = coordinates as Position;
    if (x < box[0]) box[0] = x;
    if (y < box[1]) box[1] = y;
    if (x > box[2]) box[2] = x;
    if (y > box[3]) box[3] = y;
  };
  if (geometry.type === 'GeometryCollection') {
    for (const each of geometry.geometries) visit('coordinates' in each ? each.coordinates : []);
  } else visit(geometry.coordinates);
  return box;
}

/** The box around both. */
export const joined = (one: Box, other: Box): Box => [
  Math.min(one[0], other[0]),
  Math.min(one[1], other[1]),
  Math.max(one[2], other[2]),
  Math.max(one[3], other[3]),
];

export function meets([west, south, east, north]: Box, bounds: LngLatBounds): boolean {
  return (
    west <= bounds.getEast() && east >= bounds.getWest() && south <= bounds.getNorth() && north >= bounds.getSouth()
  );
}
