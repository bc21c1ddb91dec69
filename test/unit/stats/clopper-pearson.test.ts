import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { binomialDensity } from '../../../server/stats/binomial-density.ts';
import { binomialInterval } from '../../../server/stats/clopper-pearson.ts';
import { incompleteBeta } from '../../../server/stats/incomplete-beta.ts';

describe('binomialInterval', () => {
  it('has the published interval of 682 giant plants of 925 (Conover 1971, p. 97; R, binom.test)', () => {
    const { share, lower, upper } = binomialInterval(682, 925);
    expect([share, lower, upper].map((value) => value.toFixed(7))).to.deep.equal([
      '0.7372973',
      '0.7076683',
      '0.7654066',
    ]);
  });

  it('is a quantile of the beta distribution (scipy 1.17, beta.ppf)', () => {
    for (const [successes, trials, lower, upper] of [
      [3, 20, 0.0320709371854637, 0.37892682654531396],
      [0, 10, 0, 1 - 0.025 ** 0.1],
      [10, 10, 0.025 ** 0.1, 1],
      [1, 1_000_000, 2.531780766379e-8, 5.571630655166939e-6],
    ] as const) {
      const interval = binomialInterval(successes, trials);
      expect(interval.lower).to.be.closeTo(lower, 1e-10 * lower);
      // What lies near 0 comes from 1 minus what lies near 1.
      expect(interval.upper).to.be.closeTo(upper, 1e-10);
    }
  });

  const trial = fc
    .integer({ min: 1, max: 3_000 })
    .chain((trials) => fc.tuple(fc.integer({ min: 0, max: trials }), fc.constant(trials)));

  it('leads back to the probability of its tails, and is the mirror of that of failures', () => {
    fc.assert(
      fc.property(trial, fc.double({ min: 0.5, max: 0.9999, noNaN: true }), ([successes, trials], level) => {
        const { lower, upper } = binomialInterval(successes, trials, level);
        const failures = binomialInterval(trials - successes, trials, level);
        expect(failures.upper).to.equal(1 - lower);
        const tail = (1 - level) / 2;
        if (successes === 0) expect(lower).to.equal(0);
        else expect(incompleteBeta(lower, successes, trials - successes + 1).lower).to.be.closeTo(tail, 1e-9 * tail);
        if (successes === trials) expect(upper).to.equal(1);
        else expect(incompleteBeta(upper, successes + 1, trials - successes).upper).to.be.closeTo(tail, 1e-9);
      }),
    );
  });

  it('holds the true share as often as it says', () => {
    for (const share of [0.01, 0.2, 0.5, 0.83]) {
      let held = 0;
      for (let successes = 0; successes <= 40; successes++) {
        const { lower, upper } = binomialInterval(successes, 40, 0.9);
        if (lower <= share && share <= upper) held += binomialDensity(successes, 40, share);
      }
      expect(held, String(share)).to.be.at.least(0.9);
    }
  });

  it('refuses what cannot be', () => {
    for (const [successes, trials, level] of [
      [3, 2, 0.95],
      [-1, 2, 0.95],
      [0, 0, 0.95],
      [0.5, 2, 0.95],
      [1, 2, 1],
    ] as const) {
      expect(() => binomialInterval(successes, trials, level)).to.throw(RangeError);
    }
  });
});
