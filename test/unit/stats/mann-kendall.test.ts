import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type MannKendall, mannKendall } from '../../../server/stats/mann-kendall.ts';

const of = (...values: number[]) => mannKendall(Float64Array.from(values));
const defined = (...values: number[]): MannKendall => {
  const trend = of(...values);
  if ('notDefined' in trend) throw new Error(trend.notDefined);
  return trend;
};

/** From the definition: every pair, and of ties each value counted by each. */
function slow(values: readonly number[]) {
  let s = 0;
  for (const [i, x] of values.entries()) for (const y of values.slice(i + 1)) s += Math.sign(y - x);
  const n = values.length;
  const groups = [...new Set(values)].map((value) => values.filter((each) => each === value).length);
  const tied = groups.reduce((sum, t) => sum + t * (t - 1) * (2 * t + 5), 0);
  return { s, variance: (n * (n - 1) * (2 * n + 5) - tied) / 18 };
}

function* ordersOf(values: readonly number[]): Generator<number[]> {
  if (values.length === 0) yield [];
  for (const [index, first] of values.entries())
    for (const rest of ordersOf(values.toSpliced(index, 1))) yield [first, ...rest];
}

/** Whole numbers, of which many are equal, and others. */
const series = (minLength: number, maxLength: number) =>
  fc.oneof(
    fc.array(fc.integer({ min: 0, max: 4 }), { minLength, maxLength }),
    fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength, maxLength }),
  );

describe('mannKendall', () => {
  it('has the published values of 0,1,1,2,3,2,4,5,4,6', () => {
    const { s, variance, z, p, isExact } = defined(0, 1, 1, 2, 3, 2, 4, 5, 4, 6);
    expect([s, variance, isExact]).to.deep.equal([38, 122, false]);
    expect(z).to.be.closeTo(3.3498226, 3e-6);
    expect(p).to.be.closeTo(0.00080863, 5e-9);
  });

  it('has the tail probabilities of the tables for few values (Kendall 1975, appendix table 1, both tails)', () => {
    // Of four values S = 4 has 0.167, S = 6 has 0.042; of five S = 8 has 0.042; of eight S = 16 has 0.031; of nine S = 18 has 0.038.
    const cases: [number[], number, number][] = [
      [[1, 2, 4, 3], 4, 0.167],
      [[1, 2, 3, 4], 6, 0.042],
      [[1, 2, 3, 5, 4], 8, 0.042],
      [[2, 3, 4, 1, 6, 7, 5, 8], 18, 0.016],
      [[2, 3, 1, 5, 4, 6, 8, 9, 7], 26, 0.0029],
    ];
    for (const [values, s, tail] of cases) {
      const trend = defined(...values);
      expect(trend).to.deep.include({ s, isExact: true });
      expect(trend.p / 2).to.be.closeTo(tail, tail < 0.01 ? 5e-5 : 5e-4);
    }
  });

  it('is exact below ten values: the share of all orders that are as far from no trend, with ties too', () => {
    fc.assert(
      fc.property(series(3, 6), (values) => {
        const trend = of(...values);
        if ('notDefined' in trend) return;
        const scores = [...ordersOf(values)].map((order) => Math.abs(slow(order).s));
        const far = scores.filter((score) => score >= Math.abs(trend.s)).length;
        expect(trend.p).to.be.closeTo(far / scores.length, 1e-12);
        expect(trend.isExact).to.equal(true);
      }),
      { numRuns: 60 },
    );
  });

  it('is exact of seven to nine values with ties, by the orders of what is not alike', () => {
    /** Of each S, in how many orders of the values it comes: one value after the other is put at the end of the rest. */
    const scoresOf = (values: readonly number[]): Map<number, number> => {
      const kinds = [...new Set(values)].sort((a, b) => a - b);
      const known = new Map<string, Map<number, number>>();
      const count = (left: readonly number[]): Map<number, number> => {
        const key = left.join();
        const before = known.get(key);
        if (before) return before;
        const found = new Map<number, number>();
        if (left.every((each) => each === 0)) found.set(0, 1);
        for (const [last, many] of left.entries()) {
          if (many === 0) continue;
          const rest = left.map((each, index) => (index === last ? each - 1 : each));
          const gain = rest.reduce((sum, each, index) => sum + each * Math.sign(last - index), 0);
          for (const [s, orders] of count(rest)) found.set(s + gain, (found.get(s + gain) ?? 0) + orders);
        }
        known.set(key, found);
        return found;
      };
      return count(kinds.map((kind) => values.filter((each) => each === kind).length));
    };
    fc.assert(
      fc.property(series(7, 9), (values) => {
        const trend = of(...values);
        if ('notDefined' in trend) return;
        const scores = [...scoresOf(values)];
        const all = scores.reduce((sum, [, orders]) => sum + orders, 0);
        const far = scores.reduce((sum, [s, orders]) => sum + (Math.abs(s) >= Math.abs(trend.s) ? orders : 0), 0);
        expect(trend.isExact).to.equal(true);
        expect(trend.p).to.be.closeTo(far / all, 1e-12);
      }),
    );
  });

  it('is exact up to nine values, and near to it the normal p of ten', () => {
    const nine = defined(1, 2, 3, 5, 4, 6, 7, 9, 8);
    expect(nine).to.deep.include({ isExact: true, s: 32 });
    // 1, 8, 35, ... orders of nine values have 0, 1, 2, ... inversions (Kendall 1938): the two tails of two or fewer.
    expect(nine.p).to.be.closeTo((2 * (1 + 8 + 35)) / 362_880, 1e-15);
    expect(defined(1, 2, 3, 5, 4, 6, 7, 9, 8, 10).isExact).to.equal(false);
  });

  it('is what a slow count of pairs and ties makes of random series', () => {
    fc.assert(
      fc.property(series(3, 60), (values) => {
        const trend = of(...values);
        const { s, variance } = slow(values);
        if ('notDefined' in trend) {
          expect(variance).to.equal(0);
          return;
        }
        expect([trend.s, trend.variance]).to.deep.equal([s, variance]);
        expect(trend.z).to.equal(s === 0 ? 0 : (s - Math.sign(s)) / Math.sqrt(variance));
        for (const value of Object.values(trend)) expect(Number.isNaN(value)).to.equal(false);
        expect(trend.p).to.be.within(0, 1);
        expect(Math.abs(trend.tau)).to.be.at.most(1 + 1e-12);
      }),
    );
  });

  it('turns its sign with time, and does not change when the values are shifted or stretched', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 40 }),
        fc.integer(),
        (values, constant) => {
          const trend = of(...values);
          if ('notDefined' in trend) return;
          const back = defined(...values.toReversed());
          expect([back.s + trend.s, back.z + trend.z, back.tau + trend.tau]).to.deep.equal([0, 0, 0]);
          expect(back.p).to.equal(trend.p);
          expect(of(...values.map((value) => value + constant))).to.deep.equal(trend);
          expect(of(...values.map((value) => value ** 3))).to.deep.equal(trend);
        },
      ),
    );
  });

  it('has tau 1 of what always rises, and -1 of what always falls', () => {
    expect(defined(1, 2, 3, 4, 5).tau).to.be.closeTo(1, 1e-15);
    expect(defined(9, 4, 2, 1).tau).to.be.closeTo(-1, 1e-15);
    // S over sqrt(pairs x pairs of unequal values): 38 / sqrt(45 x 42).
    expect(defined(0, 1, 1, 2, 3, 2, 4, 5, 4, 6).tau).to.be.closeTo(38 / Math.sqrt(45 * 42), 1e-12);
  });

  it('is not defined of fewer than three values, or equal ones', () => {
    expect(of()).to.deep.equal({ notDefined: 'too-few' });
    expect(of(1, 2)).to.deep.equal({ notDefined: 'too-few' });
    expect(of(0, 0, 0)).to.deep.equal({ notDefined: 'all-equal' });
    expect(of(...new Array<number>(30).fill(7))).to.deep.equal({ notDefined: 'all-equal' });
    expect(() => of(1, Number.NaN, 2)).to.throw(RangeError, 'finite');
  });
});
