import type { LayerRecord } from '../../core/record.ts';
import type { Parts } from './interior-point.ts';
import type { Position } from './mercator.ts';

/** Where a record of a layer of points is, degrees. */
export function toPosition({ coordinates }: LayerRecord['geometry']): Position {
  return coordinates as Position;
}

/** Lines or polygons of a record, degrees. */
export function toParts({ type, coordinates }: LayerRecord['geometry']): Parts {
  switch (type) {
    case 'LineString':
      return [[coordinates]] as unknown as Parts;
    case 'MultiLineString':
    case 'Polygon':
      return [coordinates] as unknown as Parts;
    default:
      return coordinates as Parts;
  }
}
