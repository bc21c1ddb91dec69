import type { Position } from 'geojson';
import { type Check, type Finding, NOTHING_FOUND } from '../check.ts';
import { mendRings } from './rings.ts';

/** Twice the area by the shoelace formula, in the units of the positions squared: above 0 for anticlockwise rings. */
function signedArea(ring: readonly Position[]): number {
  const [x0 = 0, y0 = 0] = ring[0] ?? [];
  let sum = 0;
  for (let index = 0; index + 1 < ring.length; index++) {
    const [ax = 0, ay = 0] = ring[index] as Position;
    const [bx = 0, by = 0] = ring[index + 1] as Position;
    // From the first corner: far from the origin the products of small differences would be lost.
    sum += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
  }
  return sum;
}

/** RFC 7946, 3.1.6: outlines run anticlockwise and holes clockwise. Those that do not are turned round. */
export const ringDirection: Check = {
  code: 'ring-direction',
  check: (feature) => {
    if (!feature.geometry) return NOTHING_FOUND;
    const findings: Finding[] = [];
    const geometry = mendRings(feature.geometry, ({ positions, isExterior, pointer }) => {
      const area = signedArea(positions);
      if (area === 0 || area > 0 === isExterior) return positions;
      findings.push({
        code: 'ring-direction',
        severity: 'note',
        pointer,
        detail: isExterior
          ? 'The outline ran clockwise: it was turned round, as RFC 7946 has it.'
          : 'The hole ran anticlockwise: it was turned round, as RFC 7946 has it.',
      });
      return positions.toReversed();
    });
    return findings.length === 0 ? NOTHING_FOUND : { findings, mended: { ...feature, geometry } };
  },
};
