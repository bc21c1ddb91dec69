import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type SenSlope, senSlope } from '../../../server/stats/sen-slope.ts';

const of = (...values: number[]) => senSlope(Float64Array.from(values)) as SenSlope;

/** From the definition, with a list of all slopes. */
function slow(values: readonly number[]): number {
  const slopes = values.flatMap((x, i) => values.slice(i + 1).map((y, gap) => (y - x) / (gap + 1)));
  const sorted = slopes.sort((a, b) => a - b);
  const at = (place: number) => sorted[place] as number;
  return (at(Math.floor((sorted.length - 1) / 2)) + at(Math.ceil((sorted.length - 1) / 2))) / 2;
}

/** The bounds: the slopes whose ranks are the next outwards of (N - C) / 2 and (N + C) / 2 + 1, C as Kendall's variance has it. */
function slowInterval(values: readonly number[]): readonly (number | undefined)[] {
  const n = values.length;
  const slopes = values.flatMap((x, i) => values.slice(i + 1).map((y, gap) => (y - x) / (gap + 1)));
  const rising = slopes.sort((a, b) => a - b);
  const ties = [...new Set(values)].map((value) => values.filter((each) => each === value).length);
  const variance = (n * (n - 1) * (2 * n + 5) - ties.reduce((sum, t) => sum + t * (t - 1) * (2 * t + 5), 0)) / 18;
  const reach = 1.959963984540054 * Math.sqrt(variance);
  const [low, high] = [(rising.length - reach) / 2, (rising.length + reach) / 2 + 1];
  const isKnown = low >= 1 && high <= rising.length;
  // Counted from either end, one by one.
  let [lower, upper] = [0, rising.length + 1];
  while (lower + 1 <= low) lower += 1;
  while (upper - 1 >= high) upper -= 1;
  return isKnown ? [rising[lower - 1], rising[upper - 1]] : [undefined, undefined];
}

const series = fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 2, maxLength: 40 });

describe('senSlope', () => {
  it('has the published slope of 0,1,1,2,3,2,4,5,4,6', () => {
    const { slope, lower, upper } = of(0, 1, 1, 2, 3, 2, 4, 5, 4, 6);
    expect(slope).to.be.closeTo(2 / 3, 1e-12);
    // 1.96 sqrt(122) = 21.65 of 45 slopes: the 11th and the 35th of them, by hand.
    expect([lower, upper]).to.deep.equal([3 / 7, 3 / 4]);
  });

  it('has an interval that reaches as far as all slopes, and none where the series is too short', () => {
    expect(of(1, 4)).to.deep.equal({ slope: 3 });
    expect(of(1, 2, 4)).to.deep.equal({ slope: 1.5 });
    expect(of(5, 5, 5, 5)).to.deep.equal({ slope: 0, lower: 0, upper: 0 });
  });

  it('is the median of a slow list of slopes, within its interval', () => {
    fc.assert(
      fc.property(series, (values) => {
        const { slope, lower = slope, upper = slope } = of(...values);
        expect(slope).to.be.closeTo(slow(values), 1e-12);
        expect(lower).to.be.at.most(slope);
        expect(upper).to.be.at.least(slope);
        const found = of(...values);
        expect([found.lower, found.upper]).to.deep.equal(slowInterval(values));
      }),
    );
  });

  it('turns its sign with time, does not change with what is added, and grows with what is multiplied', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: -1000, max: 1000 }), (values, constant) => {
        const found = of(...values);
        const back = of(...values.toReversed());
        expect(back.slope + found.slope).to.equal(0);
        if (found.upper !== undefined) expect((back.lower ?? Number.NaN) + found.upper).to.equal(0);
        expect(of(...values.map((value) => value + constant))).to.deep.equal(found);
        expect(of(...values.map((value) => value * 4)).slope).to.equal(found.slope * 4);
      }),
    );
  });

  it('is that of a straight line, exactly', () => {
    const { slope, lower, upper } = of(...Array.from({ length: 25 }, (_, step) => 3 - 2 * step));
    expect([slope, lower, upper]).to.deep.equal([-2, -2, -2]);
  });

  it('is not defined of one value, and refuses what is too long or no number', () => {
    expect(senSlope(Float64Array.of(1))).to.equal(undefined);
    expect(senSlope(new Float64Array(0))).to.equal(undefined);
    expect(() => senSlope(new Float64Array(2_001))).to.throw(RangeError, '2000');
    expect(() => of(1, Number.POSITIVE_INFINITY)).to.throw(RangeError, 'finite');
  });
});
