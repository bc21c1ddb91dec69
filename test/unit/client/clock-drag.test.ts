import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { periodOf, STEPS, toDay, toNumber } from '../../../client/clock/calendar.ts';
import { dragged, spanAt } from '../../../client/clock/drag.ts';

const LIMITS = { from: '2012-01-01', to: '2023-12-31' };
const n = toNumber;
const YEAR = { from: '2022-01-01', to: '2022-12-31' };

describe('dragging on the clock', () => {
  it('makes a window of the steps between two days, in either direction', () => {
    const made = { from: '2019-03-01', to: '2019-06-30' };
    const [one, other] = [n('2019-03-20'), n('2019-06-02')];
    expect(dragged('new', YEAR, { from: one, to: other }, 'month', LIMITS)).to.deep.equal(made);
    expect(dragged('new', YEAR, { from: other, to: one }, 'month', LIMITS)).to.deep.equal(made);
  });

  it('moves the window by whole steps, its length kept, as far as the clock goes', () => {
    const move = (to: string) => dragged('span', YEAR, { from: n('2022-06-15'), to: n(to) }, 'month', LIMITS);
    expect(move('2022-07-10')).to.deep.equal({ from: '2022-02-01', to: '2023-01-31' });
    expect(move('2022-06-20')).to.deep.equal(YEAR);
    expect(move('2023-12-31')).to.deep.equal({ from: '2023-01-01', to: '2023-12-31' });
  });

  it('takes an end to the nearest boundary, and never past the other end', () => {
    const take = (grip: 'from' | 'to', to: string) => dragged(grip, YEAR, { from: 0, to: n(to) }, 'month', LIMITS);
    expect(take('from', '2021-03-10')).to.deep.equal({ from: '2021-03-01', to: '2022-12-31' });
    expect(take('from', '2021-03-20')).to.deep.equal({ from: '2021-04-01', to: '2022-12-31' });
    expect(take('from', '2023-06-01')).to.deep.equal({ from: '2022-12-01', to: '2022-12-31' });
    expect(take('to', '2023-03-10')).to.deep.equal({ from: '2022-01-01', to: '2023-02-28' });
    expect(take('to', '2023-03-20')).to.deep.equal({ from: '2022-01-01', to: '2023-03-31' });
    expect(take('to', '2020-03-20')).to.deep.equal({ from: '2022-01-01', to: '2022-01-31' });
  });

  it('a click is the step under it', () => {
    expect(spanAt(n('2019-05-05'), 'quarter', LIMITS)).to.deep.equal({ from: '2019-04-01', to: '2019-06-30' });
    expect(spanAt(n('2012-01-01'), 'week', LIMITS).from).to.equal('2012-01-01');
  });

  it('stays within the clock, in order, and on boundaries of its step', () => {
    const day = fc.integer({ min: n(LIMITS.from), max: n(LIMITS.to) });
    const grips = fc.constantFrom('new', 'from', 'to', 'span' as const);
    fc.assert(
      fc.property(grips, day, day, fc.constantFrom(...STEPS), (grip, from, to, step) => {
        const span = dragged(grip as 'new', YEAR, { from, to }, step, LIMITS);
        expect(span.from <= span.to && span.from >= LIMITS.from && span.to <= LIMITS.to).to.equal(true);
        if (grip !== 'new' || step !== 'month') return;
        const first = periodOf(toDay(Math.min(from, to)), step).from;
        expect(span.from).to.equal(first);
      }),
    );
  });
});
