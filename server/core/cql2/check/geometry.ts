import { InvalidFilter } from '../../errors.ts';
import type { GeometryLiteral, Place, PlainGeometry, Position } from '../ast.ts';
import { ringFault } from './rings.ts';
import type { Scope } from './scope.ts';

/** Positions of all the geometries of a filter. */
export const MAX_VERTICES = 1_000;

/**
 * Refuses what is not on the globe, too large, or no line or polygon at all. What passes may still be awkward in places
 * that only GEOS sees, so the query repairs it (see toGeometry of server/query).
 */
export function checkGeometry(geometry: GeometryLiteral, place: Place, scope: Scope): void {
  const fail = (detail: string): never => {
    throw new InvalidFilter(detail, place);
  };
  if ('bbox' in geometry) {
    const [west, south, east, north] = geometry.bbox;
    const fault = positionFault([west, south]) ?? positionFault([east, north]);
    if (fault) fail(fault);
    if (south > north)
      fail(`The box has south (${south}) above north (${north}): the order is west, south, east, north.`);
    return;
  }
  const parts = geometry.type === 'GeometryCollection' ? geometry.geometries : [geometry];
  for (const part of parts) {
    const positions = positionsOf(part);
    scope.vertices += positions.length;
    if (scope.vertices > MAX_VERTICES) fail(`The geometries of a filter have at most ${MAX_VERTICES} positions.`);
    const fault = positions.map(positionFault).find((found) => found !== undefined) ?? shapeFault(part);
    if (fault) fail(fault);
  }
}

export function positionsOf(geometry: PlainGeometry): readonly Position[] {
  switch (geometry.type) {
    case 'Point':
      return [geometry.coordinates];
    case 'LineString':
    case 'MultiPoint':
      return geometry.coordinates;
    case 'Polygon':
    case 'MultiLineString':
      return geometry.coordinates.flat();
    case 'MultiPolygon':
      return geometry.coordinates.flat(2);
  }
}

function positionFault([longitude, latitude]: Position): string | undefined {
  if (Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90) return undefined;
  const order = 'longitude from -180 to 180, then latitude from -90 to 90';
  return `The position ${longitude} ${latitude} is not on the globe: write ${order}.`;
}

function shapeFault(geometry: PlainGeometry): string | undefined {
  switch (geometry.type) {
    case 'LineString':
      return lineFault(geometry.coordinates);
    case 'MultiLineString':
      return geometry.coordinates.map(lineFault).find((fault) => fault !== undefined);
    case 'Polygon':
      return ringFault([geometry.coordinates]);
    case 'MultiPolygon':
      return ringFault(geometry.coordinates);
    default:
      return undefined;
  }
}

function lineFault(line: readonly Position[]): string | undefined {
  const [first] = line;
  const isLine = line.some((at) => at[0] !== first?.[0] || at[1] !== first?.[1]);
  return isLine ? undefined : 'A line needs two different positions at least.';
}
