import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { distanceInWords, intervalInWords } from '../../../../server/analysis/proximity/interval.ts';
import { toLine } from '../../../../server/analysis/proximity/part.ts';

const distance = (distance_km: number, at_least_km: number, at_most_km: number) => ({
  distance_km,
  at_least_km,
  at_most_km,
});

describe('a distance in words', () => {
  it('is an interval by how well both positions are known', () => {
    expect(intervalInWords('en', distance(21.4, 11.9, 31.2))).to.equal('12 to 31 km');
    expect(intervalInWords('fr', distance(5.44, 0, 1_230.4))).to.equal('0 à 1\u202f230 km');
    expect(distanceInWords('en', distance(5.44, 4.3, 6.6))).to.equal(
      '5.4 km (4.3 to 6.6 km by how well both positions are known)',
    );
  });

  it('is one number where nothing is gained by two', () => {
    expect(intervalInWords('en', distance(20.1, 20.06, 20.14))).to.equal('20 km');
    expect(distanceInWords('fr', distance(20.1, 20.06, 20.14))).to.equal('20 km');
  });
});

describe('toLine: a line between two places', () => {
  const place = fc.tuple(
    fc.integer({ min: -180, max: 180 }).map((lon) => lon + 0),
    fc.integer({ min: -89, max: 89 }).map((lat) => lat + 0),
  );

  it('goes the short way round, cut at the antimeridian', () => {
    expect(toLine([178, 10], [-178, 12])).to.deep.equal({
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
        const line = toLine(from, to);
        const lines =
          line.type === 'MultiLineString' ? line.coordinates : line.type === 'LineString' ? [line.coordinates] : [];
        const widths = lines.map((each) => Math.abs((each.at(-1)?.[0] as number) - (each[0]?.[0] as number)));
        const apart = Math.abs(from[0] - to[0]);
        const width = widths.reduce((sum, each) => sum + each, 0);
        expect(width).to.be.closeTo(Math.min(apart, 360 - apart), 1e-9);
        for (const [lon] of lines.flat()) expect(Math.abs(lon as number)).to.be.at.most(180);
        expect(lines[0]?.[0]).to.deep.equal(from);
        expect(lines.at(-1)?.at(-1)).to.deep.equal(to);
      }),
    );
  });
});
