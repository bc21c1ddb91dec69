import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { incompleteGamma } from '../../../server/stats/incomplete-gamma.ts';
import { poissonDensity } from '../../../server/stats/poisson-density.ts';

const closeTo = (actual: number, wanted: number, relative = 1e-10) => {
  expect(Math.abs(actual - wanted), `${actual}, not ${wanted}`).to.be.at.most(relative * Math.abs(wanted));
};

describe('incompleteGamma', () => {
  it('is what mpmath 1.3 has, with 30 digits, in both tails', () => {
    for (const [a, x, lower, upper] of [
      [0.5, 0.1, 0.345279153981423, 0.654720846018577],
      [0.5, 4, 0.9953222650189527, 0.004677734981047266],
      [2.5, 0.3, 0.01199675720590627, 0.9880032427940937],
      [3, 30, 0.9999999999549898, 4.501016648012124e-11],
      [10, 10, 0.5420702855281478, 0.4579297144718522],
      [100, 70, 0.0004303725949798909, 0.9995696274050201],
      [1000, 1100, 0.99894067674607, 0.001059323253929977],
      [1e6, 1e6, 0.5001329807608726, 0.4998670192391274],
    ] as const) {
      const shares = incompleteGamma(a, x);
      closeTo(shares.lower, lower);
      closeTo(shares.upper, upper);
    }
  });

  it('is the sum of probabilities of a Poisson distribution', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0.01, max: 90, noNaN: true }), (count, mean) => {
        let [sum, term] = [0, Math.exp(-mean)];
        for (let k = 0; k < count; k++) {
          sum += term;
          term *= mean / (k + 1);
        }
        closeTo(incompleteGamma(count, mean).upper, sum);
        closeTo(poissonDensity(count, mean), term);
      }),
    );
  });

  it('begins at 0, ends at 1, rises, and refuses what it is not for', () => {
    expect(incompleteGamma(3, 0)).to.deep.equal({ lower: 0, upper: 1 });
    expect(incompleteGamma(3, 1e6)).to.deep.equal({ lower: 1, upper: 0 });
    const at = Array.from({ length: 200 }, (_, index) => incompleteGamma(7.5, index / 10).lower);
    expect(at).to.deep.equal(at.toSorted((a, b) => a - b));
    for (const [a, x] of [
      [0, 1],
      [-1, 1],
      [1, -1],
      [Number.NaN, 1],
      [1, Number.NaN],
    ] as const) {
      expect(() => incompleteGamma(a, x)).to.throw(RangeError);
    }
  });
});
