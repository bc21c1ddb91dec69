import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { bandInWords, bandOf, bandsOf, toMetres } from '../../../../server/analysis/bands.ts';
import { findNearPairs } from '../../../../server/analysis/near-repeat/near-pairs.ts';
import { bearing, exact, type LonLat, place, towards } from '../../../support/geodesics.ts';
import { whole } from '../../../support/whole.ts';

describe('bandOf', () => {
  it('puts what lies on an edge into the band that begins there', () => {
    expect([99, 100, 100.5, 101, 102].map((value) => bandOf([100, 101, 102], value))).to.deep.equal([-1, 0, 0, 1, -1]);
    expect(bandOf([0, 1], Number.NaN)).to.equal(-1);
  });

  it('has edges in metres that are no crumb off', () => {
    // 4.35 times 1,000 is 4,350 less a crumb: so far would lie beyond.
    expect([1.001, 4.35, 8.2, 0.1].map(toMetres)).to.deep.equal([1_001, 4_350, 8_200, 100]);
  });

  it('writes half-open intervals in both languages', () => {
    const [first] = bandsOf([0, 0.5, 1_000]);
    expect(bandInWords(first as { from: number; to: number }, { en: 'km', fr: 'km' })).to.deep.equal({
      en: '[0, 0.5) km',
      fr: '[0 ; 0,5[ km',
    });
    expect(bandInWords({ from: 50 }, { en: 'km', fr: 'km' }).en).to.equal('50 km and more');
  });
});

describe('findNearPairs', () => {
  const found = (places: readonly LonLat[], edges: readonly number[], most = 1_000_000) =>
    whole(
      findNearPairs(
        { lons: Float64Array.from(places, ([lon]) => lon), lats: Float64Array.from(places, ([, lat]) => lat) },
        edges,
        most,
      ),
    );

  it('puts what is 100 m apart into [100, 101) m', () => {
    for (const way of [0, 37, 90, 181]) {
      const here: LonLat = [-3.2, 14.7];
      const near = found([here, towards(here, way, 100)], [0, 100, 101]);
      expect([...(near?.bands ?? [])], `bearing ${way}`).to.deep.equal([1]);
    }
  });

  const around = fc
    .tuple(place, fc.array(fc.tuple(bearing, fc.double({ min: 0, max: 30_000, noNaN: true })), { maxLength: 25 }))
    .map(([middle, ways]): LonLat[] => [middle, ...ways.map(([way, far]) => towards(middle, way, far))]);

  it('finds the pairs that comparing all with all finds, at the poles and over the antimeridian too', () => {
    const sides = fc.uniqueArray(fc.integer({ min: 0, max: 40_000 }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(around, sides, (places, given) => {
        const edges = given.toSorted((a, b) => a - b);
        const near = found(places, edges);
        const listed: string[] = [];
        for (let a = 0; a < places.length; a += 1)
          for (let pair = near?.offsets[a] ?? 0; pair < (near?.offsets[a + 1] ?? 0); pair += 1)
            listed.push(`${a} ${near?.members[pair]} ${near?.bands[pair]}`);
        const all: string[] = [];
        for (const [a, one] of places.entries())
          for (const [b, other] of places.entries()) {
            const band = a < b ? bandOf(edges, Math.round(exact(one, other) * 1e4) / 1e4) : -1;
            if (band >= 0) all.push(`${a} ${b} ${band}`);
          }
        expect(listed.sort()).to.deep.equal(all.sort());
      }),
      { numRuns: 200 },
    );
  });

  it('gives up above a limit', () => {
    const same = Array.from({ length: 10 }, (): LonLat => [1, 15]);
    expect(found(same, [0, 1], 45)?.members.length).to.equal(45);
    expect(found(same, [0, 1], 44)).to.equal(undefined);
  });
});
