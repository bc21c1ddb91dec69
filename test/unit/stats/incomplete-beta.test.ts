import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { binomialDensity } from '../../../server/stats/binomial-density.ts';
import { incompleteBeta } from '../../../server/stats/incomplete-beta.ts';

const closeTo = (actual: number, wanted: number, relative = 1e-10) => {
  expect(Math.abs(actual - wanted), `${actual}, not ${wanted}`).to.be.at.most(relative * Math.abs(wanted));
};

describe('incompleteBeta', () => {
  it('is what mpmath 1.3 has, with 30 digits, in both tails', () => {
    for (const [x, a, b, lower, upper] of [
      [0.5, 0.5, 0.5, 0.5, 0.5],
      [0.3, 2.5, 7.1, 0.649022579021013, 0.350977420978987],
      [0.99, 2, 3, 0.99999603, 3.97e-6],
      [0.01, 5, 0.5, 2.471257808639544e-11, 0.9999999999752874],
      [0.5, 100, 120, 0.9117960627949818, 0.0882039372050182],
      [0.5, 10_100, 9_901, 0.07969171799236689, 1 - 0.07969171799236689],
    ] as const) {
      const shares = incompleteBeta(x, a, b);
      closeTo(shares.lower, lower);
      closeTo(shares.upper, upper);
    }
  });

  it('is the sum of probabilities of a binomial distribution, and the mirror of itself', () => {
    const trial = fc
      .integer({ min: 1, max: 60 })
      .chain((n) => fc.tuple(fc.constant(n), fc.integer({ min: 1, max: n })));
    fc.assert(
      fc.property(trial, fc.double({ min: 0.01, max: 0.99, noNaN: true }), ([n, s], p) => {
        let [sum, term] = [0, (1 - p) ** n];
        for (let k = 0; k <= n; k++) {
          closeTo(binomialDensity(k, n, p), term);
          if (k >= s) sum += term;
          term *= ((n - k) / (k + 1)) * (p / (1 - p));
        }
        closeTo(incompleteBeta(p, s, n - s + 1).lower, sum);
        expect(incompleteBeta(1 - p, n - s + 1, s).upper).to.be.closeTo(sum, 1e-12);
      }),
    );
  });

  it('begins at 0, ends at 1, and refuses what it is not for', () => {
    expect(incompleteBeta(0, 2, 3)).to.deep.equal({ lower: 0, upper: 1 });
    expect(incompleteBeta(1, 2, 3)).to.deep.equal({ lower: 1, upper: 0 });
    for (const [x, a, b] of [
      [-0.1, 1, 1],
      [1.1, 1, 1],
      [0.5, 0, 1],
      [0.5, 1, Number.NaN],
    ] as const) {
      expect(() => incompleteBeta(x, a, b)).to.throw(RangeError);
    }
  });
});
