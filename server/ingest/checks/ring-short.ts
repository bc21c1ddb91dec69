import type { Position } from 'geojson';
import { type Check, type Finding, NOTHING_FOUND } from '../check.ts';
import { mendRings } from './rings.ts';

const areSame = (a: Position, b: Position) => a[0] === b[0] && a[1] === b[1];

/** Different positions, as far as three. */
function countCorners(positions: readonly Position[]): number {
  const [first] = positions;
  if (!first) return 0;
  const second = positions.find((position) => !areSame(position, first));
  if (!second) return 1;
  return positions.some((position) => !areSame(position, first) && !areSame(position, second)) ? 3 : 2;
}

/** RFC 7946, 3.1.6: a ring has four positions or more, the last being the first. What has fewer has no area. */
export const ringShort: Check = {
  code: 'ring-short',
  check: (feature) => {
    if (!feature.geometry) return NOTHING_FOUND;
    const findings: Finding[] = [];
    mendRings(feature.geometry, ({ positions, pointer }) => {
      const corners = countCorners(positions);
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
