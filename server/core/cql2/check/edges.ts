import type { GeometryLiteral, PlainGeometry, Position } from '../ast.ts';

/** Degrees of longitude or latitude. */
const MAX_EDGE = 90;

/**
 * What is wrong with a shape on the globe, where the way along an edge is the shortest there is: between places that are
 * opposite to one another there is no such way. Undefined where nothing is.
 */
export function edgeFault(geometry: GeometryLiteral): string | undefined {
  const isLong = 'bbox' in geometry ? isWide(geometry.bbox) : partsOf(geometry).some(hasLongEdge);
  return isLong ? `S_DWITHIN takes shapes whose edges span at most ${MAX_EDGE} degrees.` : undefined;
}

function isWide([west, south, east, north]: readonly [number, number, number, number]): boolean {
  return (west <= east ? east - west : east - west + 360) > MAX_EDGE || north - south > MAX_EDGE;
}

const partsOf = (geometry: Exclude<GeometryLiteral, { bbox: unknown }>): readonly PlainGeometry[] =>
  geometry.type === 'GeometryCollection' ? geometry.geometries : [geometry];

function hasLongEdge(geometry: PlainGeometry): boolean {
  switch (geometry.type) {
    case 'LineString':
      return isLongLine(geometry.coordinates);
    case 'Polygon':
    case 'MultiLineString':
      return geometry.coordinates.some(isLongLine);
    case 'MultiPolygon':
      return geometry.coordinates.some((polygon) => polygon.some(isLongLine));
    default:
      return false;
  }
}

function isLongLine(line: readonly Position[]): boolean {
  return line.some(([longitude, latitude], index) => {
    const before = line[index - 1];
    if (!before) return false;
    return Math.abs(longitude - before[0]) > MAX_EDGE || Math.abs(latitude - before[1]) > MAX_EDGE;
  });
}
