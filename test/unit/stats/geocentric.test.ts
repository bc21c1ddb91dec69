import { expect } from 'chai';
import fc from 'fast-check';
import geodesic from 'geographiclib-geodesic';
import { describe, it } from 'mocha';
import { squaredLine, toGeocentric, toSquaredLine, toSquaredMetres } from '../../../server/stats/geocentric.ts';

const { WGS84 } = geodesic.Geodesic;

/** Metres between two places, as straight lines through the earth have it. */
function metresBetween(one: readonly [number, number], other: readonly [number, number]): number {
  const xyz = toGeocentric({ lons: Float64Array.of(one[0], other[0]), lats: Float64Array.of(one[1], other[1]) });
  return Math.sqrt(toSquaredMetres(squaredLine(xyz, 0, 1)));
}

const lon = fc.double({ min: -180, max: 180, noNaN: true });
const lat = fc.double({ min: -90, max: 90, noNaN: true });
const azimuth = fc.double({ min: 0, max: 360, noNaN: true });

describe('distances by straight lines through the earth', () => {
  it('are those of GeographicLib to 3 parts in a million up to 500 km, and 12 up to 1,000 km, also over poles and antimeridian', () => {
    const share = fc.double({ min: 1e-4, max: 1, noNaN: true });
    fc.assert(
      fc.property(lon, lat, azimuth, share, fc.constantFrom(500_000, 1_000_000), (x, y, heading, part, most) => {
        const { lat2 = 0, lon2 = 0 } = WGS84.Direct(y, x, heading, part * most);
        const found = metresBetween([x, y], [lon2, lat2]);
        // Closer than a metre the digits of coordinates end.
        expect(Math.abs(found - part * most)).to.be.below(part * most * (most === 500_000 ? 3e-6 : 12e-6) + 1e-6);
      }),
      {
        numRuns: 2_000,
        examples: [
          [179.9, 89.9, 10, 1, 500_000],
          [179.99, 0, 90, 1, 1_000_000],
          [0, 0, 0, 1, 500_000],
        ],
      },
    );
  });

  it('go back to the line that they are over', () => {
    for (const metres of [1, 1_000, 250_000, 2_000_000]) {
      expect(Math.sqrt(toSquaredMetres(toSquaredLine(metres))) / metres).to.be.closeTo(1, 1e-9);
    }
  });

  it('refuses what is no place', () => {
    for (const [x, y] of [
      [Number.NaN, 0],
      [0, 91],
    ] as const) {
      expect(() => toGeocentric({ lons: Float64Array.of(x), lats: Float64Array.of(y) })).to.throw(RangeError);
    }
  });
});
