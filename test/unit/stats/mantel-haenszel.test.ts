import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { pooledRatio, type Stratum } from '../../../server/stats/mantel-haenszel.ts';

const stratum = (a: number, one: number, b: number, other: number): Stratum => ({
  first: { count: a, exposure: one },
  second: { count: b, exposure: other },
});

describe('pooledRatio', () => {
  it('has the ratio of deaths of doctors who smoke (Doll & Hill 1966; Stata 8, ir deaths smokes pyears, by(age))', () => {
    const { ratio, lower, upper, strata } = pooledRatio([
      stratum(32, 52_407, 2, 18_790),
      stratum(104, 43_248, 12, 10_673),
      stratum(206, 28_612, 28, 5_710),
      stratum(186, 12_663, 28, 2_585),
      stratum(102, 5_317, 31, 1_462),
    ]);
    expect([ratio, lower, upper].map((value) => value?.toFixed(6))).to.deep.equal(['1.424682', '1.154703', '1.757784']);
    expect(strata).to.equal(5);
  });

  it('has what is worked out by hand', () => {
    // (2 * 30 / 40 + 6 * 10 / 20) / (3 * 10 / 40 + 1 * 10 / 20) = 4.5 / 1.25; variance (5 * 300 / 1600 + 7 * 100 / 400) / 5.625.
    const { ratio, lower, upper } = pooledRatio([stratum(2, 10, 3, 30), stratum(6, 10, 1, 10)]);
    expect(ratio).to.be.closeTo(3.6, 1e-12);
    const width = Math.exp(1.959963984540054 * Math.sqrt((5 * 300) / 1600 / 5.625 + (7 * 100) / 400 / 5.625));
    expect(lower).to.be.closeTo(3.6 / width, 1e-12);
    expect(upper).to.be.closeTo(3.6 * width, 1e-12);
  });

  const exposure = fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 1e6, noNaN: true }));
  const count = fc.nat(60);
  const strata = fc.array(fc.tuple(count, exposure, count, exposure), { maxLength: 8 });

  it('is what the formulas give written down anew', () => {
    fc.assert(
      fc.property(strata, (given) => {
        const both = given.filter(([a, one, b, other]) => one > 0 && other > 0 && a + b > 0);
        const sum = (of: (each: (typeof given)[number]) => number) => both.reduce((all, each) => all + of(each), 0);
        const above = sum(([a, one, , other]) => (a * other) / (one + other));
        const below = sum(([, one, b, other]) => (b * one) / (one + other));
        const spread = sum(([a, one, b, other]) => ((a + b) * one * other) / (one + other) ** 2);
        const { ratio, lower, upper, strata: used } = pooledRatio(given.map((each) => stratum(...each)));
        expect(used).to.equal(both.length);
        if (below === 0) expect(ratio).to.equal(undefined);
        else expect(ratio).to.be.closeTo(above / below, 1e-9 * (above / below));
        if (above === 0 || below === 0) {
          expect([lower, upper]).to.deep.equal([undefined, undefined]);
          return;
        }
        const half = 1.959963984540054 * Math.sqrt(spread / (above * below));
        const ends = [-half, half].map((side) => Math.log(above / below) + side);
        // Numbers reach from exp(-745) to exp(709).
        if (ends.some((end) => Math.abs(end) > 700)) return;
        expect(Math.log(lower as number)).to.be.closeTo(ends[0] as number, 1e-9 * Math.max(1, half));
        expect(Math.log(upper as number)).to.be.closeTo(ends[1] as number, 1e-9 * Math.max(1, half));
      }),
    );
  });

  it('has no interval where numbers do not reach', () => {
    const wide = [stratum(1, 1e-3, 0, 1e-3), stratum(0, 1e-3, 1, 1e6)];
    expect(pooledRatio(wide)).to.have.all.keys('ratio', 'strata');
    fc.assert(
      fc.property(strata, (given) => {
        const found = Object.values(pooledRatio(given.map((each) => stratum(...each))));
        expect(found.every(Number.isFinite)).to.equal(true);
      }),
    );
  });

  it('is turned over with the sides, and does not depend on the order of strata or the unit of exposure', () => {
    fc.assert(
      fc.property(strata, (given) => {
        const { ratio, lower, upper } = pooledRatio(given.map((each) => stratum(...each)));
        const turned = pooledRatio(given.map(([a, one, b, other]) => stratum(b, other, a, one)));
        const otherwise = pooledRatio(
          given.toReversed().map(([a, one, b, other]) => stratum(a, 7 * one, b, 7 * other)),
        );
        if (ratio !== undefined) expect(otherwise.ratio).to.be.closeTo(ratio, 1e-9 * ratio);
        // Numbers reach farther down than up, so that one may have an interval and the other none.
        if (lower === undefined || upper === undefined || turned.lower === undefined) return;
        expect(turned.ratio).to.be.closeTo(1 / (ratio as number), 1e-9 / (ratio as number));
        expect(turned.lower).to.be.closeTo(1 / upper, 1e-9 / upper);
      }),
    );
  });

  it('leaves out what is not defined, and refuses what cannot be', () => {
    expect(pooledRatio([])).to.deep.equal({ strata: 0 });
    expect(pooledRatio([stratum(3, 1, 0, 1)])).to.deep.equal({ strata: 1 });
    expect(pooledRatio([stratum(0, 1, 3, 1)])).to.deep.equal({ ratio: 0, strata: 1 });
    expect(pooledRatio([stratum(3, 1, 3, 0)])).to.deep.equal({ strata: 0 });
    expect(() => pooledRatio([stratum(0.5, 1, 3, 1)])).to.throw(RangeError, 'count');
    expect(() => pooledRatio([stratum(1, -1, 3, 1)])).to.throw(RangeError, 'exposure');
  });
});
