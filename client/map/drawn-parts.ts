import type { Geometry, LineString, Point, Polygon, Position } from 'geojson';

/** Digits of a degree: a centimetre. */
const DIGITS = 1e7;

/** One part of what is drawn, as it can be edited: without its holes, which are kept beside it. */
export interface DrawnPart {
  readonly geometry: Point | LineString | Polygon;
  readonly holes: readonly Position[][];
}

const rounded = ([lon = 0, lat = 0]: Position): Position => [
  Math.round(lon * DIGITS) / DIGITS,
  Math.round(lat * DIGITS) / DIGITS,
];
const line = (positions: readonly Position[]): DrawnPart => ({
  geometry: { type: 'LineString', coordinates: positions.map(rounded) },
  holes: [],
});
const polygon = ([outer = [], ...holes]: readonly Position[][]): DrawnPart => ({
  geometry: { type: 'Polygon', coordinates: [outer.map(rounded)] },
  holes,
});

/** The parts of a geometry; heights are left out. */
export function toParts(geometry: Geometry | null): DrawnPart[] {
  switch (geometry?.type) {
    case 'Point':
      return [{ geometry: { type: 'Point', coordinates: rounded(geometry.coordinates) }, holes: [] }];
    case 'LineString':
      return [line(geometry.coordinates)];
    case 'Polygon':
      return [polygon(geometry.coordinates)];
    case 'MultiPoint':
      return geometry.coordinates.map((each) => ({
        geometry: { type: 'Point', coordinates: rounded(each) },
        holes: [],
      }));
    case 'MultiLineString':
      return geometry.coordinates.map(line);
    case 'MultiPolygon':
      return geometry.coordinates.map(polygon);
    case 'GeometryCollection':
      return geometry.geometries.flatMap(toParts);
    default:
      return [];
  }
}

/** The geometry of parts of one kind, in their order; null: of none. `isMulti`: of one part too, as it was before. */
export function fromParts(parts: readonly DrawnPart[], isMulti: boolean): Geometry | null {
  const whole = parts.map(({ geometry, holes }) =>
    geometry.type === 'Polygon' ? { ...geometry, coordinates: [...geometry.coordinates, ...holes] } : geometry,
  );
  const [first] = whole;
  if (!first) return null;
  if (whole.length === 1 && !isMulti) return first;
  return { type: `Multi${first.type}`, coordinates: whole.map(({ coordinates }) => coordinates) } as Geometry;
}

/**
 * What has been placed of a line or an area whose last vertex still follows the pointer; null: too little for one. Of an
 * area `positions` is its ring, in which that vertex stands before the closing one; `placed` is how many have been placed.
 */
export function placedOf(mode: 'line' | 'polygon', positions: readonly Position[], placed: number): Geometry | null {
  const kept = positions.slice(0, placed);
  const [first] = kept;
  if (mode === 'line') return kept.length < 2 ? null : { type: 'LineString', coordinates: kept };
  return first === undefined || kept.length < 3 ? null : { type: 'Polygon', coordinates: [[...kept, first]] };
}

/** A line or an area without the vertex that was placed last; null: it would be none then. */
export function withoutLast(geometry: Geometry | null): Geometry | null {
  if (geometry?.type === 'LineString') return placedOf('line', geometry.coordinates, geometry.coordinates.length - 1);
  if (geometry?.type !== 'Polygon') return null;
  const [ring = []] = geometry.coordinates;
  return placedOf('polygon', ring, ring.length - 2);
}
