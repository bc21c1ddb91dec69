import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { nearestKm, positionAt, toPieces } from '../../../client/ask/along-path.ts';

const line = (coordinates: number[][], from_km: number, to_km: number) => ({
  geometry: { type: 'LineString' as const, coordinates },
  properties: { from_km, to_km },
});
/** Along the equator a degree is as long everywhere. */
const PIECES = toPieces([
  line(
    [
      [1, 0],
      [2, 0],
      [3, 0],
    ],
    100,
    300,
  ),
  line(
    [
      [0, 0],
      [1, 0],
    ],
    0,
    100,
  ),
]);

describe('a place on a line by its chainage', () => {
  it('lies where the line is, whatever the order of its pieces', () => {
    expect(positionAt(PIECES, 0)).to.deep.equal([0, 0]);
    expect(positionAt(PIECES, 300)).to.deep.equal([3, 0]);
    const [lon = 0, lat = 1] = positionAt(PIECES, 250) ?? [];
    expect(lon).to.be.closeTo(2.5, 1e-9);
    expect(lat).to.be.closeTo(0, 1e-12);
  });

  it('is nowhere beyond the ends, and nowhere of no line', () => {
    expect(positionAt(PIECES, 300.1)).to.equal(null);
    expect(positionAt(PIECES, -1)).to.equal(null);
    expect(positionAt([], 5)).to.equal(null);
    expect(nearestKm([], [0, 0])).to.equal(null);
  });

  it('is found again from its position', () => {
    const bent = toPieces([
      line(
        [
          [-2, 15],
          [-1, 16.5],
          [1, 17],
        ],
        0,
        420,
      ),
    ]);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 420, noNaN: true }), (km) => {
        expect(nearestKm(bent, positionAt(bent, km) ?? [])?.km).to.be.closeTo(km, 0.01);
      }),
    );
  });

  it('is that of the nearest place for who points beside the line', () => {
    const near = nearestKm(PIECES, [2.25, 0.4]);
    expect(near?.km).to.be.closeTo(225, 1e-6);
    expect(near?.position[1]).to.be.closeTo(0, 1e-9);
    expect(nearestKm(PIECES, [9, 1])?.km).to.be.closeTo(300, 1e-6);
  });

  it('takes several parts as one line, whose gaps do not count', () => {
    const parts = toPieces([
      {
        geometry: {
          type: 'MultiLineString',
          coordinates: [
            [
              [0, 0],
              [1, 0],
            ],
            [
              [1, 0],
              [2, 0],
            ],
          ],
        },
        properties: { from_km: 0, to_km: 10 },
      },
      { geometry: { type: 'Point', coordinates: [0, 0] }, properties: { from_km: 0, to_km: 5 } },
      line(
        [
          [0, 0],
          [1, 0],
        ],
        7,
        7,
      ),
    ]);
    expect(parts).to.have.length(1);
    expect(positionAt(parts, 5)?.[0]).to.be.closeTo(1, 1e-9);
  });
});
