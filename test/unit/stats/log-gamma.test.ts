import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { logGamma } from '../../../server/stats/log-gamma.ts';

const closeTo = (actual: number, wanted: number) => {
  expect(Math.abs(actual - wanted), `${actual}, not ${wanted}`).to.be.lessThan(1e-12 * Math.max(1, Math.abs(wanted)));
};

describe('logGamma', () => {
  it('is what mpmath 1.3 has, with 30 digits', () => {
    for (const [x, wanted] of [
      [0.001, 6.907178885383853],
      [0.5, 0.5723649429247001],
      [1, 0],
      [1.5, -0.12078223763524522],
      [2, 0],
      [3.7, 1.428072326665388],
      [10, 12.80182748008147],
      [123.456, 469.6055471299295],
      [1e6, 12815504.569147611],
      [1e12, 26631021115915.652],
    ] as const) {
      closeTo(logGamma(x), wanted);
    }
  });

  it('obeys the recurrence Γ(x + 1) = x Γ(x) and the formula of duplication (DLMF 5.5.5)', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e4, noNaN: true }), (x) => {
        closeTo(logGamma(x + 1), logGamma(x) + Math.log(x));
        const doubled = logGamma(x) + logGamma(x + 0.5) + (2 * x - 1) * Math.LN2 - Math.log(Math.PI) / 2;
        closeTo(logGamma(2 * x), doubled);
      }),
    );
  });
});
