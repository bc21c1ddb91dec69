import { type Check, NOTHING_FOUND } from '../check.ts';
import { positionsOf } from './positions.ts';

/** 0, 0 lies in the Gulf of Guinea: it mostly stands for a position that was not known. */
export const nullIsland: Check = {
  code: 'null-island',
  check: ({ geometry }, { inDegrees }) => {
    if (!geometry || !inDegrees) return NOTHING_FOUND;
    for (const { position, pointer } of positionsOf(geometry)) {
      if (position[0] !== 0 || position[1] !== 0) continue;
      const detail =
        'The position 0, 0 is in the sea south of Ghana: if it stands for "unknown", leave the position empty.';
      return { findings: [{ code: 'null-island', severity: 'warning', pointer, value: '0, 0', detail }] };
    }
    return NOTHING_FOUND;
  },
};
