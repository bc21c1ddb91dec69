import type { Position } from 'geojson';
import { type Check, NOTHING_FOUND } from '../check.ts';
import { findPosition } from './positions.ts';

const isOnEarth = (position: Position) =>
  Math.abs(position[0] as number) <= 180 && Math.abs(position[1] as number) <= 90;
const isElsewhere = (position: Position) => !isOnEarth(position);

/** Longitudes lie within 180 degrees and latitudes within 90. One finding for a record, at the first that does not. */
export const positionRange: Check = {
  code: 'position-range',
  check: ({ geometry }, { inDegrees }) => {
    if (!geometry || !inDegrees) return NOTHING_FOUND;
    const found = findPosition(geometry, isElsewhere);
    if (!found) return NOTHING_FOUND;
    const { position, pointer } = found;
    const [lon = Number.NaN, lat = Number.NaN] = position;
    const isSwapped = isOnEarth([lat, lon]);
    const detail = isSwapped
      ? 'The latitude is beyond 90 degrees, and would not be with the two numbers exchanged: are latitude and longitude swapped?'
      : 'A longitude lies between -180 and 180, a latitude between -90 and 90: is the file in another reference system?';
    return { findings: [{ code: 'position-range', severity: 'error', pointer, value: `${lon}, ${lat}`, detail }] };
  },
};
