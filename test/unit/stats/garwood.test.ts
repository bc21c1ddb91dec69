import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { poissonInterval } from '../../../server/stats/garwood.ts';
import { incompleteGamma } from '../../../server/stats/incomplete-gamma.ts';
import { poissonDensity } from '../../../server/stats/poisson-density.ts';

describe('poissonInterval', () => {
  it('has the published intervals of 25 events: GraphPad, How QuickCalcs computes the confidence interval of a count', () => {
    const rounded = (level: number) => {
      const { lower, upper } = poissonInterval(25, 1, level);
      return [lower.toFixed(2), upper.toFixed(2)];
    };
    expect(rounded(0.9)).to.deep.equal(['17.38', '34.92']);
    expect(rounded(0.95)).to.deep.equal(['16.18', '36.90']);
    expect(rounded(0.99)).to.deep.equal(['14.00', '41.00']);
  });

  it('is half a quantile of chi squared (scipy 1.17, gamma.ppf)', () => {
    for (const [count, lower, upper] of [
      [0, 0, 3.6888794541139354],
      [1, 0.025317807984289876, 5.571643390938898],
      [5, 1.6234863901184207, 11.66833207932267],
      [100, 81.36399125092314, 121.62679379242638],
      [1000, 938.9730184076952, 1063.952136016302],
      [1e6, 998040.9833402939, 1001961.9119454322],
    ] as const) {
      const interval = poissonInterval(count, 1);
      expect(interval.lower).to.be.closeTo(lower, 1e-10 * lower);
      expect(interval.upper).to.be.closeTo(upper, 1e-10 * upper);
      expect(interval.rate).to.equal(count);
    }
  });

  it('leads back to the probability of its tails, and scales with the exposure', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        fc.double({ min: 0.5, max: 0.9999, noNaN: true }),
        (count, exposure, level) => {
          const { rate, lower, upper } = poissonInterval(count, exposure, level);
          const tail = (1 - level) / 2;
          expect(incompleteGamma(count, lower * exposure).lower).to.be.closeTo(tail, 1e-10 * tail);
          expect(incompleteGamma(count + 1, upper * exposure).upper).to.be.closeTo(tail, 1e-10 * tail);
          expect(lower).to.be.lessThan(rate);
          expect(upper).to.be.greaterThan(rate);
        },
      ),
    );
  });

  it('holds the true rate as often as it says, whatever that is', () => {
    for (const mean of [0.05, 0.7, 1, 3.3, 3.7, 12, 40]) {
      for (const level of [0.8, 0.95]) {
        let held = 0;
        for (let count = 0; count < 200; count++) {
          const { lower, upper } = poissonInterval(count, 1, level);
          if (lower <= mean && mean <= upper) held += poissonDensity(count, mean);
        }
        expect(held, `${mean} at ${level}`)
          .to.be.at.least(level)
          .and.at.most(1 + 1e-12);
      }
    }
  });

  it('refuses what is no count, no exposure and no level', () => {
    for (const [count, exposure, level] of [
      ...[
        [-1, 1, 0.95],
        [1.5, 1, 0.95],
        [Number.NaN, 1, 0.95],
        [1, 0, 0.95],
        [1, -1, 0.95],
      ],
      ...[
        [1, Number.POSITIVE_INFINITY, 0.95],
        [1, 1, 0],
        [1, 1, 1],
        [1, 1, Number.NaN],
      ],
    ] as [number, number, number][]) {
      expect(() => poissonInterval(count, exposure, level), `${count} ${exposure} ${level}`).to.throw(RangeError);
    }
  });
});
