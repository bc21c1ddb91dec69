import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { adjustedP } from '../../../server/stats/benjamini-hochberg.ts';
import { findRoot } from '../../../server/stats/find-root.ts';
import { twoSidedP } from '../../../server/stats/normal-p.ts';
import { significantZ } from '../../../server/stats/significant-z.ts';

const of = (z: readonly number[], alpha: number) => [...significantZ(Float64Array.from(z), alpha)];
/** The paper's, of which four are rejected at 5 %. */
const PUBLISHED = [
  0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
];
/** A z that has this p. */
const zOf = (p: number) => (p === 1 ? 0 : findRoot((z) => twoSidedP(z) - p, 0, 38));

describe('significantZ', () => {
  it('finds four of the published fifteen, on both sides', () => {
    const z = PUBLISHED.map((p, index) => zOf(p) * (index % 2 === 0 ? 1 : -1));
    expect(of(z, 0.05)).to.deep.equal([1, -1, 1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(of(z.toReversed(), 0.05)).to.deep.equal([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 1, -1, 1]);
  });

  it('finds what adjusted p are at most alpha, on random scores with ties', () => {
    const score = fc.oneof(
      fc.double({ min: -45, max: 45, noNaN: true }),
      fc.double({ min: -4, max: 4, noNaN: true }),
      fc.integer({ min: -4, max: 4 }),
    );
    fc.assert(
      fc.property(
        fc.array(score, { minLength: 0, maxLength: 60 }),
        fc.constantFrom(0.01, 0.05, 0.1, 0.5),
        (z, alpha) => {
          const adjusted = adjustedP(Float64Array.from(z, twoSidedP));
          expect(of(z, alpha)).to.deep.equal(
            z.map((each, index) => ((adjusted[index] as number) <= alpha ? Math.sign(each) : 0)),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('finds nothing among none, and refuses what is no number', () => {
    expect(of([], 0.05)).to.deep.equal([]);
    expect(of([0, 0, 0], 0.05)).to.deep.equal([0, 0, 0]);
    expect(of([1.9], 0.05)).to.deep.equal([0]);
    expect(of([-1.97], 0.05)).to.deep.equal([-1]);
    expect(() => of([1, Number.NaN], 0.05)).to.throw(RangeError);
    expect(() => of([1], 0)).to.throw(RangeError, 'between');
  });
});
