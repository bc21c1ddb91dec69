import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type MannKendall, mannKendall } from '../../../server/stats/mann-kendall.ts';
import { type SeasonalMannKendall, seasonalMannKendall } from '../../../server/stats/seasonal-mann-kendall.ts';

const of = (values: readonly number[], season: number) => seasonalMannKendall(Float64Array.from(values), season);
const byHand = (values: readonly number[], season: number) => of(values, season) as SeasonalMannKendall;

describe('seasonalMannKendall', () => {
  it('adds up the scores and variances of the seasons', () => {
    // Two seasons of four years: 1 2 3 4 has S = 6, 5 3 3 9 has S = 6 - 1 ... both by hand; variances 26 / 3 and (156 - 18) / 18.
    const { s, variance, z, slope } = byHand([1, 5, 2, 3, 3, 3, 4, 9], 2);
    expect(s).to.equal(6 + 1);
    expect(variance).to.be.closeTo(156 / 18 + (156 - 18) / 18, 1e-12);
    expect(z).to.be.closeTo(6 / Math.sqrt(294 / 18), 1e-12);
    // Slopes per step: six of 0.5; -1, -0.5, 2/3, 0, 1.5 and 3: the seventh and sixth of twelve are 0.5.
    expect(slope).to.equal(0.5);
  });

  it('finds a trend that the seasons hide, and does not take the seasons for a trend', () => {
    const waves = Array.from({ length: 60 }, (_, month) => 100 * Math.sin((month / 6) * Math.PI));
    const rising = waves.map((wave, month) => Math.round(wave) + Math.floor(month / 12));
    const plain = mannKendall(Float64Array.from(rising)) as MannKendall;
    const seasonal = byHand(rising, 12);
    expect(plain.p).to.be.above(0.05);
    expect(seasonal.p).to.be.below(1e-6);
    expect(seasonal.slope).to.be.closeTo(1 / 12, 1e-12);
    // Two years and a half of a wave that stands still: each month is as in other years.
    expect(of(waves.slice(0, 36).map(Math.round), 12)).to.deep.equal({ notDefined: 'all-equal' });
  });

  it('is the sum over the seasons of random series, and turns its sign with time', () => {
    const series = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 48 });
    fc.assert(
      fc.property(series, fc.integer({ min: 2, max: 4 }), (values, season) => {
        const found = of(values, season);
        if ('notDefined' in found) return;
        const parts = Array.from({ length: season }, (_, first) => values.filter((_, at) => at % season === first)).map(
          (part) => mannKendall(Float64Array.from(part)),
        );
        const sum = (member: 's' | 'variance') =>
          parts.reduce((all, part) => all + ('notDefined' in part ? 0 : part[member]), 0);
        expect(found.s).to.equal(sum('s'));
        expect(found.variance).to.be.closeTo(sum('variance'), 1e-9);
        const whole = values.slice(0, values.length - (values.length % season));
        const [there, back] = [of(whole, season), of(whole.toReversed(), season)];
        if (!('notDefined' in there)) expect((back as SeasonalMannKendall).s + there.s).to.equal(0);
      }),
    );
  });

  it('is not defined of less than three years, or of years that are all alike', () => {
    expect(of([1, 2, 3, 4, 5], 2)).to.deep.equal({ notDefined: 'too-few' });
    expect(of([1, 7, 1, 7, 1, 7], 2)).to.deep.equal({ notDefined: 'all-equal' });
    expect(() => of([1, 2, 3], 1)).to.throw(RangeError, '2 steps');
  });
});
