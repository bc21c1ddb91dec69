import type { Geometry, Position } from 'geojson';

/** Where a record is: its point, and west, south, east, north of all of it. Degrees. */
export interface PlaceOf {
  /** Null for lines and areas. */
  readonly point: readonly [lon: number, lat: number] | null;
  readonly box: readonly [number, number, number, number];
}

/** Null for an empty geometry. */
export function placeOf(geometry: Geometry): PlaceOf | null {
  const positions = positionsOf(geometry);
  if (positions.length === 0) return null;
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const [lon = 0, lat = 0] of positions) {
    [west, east] = [Math.min(west, lon), Math.max(east, lon)];
    [south, north] = [Math.min(south, lat), Math.max(north, lat)];
  }
  return { point: geometry.type === 'Point' ? [west, south] : null, box: [west, south, east, north] };
}

function positionsOf(geometry: Geometry): readonly Position[] {
  if (geometry.type === 'GeometryCollection') return geometry.geometries.flatMap(positionsOf);
  const depth = { Point: 0, MultiPoint: 1, LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 }[
    geometry.type
  ];
  return depth === 0
    ? [geometry.coordinates as Position]
    : ((geometry.coordinates as Position[]).flat(depth - 1) as Position[]);
}
