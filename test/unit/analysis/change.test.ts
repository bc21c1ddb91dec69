import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type Counts, classify, type Rule } from '../../../server/analysis/change/classify.ts';
import { compare } from '../../../server/analysis/change/compare.ts';
import { levelOf } from '../../../server/analysis/change/level.ts';

const counts = (...pairs: (readonly [earlier: number, later: number])[]): Counts[] =>
  pairs.map(([earlier, later]) => ({ earlier, later }));
const YEARS: Rule = { days: { earlier: 365, later: 365 }, alpha: 0.05, fewest: 5 };

describe('what is said of a unit whose counts differ', () => {
  it('is what the exact test says, corrected for all that are tested', () => {
    const found = classify(counts([2, 20], [20, 2], [10, 10], [3, 1], [0, 0]), YEARS);
    expect(found.map(({ change }) => change)).to.deep.equal(['risen', 'fallen', 'no-change', 'too-few', 'too-few']);
    // Of 22 coins 2 or fewer are heads: (1 + 22 + 231) / 2^22; both sides.
    const p = (2 * 254) / 2 ** 22;
    expect(found[0]?.p).to.be.closeTo(p, 1e-15);
    // Two of the three tests that were made are as small: 3 / 2.
    expect(found[0]?.adjusted).to.be.closeTo((p * 3) / 2, 1e-15);
    expect(found[2]).to.deep.include({ p: 1, adjusted: 1 });
    expect(found[3]?.p).to.equal(undefined);
    expect(found[3]?.ratio?.ratio).to.be.closeTo(1 / 3, 1e-12);
    expect(found[4]).to.deep.equal({ change: 'too-few' });
  });

  it('is said by the days of the periods', () => {
    const rule = { ...YEARS, days: { earlier: 3_650, later: 365 } };
    // The same number in a tenth of the time.
    const [found] = classify(counts([20, 20]), rule);
    expect(found?.change).to.equal('risen');
    expect(found?.ratio?.ratio).to.be.closeTo(10, 1e-12);
    expect(classify(counts([20, 2]), rule)[0]?.change).to.equal('no-change');
  });

  it('leaves units with too few out of what is corrected for', () => {
    const few = Array.from({ length: 500 }, () => [2, 2] as const);
    const [alone] = classify(counts([2, 20]), YEARS);
    expect(classify(counts([2, 20], ...few), YEARS)[0]).to.deep.equal(alone);
    const tested = Array.from({ length: 500 }, () => [3, 3] as const);
    expect(classify(counts([2, 20], ...tested), YEARS)[0]?.change).to.equal('no-change');
  });

  const pair = fc.record({ earlier: fc.nat(60), later: fc.nat(60) });
  const days = fc.record({ earlier: fc.integer({ min: 1, max: 900 }), later: fc.integer({ min: 1, max: 900 }) });

  it('changes sides when the periods do', () => {
    const turned = { risen: 'fallen', fallen: 'risen', 'no-change': 'no-change', 'too-few': 'too-few' } as const;
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 20 }), days, (given, exposure) => {
        const rule = { ...YEARS, days: exposure, alpha: 0.1 };
        const found = classify(given, rule);
        const swapped = classify(
          given.map(({ earlier, later }) => ({ earlier: later, later: earlier })),
          { ...rule, days: { earlier: exposure.later, later: exposure.earlier } },
        );
        for (const [index, one] of found.entries()) {
          const other = swapped[index];
          // At the very edge rounding decides.
          if (Math.abs((one.adjusted ?? 1) - rule.alpha) > 1e-9) expect(other?.change).to.equal(turned[one.change]);
          if (one.ratio?.ratio && other?.ratio?.ratio)
            expect(one.ratio.ratio * other.ratio.ratio).to.be.closeTo(1, 1e-12);
          expect(other?.p ?? -1).to.be.closeTo(one.p ?? -1, 1e-9);
        }
      }),
    );
  });

  it('does not depend on the order of the units', () => {
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 20 }), fc.nat(), (given, by) => {
        const at = by % given.length;
        const turned = [...given.slice(at), ...given.slice(0, at)];
        const found = classify(given, YEARS);
        expect(classify(turned, YEARS)).to.deep.equal([...found.slice(at), ...found.slice(0, at)]);
      }),
    );
  });

  it('is nothing of no units', () => {
    expect(classify([], YEARS)).to.deep.equal([]);
  });
});

describe('the plain level of a change', () => {
  const AS_SHOWN = { rise: 10, large_rise: 25, large_fall: 25 };
  const of = (earlier: number, later: number, thresholds = AS_SHOWN) =>
    levelOf({ earlier, later }, thresholds, 5).level;

  it('begins above its threshold, not at it', () => {
    expect([of(100, 110), of(100, 111), of(100, 125), of(100, 126)]).to.deep.equal([
      'limited',
      'rise',
      'rise',
      'large-rise',
    ]);
    expect([of(100, 75), of(100, 74), of(100, 0), of(100, 100)]).to.deep.equal([
      'limited',
      'large-fall',
      'large-fall',
      'limited',
    ]);
    expect(of(100, 126, { rise: 30, large_rise: 60, large_fall: 25 })).to.equal('limited');
  });

  it('has no percentage of nothing, and says of few that they are too few', () => {
    expect(levelOf({ earlier: 0, later: 5 }, AS_SHOWN, 5)).to.deep.equal({ level: 'from-none' });
    expect(levelOf({ earlier: 0, later: 4 }, AS_SHOWN, 5)).to.deep.equal({ level: 'too-few' });
    expect(levelOf({ earlier: 1, later: 3 }, AS_SHOWN, 5)).to.deep.equal({ level: 'too-few', percent: 200 });
    expect(levelOf({ earlier: 2, later: 3 }, AS_SHOWN, 5)).to.deep.equal({ level: 'large-rise', percent: 50 });
  });
});

describe('units side by side', () => {
  const nothing = { earlier: 0, later: 0, earlier_imprecise: 0, later_imprecise: 0, spanning: 0, reaching: 0 };
  const day = (date: string) => `${date}T00:00:00.000Z`;
  const periods = (from: string, middle: string, to: string) => ({
    earlier: { from: day(from), to: day(middle) },
    later: { from: day(middle), to: day(to) },
  });
  const compared = {
    asOf: '2022-12-31',
    periods: periods('2021-01-01', '2022-01-01', '2023-01-01'),
    levels: [periods('2022-11-06', '2022-12-04', '2023-01-01'), periods('2021-01-03', '2022-01-02', '2023-01-01')],
  };
  const given = {
    imprecise: 'exclude',
    confidence: 95,
    fewest: 5,
    levels: { rise: 10, large_rise: 25, large_fall: 25 },
  } as const;
  const units = [1, 2, 3, 4, 5].map((key) => ({
    ...{ key, id: `U${key}`, title: undefined, areaKm2: 100 },
    shape: () => ({}),
  }));
  const counted = {
    inside: new Map([
      [1, [{ ...nothing, later: 9, later_imprecise: 2 }, nothing, nothing]],
      // What cannot be told to a period is a report all the same.
      [2, [{ ...nothing, spanning: 1 }, nothing, nothing]],
      [3, [{ ...nothing, reaching: 1 }, nothing, nothing]],
      [4, [nothing, { ...nothing, earlier: 5, later: 6 }, nothing]],
    ]),
    outside: [{ ...nothing, later: 3 }, nothing, nothing],
  };
  const numbers = compare({ units }, counted, compared, given);

  it('calls silent only those in which nothing at all is reported in the periods', () => {
    expect(numbers.units_silent).to.equal(2);
    expect(numbers.left_out).to.deep.equal({ spanning: 1, reaching_out: 1 });
    expect(numbers.units.map(({ unit }) => unit)).to.deep.equal(['U1', 'U2', 'U3', 'U4']);
    expect(numbers.total).to.include({ earlier: 0, later: 7 }).and.not.have.property('ratio');
    expect(numbers.units[0]).to.include({ later: 7, imprecise: 2, change: 'risen' }).and.not.have.property('ratio');
    expect(numbers.outside).to.deep.equal({ earlier: 0, later: 3 });
  });

  it('says of each level of which weeks it is', () => {
    expect(numbers.levels.map(({ earlier_from, later_from }) => [earlier_from, later_from])).to.deep.equal([
      [day('2022-11-06'), day('2022-12-04')],
      [day('2021-01-03'), day('2022-01-02')],
    ]);
    expect(numbers.levels[0]).to.include({ weeks: 4, earlier: 5, later: 6, percent: 20, level: 'rise' });
    expect(numbers.levels[1]).to.include({ weeks: 52, earlier: 0, later: 0, level: 'too-few' });
  });
});
