import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { binomialTest } from '../../../server/stats/binomial-test.ts';

/** The same by adding up every term, by logarithms of factorials that are themselves added up. */
function slowly(successes: number, trials: number, share: number): number {
  const logFactorial = (n: number) => {
    let sum = 0;
    for (let each = 2; each <= n; each++) sum += Math.log(each);
    return sum;
  };
  const term = (k: number) =>
    Math.exp(
      logFactorial(trials) -
        logFactorial(k) -
        logFactorial(trials - k) +
        k * Math.log(share) +
        (trials - k) * Math.log1p(-share),
    );
  let [orFewer, orMore] = [0, 0];
  for (let k = 0; k <= successes; k++) orFewer += term(k);
  for (let k = successes; k <= trials; k++) orMore += term(k);
  return Math.min(1, 2 * orFewer, 2 * orMore);
}

describe('binomialTest', () => {
  it('has the values that can be worked out by hand', () => {
    // Of 5 coins all or none: 1/32 each side. Of 5 coins 1 or fewer: 6/32.
    expect(binomialTest(5, 5, 0.5)).to.be.closeTo(2 / 32, 1e-15);
    expect(binomialTest(0, 5, 0.5)).to.be.closeTo(2 / 32, 1e-15);
    expect(binomialTest(1, 5, 0.5)).to.be.closeTo(12 / 32, 1e-15);
    // 2 of 3 with a share of 1/4: the upper tail is 3 x 3/64 + 1/64.
    expect(binomialTest(2, 3, 0.25)).to.be.closeTo((2 * 10) / 64, 1e-15);
    // Right in the middle both tails are above a half.
    expect(binomialTest(2, 4, 0.5)).to.equal(1);
  });

  it('doubles the smaller tail, and does not add up what is as improbable on the other side', () => {
    // Mendel's peas, binom.test(682, 925, p = 0.75) of R has 0.3825: it adds up what is as improbable on both sides.
    expect(binomialTest(682, 925, 0.75)).to.be.closeTo(slowly(682, 925, 0.75), 1e-10);
    expect(binomialTest(682, 925, 0.75)).to.not.be.closeTo(0.3825, 1e-3);
  });

  it('is the sum of the terms, on any numbers', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 0, max: 300 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (successes, failures, share) => {
          const expected = slowly(successes, successes + failures, share);
          const found = binomialTest(successes, successes + failures, share);
          // Below the least normal number of a double there are no nine digits.
          expect(Math.abs(found - expected)).to.be.at.most(1e-9 * expected + 1e-300);
        },
      ),
    );
  });

  it('is the same seen from the failures, and keeps the digits of what is very improbable', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), fc.double({ min: 0.05, max: 0.95, noNaN: true }), (a, b, share) => {
        const [one, other] = [binomialTest(a, a + b, share), binomialTest(b, a + b, 1 - share)];
        expect(Math.abs(one - other)).to.be.at.most(1e-9 * one);
      }),
    );
    expect(binomialTest(400, 400, 0.5) / (2 * 0.5 ** 400)).to.be.closeTo(1, 1e-9);
  });

  it('says nothing of nothing, and refuses what cannot be', () => {
    expect(binomialTest(0, 0, 0.3)).to.equal(1);
    // A share may be so small that it is none beside the other: what then is seen cannot be.
    expect(binomialTest(1, 2, 0)).to.equal(0);
    for (const [successes, trials, share] of [
      [3, 2, 0.5],
      [-1, 2, 0.5],
      [0.5, 2, 0.5],
      [1, 2, -0.1],
      [1, 2, 1.1],
      [1, 2, Number.NaN],
      [1, Number.POSITIVE_INFINITY, 0.5],
    ] as const) {
      expect(() => binomialTest(successes, trials, share), `${successes} ${trials} ${share}`).to.throw(RangeError);
    }
  });
});
