import type { GeometryLiteral, PlainGeometry } from '../../core/cql2/ast.ts';

/** A literal as plain geometries: a collection as its parts, a box as what it covers, on both sides of the antimeridian. */
export function shapesOf(geometry: GeometryLiteral): readonly PlainGeometry[] {
  if (!('bbox' in geometry)) return geometry.type === 'GeometryCollection' ? geometry.geometries : [geometry];
  const [west, south, east, north] = geometry.bbox;
  if (west <= east) return [boxShape(west, south, east, north)];
  return [boxShape(west, south, 180, north), boxShape(-180, south, east, north)];
}

/** A box without width or height is a line or a point, which GEOS can compare. */
function boxShape(west: number, south: number, east: number, north: number): PlainGeometry {
  if (west === east && south === north) return { type: 'Point', coordinates: [west, south] };
  if (west === east || south === north) {
    const line = [
      [west, south],
      [east, north],
    ] as const;
    return { type: 'LineString', coordinates: line };
  }
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ] as const;
  return { type: 'Polygon', coordinates: [ring] };
}
