import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { straightLine } from '../../../server/analysis/straight-line.ts';

describe('straightLine: a line between two places', () => {
  const place = fc.tuple(
    fc.integer({ min: -180, max: 180 }).map((lon) => lon + 0),
    fc.integer({ min: -89, max: 89 }).map((lat) => lat + 0),
  );

  it('goes the short way round, cut at the antimeridian', () => {
    expect(straightLine([178, 10], [-178, 12])).to.deep.equal({
      type: 'MultiLineString',
      coordinates: [
        [
          [178, 10],
          [180, 11],
        ],
        [
          [-180, 11],
          [-178, 12],
        ],
      ],
    });
    fc.assert(
      fc.property(place, place, (from, to) => {
        const line = straightLine(from, to);
        const lines =
          line.type === 'MultiLineString' ? line.coordinates : line.type === 'LineString' ? [line.coordinates] : [];
        const widths = lines.map((each) => Math.abs((each.at(-1)?.[0] as number) - (each[0]?.[0] as number)));
        const apart = Math.abs(from[0] - to[0]);
        const width = widths.reduce((sum, each) => sum + each, 0);
        expect(width).to.be.closeTo(Math.min(apart, 360 - apart), 1e-9);
        for (const [lon] of lines.flat()) expect(Math.abs(lon as number)).to.be.at.most(180);
        // A place on the antimeridian is at its other end as well.
        const isAt = (end: readonly number[] | undefined, [lon, lat]: readonly [number, number]) => {
          expect(end?.[1]).to.equal(lat);
          expect(((end?.[0] as number) - lon) % 360).to.be.closeTo(0, 1e-9);
        };
        isAt(lines[0]?.[0], from);
        isAt(lines.at(-1)?.at(-1), to);
      }),
    );
  });

  it('has no piece without length, and none that is no number, where it begins or ends on the antimeridian', () => {
    expect(straightLine([180, 3], [-178, 5])).to.deep.equal({
      type: 'MultiLineString',
      coordinates: [
        [
          [-180, 3],
          [-178, 5],
        ],
      ],
    });
    // The same meridian, written in both ways.
    expect(straightLine([180, 3], [-180, 5]).coordinates).to.deep.equal([
      [
        [-180, 3],
        [-180, 5],
      ],
    ]);
    expect(straightLine([180, 3], [-180, 3]).coordinates.length).to.be.greaterThan(0);
  });
});
