import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  addDays,
  addSteps,
  closed,
  nextEnd,
  nextStart,
  periodOf,
  STEPS,
  type Step,
  shift,
  toDay,
  toNumber,
} from '../../../client/clock/calendar.ts';

const day = fc.integer({ min: -30_000, max: 60_000 }).map(toDay);
const step = fc.constantFrom<Step>(...STEPS);

describe('the calendar of the clock', () => {
  it('knows the day, week, month, quarter and year of a day', () => {
    const of = (each: Step) => periodOf('2024-02-29', each);
    expect(STEPS.map(of)).to.deep.equal([
      { from: '2024-02-29', to: '2024-02-29' },
      { from: '2024-02-26', to: '2024-03-03' },
      { from: '2024-02-01', to: '2024-02-29' },
      { from: '2024-01-01', to: '2024-03-31' },
      { from: '2024-01-01', to: '2024-12-31' },
    ]);
    expect(periodOf('1969-12-28', 'week')).to.deep.equal({ from: '1969-12-22', to: '1969-12-28' });
  });

  it('lays periods out without a gap: each day is in its own, and the next begins after it', () => {
    fc.assert(
      fc.property(day, step, (date, each) => {
        const { from, to } = periodOf(date, each);
        expect(from <= date && date <= to).to.equal(true);
        expect(periodOf(from, each)).to.deep.equal({ from, to });
        expect(periodOf(addDays(to, 1), each).from).to.equal(addDays(to, 1));
      }),
    );
  });

  it('keeps the last day of a month the last, and a day that the month has not within it', () => {
    expect(addSteps('2022-01-31', 'month', 1)).to.equal('2022-02-28');
    expect(addSteps('2022-02-28', 'month', 1)).to.equal('2022-03-31');
    expect(addSteps('2022-01-30', 'month', 1)).to.equal('2022-02-28');
    expect(addSteps('2024-02-29', 'year', -1)).to.equal('2023-02-28');
    expect(addSteps('2022-03-15', 'quarter', 2)).to.equal('2022-09-15');
    expect(addSteps('2022-12-30', 'week', 1)).to.equal('2023-01-06');
  });

  it('moves a window and keeps its length: in months where it is of whole ones, else in days', () => {
    expect(shift({ from: '2022-01-01', to: '2022-02-28' }, 'month', 1)).to.deep.equal({
      from: '2022-02-01',
      to: '2022-03-31',
    });
    fc.assert(
      fc.property(day, fc.nat(400), step, fc.integer({ min: -30, max: 30 }), (from, length, each, count) => {
        const span = { from, to: addDays(from, length) };
        const isMonths = from.endsWith('-01') && addDays(span.to, 1).endsWith('-01');
        const moved = shift(span, each, count);
        if (isMonths && each !== 'day' && each !== 'week') {
          expect(moved.from).to.match(/-01$/);
          expect(addDays(moved.to, 1)).to.match(/-01$/);
        } else expect(toNumber(moved.to) - toNumber(moved.from)).to.equal(length);
        if (count > 0) expect(moved.from > from).to.equal(true);
      }),
    );
  });

  it('takes an end to the next boundary', () => {
    expect(nextStart('2019-03-15', 'month', 1)).to.equal('2019-04-01');
    expect(nextStart('2019-03-15', 'month', -1)).to.equal('2019-03-01');
    expect(nextStart('2019-03-01', 'month', -1)).to.equal('2019-02-01');
    expect(nextEnd('2021-12-31', 'month', 1)).to.equal('2022-01-31');
    expect(nextEnd('2021-12-15', 'month', 1)).to.equal('2021-12-31');
    expect(nextEnd('2021-12-31', 'month', -1)).to.equal('2021-11-30');
    expect(nextEnd('2021-12-31', 'year', -1)).to.equal('2020-12-31');
  });

  it('closes an open end at the clock, unless the other end lies beyond', () => {
    const limits = { from: '2012-01-01', to: '2023-12-31' };
    expect(closed({ from: null, to: null }, limits)).to.deep.equal(limits);
    expect(closed({ from: null, to: '2011-05-01' }, limits)).to.deep.equal({ from: '2011-05-01', to: '2011-05-01' });
    expect(closed({ from: '2025-05-01', to: null }, limits)).to.deep.equal({ from: '2025-05-01', to: '2025-05-01' });
  });
});
