import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type LagOne, lagOne } from '../../../server/stats/lag-one.ts';
import { seededRandom } from '../../../server/stats/random.ts';

const of = (...values: number[]) => lagOne(Float64Array.from(values)) as LagOne;

describe('lagOne', () => {
  it('can be worked out by hand', () => {
    // About the mean 3: -2, -1, 0, 1, 2; products 2 + 0 + 0 + 2, squares 10.
    expect(of(1, 2, 3, 4, 5).r).to.be.closeTo(0.4, 1e-15);
    // Up and down: products -5 x 1, squares 6.
    expect(of(1, -1, 1, -1, 1, -1).r).to.be.closeTo(-5 / 6, 1e-15);
    expect(of(1, -1, 1, -1, 1, -1).limit).to.be.closeTo((-1 + 1.6448536269514722 * 2) / 5, 1e-15);
  });

  it('is what a slow sum over pairs about the mean makes of random series', () => {
    const slow = (values: readonly number[]) => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const about = (index: number) => (values[index] as number) - mean;
      const pairs = values.slice(1).map((_, index) => about(index) * about(index + 1));
      const squares = values.map((_, index) => about(index) ** 2);
      const sum = (of: readonly number[]) => of.reduce((all, each) => all + each, 0);
      const n = values.length;
      return { r: sum(pairs) / sum(squares), limit: (1.6448536269514722 * Math.sqrt(n - 2) - 1) / (n - 1) };
    };
    const series = fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 5, maxLength: 50 });
    fc.assert(
      fc.property(series, (values) => {
        const found = lagOne(Float64Array.from(values));
        if (!found) expect(new Set(values).size).to.equal(1);
        else {
          expect(found.r).to.be.closeTo(slow(values).r, 1e-9);
          expect(found.limit).to.be.closeTo(slow(values).limit, 1e-12);
        }
      }),
    );
  });

  it('lies between -1 and 1, is the same backwards, and does not change with what is added or multiplied', () => {
    const series = fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 5, maxLength: 50 });
    fc.assert(
      fc.property(series, fc.integer({ min: -9, max: 9 }), (values, constant) => {
        const found = lagOne(Float64Array.from(values));
        if (!found) return;
        expect(found.r).to.be.within(-1, 1);
        expect(of(...values.toReversed()).r).to.be.closeTo(found.r, 1e-12);
        expect(of(...values.map((value) => 3 * value + constant)).r).to.be.closeTo(found.r, 1e-9);
      }),
    );
  });

  it('is above its limit in about one of twenty series of independent values', () => {
    const random = seededRandom(7);
    let above = 0;
    for (let run = 0; run < 2_000; run++) {
      const { r, limit } = of(
        ...Array.from({ length: 40 }, () => Array.from({ length: 12 }, random).reduce((a, b) => a + b)),
      );
      above += Number(r > limit);
    }
    // 100 are expected, with a deviation of ten.
    expect(above).to.be.within(60, 140);
  });

  it('is not defined of few or equal values, nor of what a straight line leaves', () => {
    expect(lagOne(Float64Array.of(1, 2, 3, 4))).to.equal(undefined);
    expect(lagOne(new Float64Array(9))).to.equal(undefined);
    expect(lagOne(Float64Array.from({ length: 30 }, () => 1e6 + 0.1))).to.equal(undefined);
    expect(lagOne(Float64Array.from({ length: 30 }, (_, step) => 5e5 + 0.1 * step - 0.1 * step))).to.equal(undefined);
    expect(() => of(1, 2, Number.NaN, 4, 5)).to.throw(RangeError, 'finite');
  });
});
