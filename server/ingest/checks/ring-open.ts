import type { Position } from 'geojson';
import { type Check, type Finding, NOTHING_FOUND } from '../check.ts';
import { mendRings } from './rings.ts';

const same = (a: Position, b: Position) => a[0] === b[0] && a[1] === b[1];

/** RFC 7946, 3.1.6: the last position of a ring is the first. The missing one is added. */
export const ringOpen: Check = {
  code: 'ring-open',
  check: (feature) => {
    if (!feature.geometry) return NOTHING_FOUND;
    const findings: Finding[] = [];
    const geometry = mendRings(feature.geometry, ({ positions, pointer }) => {
      const [first, last] = [positions[0], positions.at(-1)];
      if (!first || !last || same(first, last)) return positions;
      findings.push({
        code: 'ring-open',
        severity: 'note',
        pointer,
        value: `${first.slice(0, 2)} ... ${last.slice(0, 2)}`,
        detail: 'The ring does not end where it begins: its first position was added at the end.',
      });
      return [...positions, first];
    });
    return findings.length === 0 ? NOTHING_FOUND : { findings, mended: { ...feature, geometry } };
  },
};
