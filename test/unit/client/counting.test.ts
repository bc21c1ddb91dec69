import { expect } from 'chai';
import { describe, it } from 'mocha';
import { toCounting } from '../../../client/map/counting.ts';
import { monthsOf } from '../../../client/map/months-of.ts';

const month = (year: number, number: number) => 12 * year + number - 1;

describe('the months of a window', () => {
  for (const [from, to, expected] of [
    ['2022-01-01', '2022-12-31', { from: month(2022, 1), to: month(2023, 1) }],
    ['2020-02-01', '2020-02-29', { from: month(2020, 2), to: month(2020, 3) }],
    ['2021-02-01', null, { from: month(2021, 2), to: null }],
    [null, '2021-02-28', { from: null, to: month(2021, 3) }],
    [null, null, { from: null, to: null }],
    ['2022-01-01', '2022-12-30', null],
    ['2022-01-02', '2022-12-31', null],
    [null, '2020-02-28', null],
  ] as const) {
    it(`${from ?? '..'}/${to ?? '..'}`, () => expect(monthsOf({ from, to })).to.deep.equal(expected));
  }
});

describe('who counts hexagons', () => {
  const window = { from: '2022-01-01', to: '2022-12-31' };
  const year = monthsOf(window);
  const now = {
    ...{ window, months: year, isTimed: true, resolution: 4, seriesResolution: 6 },
    ...{ isSeriesFailed: false, hasServer: true },
  };
  for (const [what, changes, expected] of [
    ['whole months: the page', {}, { by: 'series', months: year }],
    ['all dates: the tiles', { window: { from: null, to: null }, months: { from: null, to: null } }, { by: 'tiles' }],
    ['records without dates: the tiles', { isTimed: false }, { by: 'tiles' }],
    ['a month that is cut: the server', { months: null }, { by: 'server', because: 'months' }],
    ['too fine: the server', { resolution: 7 }, { by: 'server', because: 'scale' }],
    ['no series at all: the server', { seriesResolution: null }, { by: 'server', because: 'scale' }],
    ['a series that failed: the server', { isSeriesFailed: true }, { by: 'server', because: 'failed' }],
    ['a month that is cut, no server: nobody', { months: null, hasServer: false }, { by: 'nobody', because: 'months' }],
    ['an earlier state: the server', { isPast: true }, { by: 'server', because: 'past' }],
    ['whole months, no server: the page', { hasServer: false }, { by: 'series', months: year }],
  ] as const) {
    it(what, () => expect(toCounting({ ...now, ...changes })).to.deep.equal(expected));
  }
});
