import { expect } from 'chai';
import { describe, it } from 'mocha';
import { compare, rateAlong } from '../../../../server/analysis/corridor/rates.ts';

describe('rates along a line', () => {
  it('are per 100 km and month', () => {
    // 10 events, 200 km, 5 months: 1 per 100 km and month; Garwood's bounds of 10 are 4.7954 and 18.3904.
    const rate = rateAlong(10, 200_000, 5);
    expect(rate?.rate).to.equal(1);
    expect(rate?.lower).to.be.closeTo(0.47954, 1e-5);
    expect(rate?.upper).to.be.closeTo(1.83904, 1e-5);
  });

  it('are none without a line or a time', () => {
    expect(rateAlong(10, 0, 5)).to.equal(undefined);
    expect(rateAlong(10, 200_000, undefined)).to.equal(undefined);
  });

  it('inside and outside share the events and the area', () => {
    const found = compare(30, 40, { areaM2: 4e9, corridorM2: 1e9 }, 10);
    expect(found?.inside).to.deep.include({ count: 30, areaM2: 1e9, rate: 3 });
    expect(found?.outside).to.deep.include({ count: 10, areaM2: 3e9 });
    expect(found?.outside.rate).to.be.closeTo(1 / 3, 1e-12);
    expect(found?.ratio).to.be.closeTo(9, 1e-9);
    expect(found?.ratioLower).to.be.below(9);
    expect(found?.ratioUpper).to.be.above(9);
  });

  it('leave out what is not defined', () => {
    const none = compare(3, 3, { areaM2: 4e9, corridorM2: 1e9 }, 10);
    expect(none).to.not.have.any.keys('ratio', 'ratioUpper');
    expect(none?.ratioLower).to.be.above(0);
    expect(compare(3, 3, { areaM2: 4e9, corridorM2: 4e9 }, 10)).to.equal(undefined);
    expect(compare(3, 3, { areaM2: 4e9, corridorM2: 0 }, 10)).to.equal(undefined);
    expect(compare(3, 3, { areaM2: 4e9, corridorM2: 1e9 }, undefined)).to.equal(undefined);
  });
});
