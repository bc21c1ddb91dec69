import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { twoSidedP } from '../../../server/stats/normal-p.ts';

const closeTo = (actual: number, wanted: number, relative = 1e-10) => {
  expect(Math.abs(actual - wanted), `${actual}, not ${wanted}`).to.be.at.most(relative * Math.abs(wanted));
};

/** By the trapezoidal rule on the density from |z| on, which for it is exact to many digits. */
function slowP(z: number): number {
  const [from, step] = [Math.abs(z), 1 / 512];
  const density = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  let sum = density(from) / 2;
  for (let x = from + step; x < from + 12; x += step) sum += density(x);
  // Euler and Maclaurin: what the rule adds at the end where the density is steep.
  return 2 * (sum * step - (step * step * from * density(from)) / 12);
}

describe('twoSidedP', () => {
  it('is what mpmath 1.3 has for erfc(|z| / sqrt 2), in far tails too', () => {
    for (const [z, p] of [
      [0, 1],
      [0.5, 0.617075077451974],
      [1, 0.317310507862914],
      [1.959963984540054, 0.05],
      [2.575829303548901, 0.01],
      [-3.3498226, 0.0008086333152349716],
      [6, 1.973175290075396e-9],
      [10, 1.52397060483211e-23],
      [20, 5.50724823721247e-89],
    ] as const)
      closeTo(twoSidedP(z), p, 1e-9);
  });

  it('is the area under the density beyond z on both sides', () => {
    fc.assert(
      fc.property(fc.double({ min: -8, max: 8, noNaN: true }), (z) => {
        closeTo(twoSidedP(z), slowP(z), 1e-7);
        expect(twoSidedP(-z)).to.equal(twoSidedP(z));
      }),
    );
  });

  it('ends at 0, and knows nothing of what is no number', () => {
    expect(twoSidedP(1e6)).to.equal(0);
    expect(twoSidedP(Number.NEGATIVE_INFINITY)).to.equal(0);
    expect(() => twoSidedP(Number.NaN)).to.throw(RangeError);
  });
});
