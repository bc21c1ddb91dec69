import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { stepFinder, toSteps } from '../../../server/analysis/steps.ts';
import { InvalidParameter } from '../../../server/core/errors.ts';

const DAY = 86_400_000;
const day = fc.integer({ min: -40_000, max: 40_000 }).map((days) => new Date(days * DAY).toISOString());

describe('the steps of a series', () => {
  it('follow the calendar, cover the window, and say which of them it cuts', () => {
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 1, max: 9_000 }),
        fc.constantFrom('month', 'quarter', 'year'),
        (from, days, step) => {
          const to = new Date(Date.parse(from) + days * DAY).toISOString();
          const steps = toSteps({ from, to }, step);
          for (const [index, each] of steps.entries()) {
            if (index > 0) expect(each.from).to.equal(steps[index - 1]?.to);
            expect(each.isWhole).to.equal(each.from >= from.slice(0, 10) && each.to <= to.slice(0, 10));
            expect(each.from).to.match(
              step === 'year' ? /-01-01$/ : step === 'quarter' ? /-(01|04|07|10)-01$/ : /-01$/,
            );
          }
          expect((steps[0]?.from ?? '') <= from.slice(0, 10) && (steps[0]?.to ?? '') > from.slice(0, 10)).to.equal(
            true,
          );
          expect((steps.at(-1)?.from ?? '') < to && (steps.at(-1)?.to ?? '') >= to.slice(0, 10)).to.equal(true);
        },
      ),
    );
  });

  it('are those of the year 50 too, and at most 600', () => {
    expect(
      toSteps({ from: '0050-12-30T00:00:00.000Z', to: '0051-01-02T00:00:00.000Z' }, 'month').map(({ from }) => from),
    ).to.deep.equal(['0050-12-01', '0051-01-01']);
    const long = { from: '1970-01-01T00:00:00.000Z', to: '2020-01-01T00:00:00.000Z' };
    expect(toSteps(long, 'month').length).to.equal(600);
    expect(() => toSteps({ ...long, to: '2020-01-02T00:00:00.000Z' }, 'month')).to.throw(InvalidParameter, '600 steps');
    expect(() => toSteps({ ...long, to: null }, 'year')).to.throw(InvalidParameter, 'a window');
  });
});

describe('the step of a span of months', () => {
  const month = (year: number, nth: number) => year * 12 + nth - 1;

  it('is the one that holds all of it, or none', () => {
    const steps = toSteps({ from: '2020-02-10T00:00:00Z', to: '2021-08-01T00:00:00Z' }, 'quarter');
    const find = stepFinder('quarter', steps);
    expect(steps).to.have.lengthOf(7);
    expect(find(month(2020, 1), month(2020, 2))).to.equal(0);
    expect(find(month(2020, 2), month(2020, 4))).to.equal(0);
    expect(find(month(2020, 3), month(2020, 5))).to.equal(-1);
    expect(find(month(2021, 9), month(2021, 10))).to.equal(6);
    expect(find(month(2021, 10), month(2021, 11))).to.equal(-1);
    expect(find(month(2019, 12), month(2020, 1))).to.equal(-1);
    expect(find(month(2020, 1), month(2021, 1))).to.equal(-1);
  });

  it('agrees with the days of the steps', () => {
    const span = fc.record({
      step: fc.constantFrom('month', 'quarter', 'year'),
      from: fc.nat(60),
      length: fc.integer({ min: 1, max: 14 }),
    });
    fc.assert(
      fc.property(span, ({ step, from, length }) => {
        const steps = toSteps({ from: '2018-05-05T00:00:00Z', to: '2022-03-01T00:00:00Z' }, step);
        const first = month(2018, 1) + from;
        const day = (at: number) => new Date(Date.UTC(Math.floor(at / 12), at % 12)).toISOString().slice(0, 10);
        const expected = steps.findIndex((each) => each.from <= day(first) && day(first + length) <= each.to);
        expect(stepFinder(step, steps)(first, first + length)).to.equal(expected);
      }),
    );
  });
});
