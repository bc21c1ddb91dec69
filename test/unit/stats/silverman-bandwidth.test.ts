import { expect } from 'chai';
import { describe, it } from 'mocha';
import { silvermanBandwidth } from '../../../server/stats/silverman-bandwidth.ts';
import { spreadOf } from '../../../server/stats/spread.ts';

const spreadAt = (lons: readonly number[], lats: readonly number[], counts: readonly number[] = lons.map(() => 1)) =>
  spreadOf({ lons: Float64Array.from(lons), lats: Float64Array.from(lats) }, Float64Array.from(counts));

/** Of a degree on the equator of WGS 84, metres. */
const DEGREE = (6_378_137 * Math.PI) / 180;

describe('spreadOf', () => {
  it('has the middle, and the root of the mean square and the median of the distances from there', () => {
    const spread = spreadAt([-1, 0, 3, -2], [0, 0, 0, 0]);
    expect(spread?.lon).to.be.closeTo(0, 1e-3);
    expect(spread?.standardDistance).to.be.closeTo(Math.sqrt(14 / 4) * DEGREE, 200);
    expect(spread?.medianDistance).to.be.closeTo(1.5 * DEGREE, 200);
    const counted = spreadAt([179, -179], [0, 0], [3, 1]);
    expect(counted?.lon).to.be.closeTo(179.5, 1e-3);
    expect(counted?.standardDistance).to.be.closeTo(Math.sqrt((3 * 0.25 + 2.25) / 4) * DEGREE, 50);
    expect(counted?.medianDistance).to.be.closeTo(DEGREE / 2, 50);
  });

  it('is not defined of nothing, nor of places all around the earth', () => {
    expect(spreadAt([], [])).to.equal(undefined);
    expect(spreadAt([0, 180], [0, 0])).to.equal(undefined);
  });
});

describe('silvermanBandwidth', () => {
  const spread = { lon: 0, lat: 0 };

  it('takes the smaller of the standard distance and of the median distance over the root of ln 2', () => {
    // 0.9 x 1,000 x 32^(-1/5) = 0.9 x 1,000 / 2
    expect(silvermanBandwidth({ ...spread, standardDistance: 1_000, medianDistance: 5_000 }, 32)).to.be.closeTo(
      450,
      1e-9,
    );
    const median = 0.9 * Math.sqrt(1 / Math.log(2)) * 100 * 0.5;
    expect(silvermanBandwidth({ ...spread, standardDistance: 1_000, medianDistance: 100 }, 32)).to.be.closeTo(
      median,
      1e-9,
    );
  });

  it('goes by the standard distance where half of the events lie in the middle, and says nothing where all do', () => {
    expect(silvermanBandwidth({ ...spread, standardDistance: 1_000, medianDistance: 0 }, 1)).to.be.closeTo(900, 1e-9);
    expect(silvermanBandwidth({ ...spread, standardDistance: 0, medianDistance: 0 }, 9)).to.equal(undefined);
    expect(() => silvermanBandwidth({ ...spread, standardDistance: 1, medianDistance: 1 }, 0)).to.throw(RangeError);
  });
});
