import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { monthOf, STEPS, toDay, toNumber } from '../../../client/clock/calendar.ts';
import { edgesOf, type LayerTimes, toHistogram, unitFor } from '../../../client/clock/histogram.ts';
import { monthsOfCells } from '../../../client/map/months-of-cells.ts';
import { type Series, toSums } from '../../../server/core/series.ts';

const LIMITS = { from: '2022-01-01', to: '2022-12-31' };
const n = toNumber;
const layer = (changes: Partial<LayerTimes>): LayerTimes => ({
  ...{ isModelled: false, isRange: false, spans: [], months: null },
  ...changes,
});
const dayOf = (day: string): [number, number] => [n(day), n(day) + 1];

describe('the histogram of the clock', () => {
  it('counts events by month, what is modelled apart, and leaves out what it cannot place', () => {
    const found = toHistogram(
      [
        layer({
          spans: [
            dayOf('2022-01-01'),
            dayOf('2022-01-31'),
            dayOf('2022-02-01'),
            // Beyond the clock, without a date, and known to the quarter only.
            dayOf('2023-01-01'),
            [null, null],
            [n('2022-04-01'), n('2022-07-01')],
          ],
        }),
        layer({ isModelled: true, months: { firstMonth: monthOf('2021-12-01'), counts: [7, 3, 0, 2], undated: 4 } }),
      ],
      LIMITS,
      'month',
    );
    expect(found.documented.slice(0, 4)).to.deep.equal([2, 1, 0, 0]);
    expect(found.modelled.slice(0, 4)).to.deep.equal([3, 0, 2, 0]);
    expect({ undated: found.undated, imprecise: found.imprecise }).to.deep.equal({ undated: 5, imprecise: 1 });
  });

  it('counts what is true for a while in each bar that it meets, its last day included and not the day after', () => {
    const found = toHistogram(
      [
        layer({
          isRange: true,
          spans: [
            [n('2022-02-15'), n('2022-04-01')],
            [null, n('2022-02-01')],
            [n('2022-11-30'), null],
            [n('2020-01-01'), n('2021-01-01')],
          ],
          months: { firstMonth: monthOf('2022-05-01'), counts: [5, 6], undated: 0 },
        }),
      ],
      LIMITS,
      'month',
    );
    expect(found.inForce).to.deep.equal([1, 1, 1, 0, 5, 6, 0, 0, 0, 0, 1, 1]);
    expect(found.documented.every((each) => each === 0)).to.equal(true);
    const byQuarter = toHistogram(
      [layer({ isRange: true, months: { firstMonth: monthOf('2022-05-01'), counts: [5, 6], undated: 0 } })],
      LIMITS,
      'quarter',
    );
    expect(byQuarter.inForce, 'as many as in the fullest month').to.deep.equal([0, 6, 0, 0]);
  });

  it('loses no event within the clock, whatever the unit', () => {
    const days = fc.array(fc.integer({ min: n(LIMITS.from), max: n(LIMITS.to) }), { maxLength: 40 });
    fc.assert(
      fc.property(days, fc.constantFrom(...STEPS), (all, unit) => {
        const spans = all.map((day): [number, number] => [day, day + 1]);
        const { documented, edges } = toHistogram([layer({ spans })], LIMITS, unit);
        expect(documented.reduce((sum, count) => sum + count, 0)).to.equal(all.length);
        for (const [bar, count] of documented.entries())
          expect(count).to.equal(
            all.filter((day) => day >= (edges[bar] as number) && day < (edges[bar + 1] as number)).length,
          );
      }),
    );
  });

  it('takes the shortest unit whose bars can be seen, and months where hexagons are counted', () => {
    const years = { from: '2012-01-01', to: '2023-12-31' };
    expect(unitFor(years, 1000, true)).to.equal('month');
    expect(unitFor(years, 366, true)).to.equal('quarter');
    expect(unitFor(years, 50, true)).to.equal('year');
    expect(unitFor(LIMITS, 1000, false)).to.equal('week');
    expect(unitFor(LIMITS, 1500, false)).to.equal('day');
    expect(unitFor(LIMITS, 2000, true)).to.equal('month');
  });

  it('covers the clock with whole periods', () => {
    const edges = edgesOf({ from: '2022-01-15', to: '2022-03-02' }, 'month');
    expect(edges.map(toDay)).to.deep.equal(['2022-01-01', '2022-02-01', '2022-03-01', '2022-04-01']);
  });
});

describe('the months of hexagons in view', () => {
  /** Two cells; the first month stands for what came before, the second record of cell 7 lasts from month 1 to 2. */
  const series: Series = {
    header: {
      ...{ collection: 'events', generation: 1, resolution: 3, firstMonth: 24_240, months: 3, kinds: [null], cells: 2 },
      ...{ width: 1 as const, ends: true, before: true },
    },
    ordinals: Uint32Array.of(7, 9),
    starts: Uint8Array.of(1, 2, 0, 0, 0, 5),
    ends: Uint8Array.of(0, 0, 1, 0, 0, 5),
  };

  it('are of the cells asked for only, by their beginning, and what has none is undated', () => {
    const sums = toSums(series);
    expect(monthsOfCells(sums, new Set([7]), false)).to.deep.equal({
      firstMonth: 24_240,
      counts: [0, 2, 0],
      undated: 1,
    });
    expect(monthsOfCells(sums, new Set([7, 9]), false).counts).to.deep.equal([0, 2, 5]);
  });

  it('count what is in force in each month where records are true for a while', () => {
    const sums = toSums(series);
    expect(monthsOfCells(sums, new Set([7]), true).counts).to.deep.equal([0, 3, 2]);
  });
});
