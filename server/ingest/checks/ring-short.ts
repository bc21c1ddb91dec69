import { type Check, type Finding, NOTHING_FOUND } from '../check.ts';
import { mendRings } from './rings.ts';

/** RFC 7946, 3.1.6: a ring has four positions or more, the last being the first. What has fewer has no area. */
export const ringShort: Check = {
  code: 'ring-short',
  check: (feature) => {
    if (!feature.geometry) return NOTHING_FOUND;
    const findings: Finding[] = [];
    mendRings(feature.geometry, ({ positions, pointer }) => {
      const corners = new Set(positions.map(([x, y]) => `${x} ${y}`)).size;
      if (corners < 3) {
        findings.push({
          code: 'ring-short',
          severity: 'error',
          pointer,
          value: `${corners} different positions`,
          detail: 'A ring needs three different positions or more to have an area.',
        });
      }
      return positions;
    });
    return findings.length === 0 ? NOTHING_FOUND : { findings };
  },
};
