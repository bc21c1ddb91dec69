import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { rateRatio } from '../../../server/stats/rate-ratio.ts';

const over = (count: number, exposure: number) => ({ count, exposure });

describe('rateRatio', () => {
  it('has the ratio and interval of 11 in 800 over 21 in 3,011 (R, poisson.test, after ISwR eba1977)', () => {
    const { ratio, lower, upper, p } = rateRatio(over(11, 800), over(21, 3_011));
    const rounded = [ratio, lower, upper].map((value) => value?.toFixed(6));
    expect(rounded).to.deep.equal(['1.971488', '0.858426', '4.277266']);
    // R has 0.0797: it adds up what is as unlikely, which does not match its interval. Twice the tail of 11 or more of 32:
    expect(p).to.be.closeTo(0.11201731957, 1e-10);
  });

  it('leaves out what no event leaves open', () => {
    expect(rateRatio(over(0, 5), over(0, 7))).to.deep.equal({ lower: 0, p: 1 });
    const none = rateRatio(over(0, 1), over(4, 1));
    expect(none).to.deep.include({ ratio: 0, lower: 0 });
    // (1 - 2 p)^(1 / n) of the binomial: 4 of 4 has the probability 1/16, twice that is p.
    expect(none.p).to.be.closeTo(2 / 16, 1e-15);
    expect(none.upper).to.be.closeTo(1 / 0.025 ** 0.25 - 1, 1e-9);
    const open = rateRatio(over(4, 1), over(0, 1));
    expect(Object.keys(open)).to.deep.equal(['lower', 'p']);
    expect(open.lower).to.be.closeTo(1 / (none.upper as number), 1e-12);
  });

  const side = fc.record({
    count: fc.integer({ min: 0, max: 400 }),
    exposure: fc.double({ min: 1e-2, max: 1e5, noNaN: true }),
  });

  it('is its own inverse with the sides changed, and p is small just when the interval leaves 1 out', () => {
    fc.assert(
      fc.property(side, side, fc.double({ min: 0.6, max: 0.999, noNaN: true }), (first, second, level) => {
        const ratio = rateRatio(first, second, level);
        const back = rateRatio(second, first, level);
        expect(ratio.p).to.be.closeTo(back.p, 1e-9);
        const close = (a: number, b: number) => expect(a).to.be.closeTo(b, 1e-9 * b);
        if (ratio.lower && back.upper) close(ratio.lower, 1 / back.upper);
        if (ratio.upper && back.lower) close(ratio.upper, 1 / back.lower);
        const isOut = (ratio.lower ?? 0) > 1 || (ratio.upper ?? Number.POSITIVE_INFINITY) < 1;
        // At the very edge rounding decides.
        if (Math.abs(ratio.p - (1 - level)) > 1e-9) expect(ratio.p < 1 - level).to.equal(isOut);
        for (const value of Object.values(ratio)) expect(Number.isFinite(value)).to.equal(true);
      }),
    );
  });

  it('does not change when both exposures grow alike', () => {
    const { ratio, lower, upper, p } = rateRatio(over(7, 3), over(11, 9));
    const grown = rateRatio(over(7, 3e5), over(11, 9e5));
    expect(grown.ratio).to.be.closeTo(ratio as number, 1e-12);
    expect([grown.lower, grown.upper, grown.p].map((value) => value?.toFixed(9))).to.deep.equal(
      [lower, upper, p].map((value) => value?.toFixed(9)),
    );
  });

  it('refuses sides without exposure', () => {
    expect(() => rateRatio(over(1, 0), over(1, 1))).to.throw(RangeError, 'no exposure');
    expect(() => rateRatio(over(1, 1), over(1, Number.NaN))).to.throw(RangeError, 'no exposure');
    expect(() => rateRatio(over(-1, 1), over(1, 1))).to.throw(RangeError);
  });
});
