import type { Geometry, Position } from 'geojson';

/** Mean radius of the earth in metres (IUGG). */
const RADIUS = 6_371_008.8;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

type Point = readonly [x: number, y: number];

/**
 * Metres from a place (degrees) to the nearest point of a geometry, 0 inside an area: on the plane that touches the sphere
 * there, so within one per cent up to some 500 km. Records are placed less exactly than that.
 */
export function distanceTo(lon: number, lat: number, geometry: Geometry): number {
  const shrink = Math.cos(radians(lat));
  const flat = ([x = 0, y = 0]: Position): Point => [
    RADIUS * radians(x - lon) * (shrink + Math.cos(radians(y))) * 0.5,
    RADIUS * radians(y - lat),
  ];
  const lines = (parts: readonly (readonly Position[])[]) => Math.min(...parts.map((part) => toLine(part.map(flat))));
  const area = (rings: readonly (readonly Position[])[]) =>
    isInside(rings.map((ring) => ring.map(flat))) ? 0 : lines(rings);
  switch (geometry.type) {
    case 'Point':
      return Math.hypot(...flat(geometry.coordinates));
    case 'MultiPoint':
      return Math.min(...geometry.coordinates.map((position) => Math.hypot(...flat(position))));
    case 'LineString':
      return lines([geometry.coordinates]);
    case 'MultiLineString':
      return lines(geometry.coordinates);
    case 'Polygon':
      return area(geometry.coordinates);
    case 'MultiPolygon':
      return Math.min(...geometry.coordinates.map(area));
    default:
      return Math.min(...geometry.geometries.map((part) => distanceTo(lon, lat, part)));
  }
}

/** From the origin. */
function toLine(points: readonly Point[]): number {
  let least = Math.min(...points.map(([x, y]) => Math.hypot(x, y)));
  for (const [index, [x, y]] of points.slice(1).entries()) {
    const [fromX, fromY] = points[index] as Point;
    const [dx, dy] = [x - fromX, y - fromY];
    const long = dx * dx + dy * dy;
    if (long === 0) continue;
    const along = Math.min(1, Math.max(0, -(fromX * dx + fromY * dy) / long));
    least = Math.min(least, Math.hypot(fromX + along * dx, fromY + along * dy));
  }
  return least;
}

/** Whether the origin is inside: a ray from it crosses the rings an odd number of times. */
function isInside(rings: readonly (readonly Point[])[]): boolean {
  let odd = false;
  for (const ring of rings) {
    for (const [index, [x, y]] of ring.entries()) {
      const [fromX, fromY] = ring.at(index - 1) as Point;
      if (y > 0 !== fromY > 0 && x - (y * (fromX - x)) / (fromY - y) > 0) odd = !odd;
    }
  }
  return odd;
}

/** What the distance may be, given within how many metres each of the two is placed. */
export function distanceBetween(metres: number, precisions: readonly (number | null)[]): readonly [number, number] {
  const slack = precisions.reduce<number>((sum, precision) => sum + (precision ?? 0), 0);
  return [Math.max(0, metres - slack), metres + slack];
}

/** West, south, east, north in degrees: holds whatever is within so many metres of a place. */
export function boxWithin(lon: number, lat: number, metres: number): readonly [number, number, number, number] {
  const up = (metres / RADIUS) * (180 / Math.PI);
  const across = up / Math.max(0.05, Math.cos(radians(Math.min(85, Math.abs(lat) + up))));
  return [Math.max(-180, lon - across), Math.max(-90, lat - up), Math.min(180, lon + across), Math.min(90, lat + up)];
}
