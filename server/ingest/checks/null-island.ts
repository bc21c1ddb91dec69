import type { Position } from 'geojson';
import { type Check, NOTHING_FOUND } from '../check.ts';
import { findPosition } from './positions.ts';

const isNull = (position: Position) => position[0] === 0 && position[1] === 0;

/** 0, 0 lies in the Gulf of Guinea: it mostly stands for a position that was not known. */
export const nullIsland: Check = {
  code: 'null-island',
  check: ({ geometry }, { inDegrees }) => {
    if (!geometry || !inDegrees) return NOTHING_FOUND;
    const found = findPosition(geometry, isNull);
    if (!found) return NOTHING_FOUND;
    const { pointer } = found;
    const detail =
      'The position 0, 0 is in the sea south of Ghana: if it stands for "unknown", leave the position empty.';
    return { findings: [{ code: 'null-island', severity: 'warning', pointer, value: '0, 0', detail }] };
  },
};
