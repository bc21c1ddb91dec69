import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { toPosition } from '../../../server/stats/geocentric.ts';
import { nearMetres } from '../../../server/stats/near-metres.ts';
import { bearing, exact, type LonLat, place, towards } from '../../support/geodesics.ts';

describe('nearMetres', () => {
  const off = (from: LonLat, to: LonLat) =>
    Math.abs(nearMetres(toPosition(...from), toPosition(...to)) - exact(from, to));

  it('is the geodesic distance to 0.1 mm up to 100 km, and to 1 m up to 500 km', () => {
    const metres = fc.oneof(
      fc.double({ min: 0, max: 1_000, noNaN: true }),
      fc.double({ min: 0, max: 100_000, noNaN: true }),
    );
    fc.assert(
      fc.property(place, bearing, metres, (from, way, far) => {
        expect(off(from, towards(from, way, far))).to.be.below(1.1e-4);
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(place, bearing, fc.double({ min: 0, max: 500_000, noNaN: true }), (from, way, far) => {
        expect(off(from, towards(from, way, far))).to.be.below(1);
      }),
      { numRuns: 500 },
    );
  });

  it('is a distance a hair from the pole too, where squares of what is left are 0', () => {
    const pole = 6_356_752.3125;
    expect(nearMetres([1e-161, 0, pole - 1 / 64], [0, 0, pole])).to.be.closeTo(1 / 64, 1e-4);
    expect(nearMetres([0, -1e-170, pole - 1], [0, 0, pole])).to.be.closeTo(1, 1e-4);
  });
});
