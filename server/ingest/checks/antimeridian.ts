import { type Check, NOTHING_FOUND } from '../check.ts';
import { pathsOf } from './positions.ts';

/**
 * RFC 7946, 3.1.9: a line or ring that crosses the antimeridian is cut there. One that jumps over more than half the Earth
 * is taken to mean the short way; it is asked about and not cut silently.
 */
export const antimeridian: Check = {
  code: 'antimeridian',
  check: ({ geometry }, { inDegrees }) => {
    if (!geometry || !inDegrees) return NOTHING_FOUND;
    for (const { path, pointer } of pathsOf(geometry)) {
      for (let index = 0; index + 1 < path.length; index++) {
        const [from = 0, to = 0] = [path[index]?.[0], path[index + 1]?.[0]];
        if (Math.abs(to - from) <= 180) continue;
        const detail =
          'From one position to the next it goes more than half way round the Earth: does it cross the antimeridian? ' +
          'Then it should be cut there in two.';
        const at = `${pointer}/${index + 1}`;
        return {
          findings: [{ code: 'antimeridian', severity: 'warning', pointer: at, value: `${from} to ${to}`, detail }],
        };
      }
    }
    return NOTHING_FOUND;
  },
};
