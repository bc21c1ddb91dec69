import { expect } from 'chai';
import { describe, it } from 'mocha';
import { InvalidParameter } from '../../../server/core/errors.ts';
import { parseDatetime, toDayNumber } from '../../../server/core/interval.ts';

describe('parseDatetime', () => {
  const cases: [string, string | null, string | null][] = [
    ['2022-05-01', '2022-05-01T00:00:00.000Z', '2022-05-02T00:00:00.000Z'],
    ['2022-05-01T06:00:00Z', '2022-05-01T06:00:00.000Z', '2022-05-01T06:00:00.001Z'],
    ['2022-05-01T06:00:00+02:00', '2022-05-01T04:00:00.000Z', '2022-05-01T04:00:00.001Z'],
    ['2014-01-01/2022-12-31', '2014-01-01T00:00:00.000Z', '2023-01-01T00:00:00.000Z'],
    ['2014-01-01/..', '2014-01-01T00:00:00.000Z', null],
    ['../2013-01-01', null, '2013-01-02T00:00:00.000Z'],
    ['/2013-01-01', null, '2013-01-02T00:00:00.000Z'],
    ['../..', null, null],
    ['2014-01-01/2014-01-01', '2014-01-01T00:00:00.000Z', '2014-01-02T00:00:00.000Z'],
    // QGIS writes the years 0000 and 9999 for open ends.
    ['0000-01-01/9999-12-31', null, null],
  ];
  for (const [text, from, to] of cases) {
    it(`reads ${text}`, () => expect(parseDatetime(text)).to.deep.equal({ from, to }));
  }

  for (const text of [
    '',
    '..',
    '2022',
    '2022-5-1',
    '2022-02-30',
    '2021-02-29',
    '2022-13-01',
    '2022-05-01/2022-04-01',
    'a/b',
    '1/2/3',
    '2022-05-01 06:00',
    '2022-05-01T25:00:00Z',
    '2022-05-01T06:00:00',
    "2022-05-01'; DROP TABLE x",
    '0000-01-01',
  ]) {
    it(`refuses "${text}"`, () => expect(() => parseDatetime(text)).to.throw(InvalidParameter));
  }
});

describe('toDayNumber', () => {
  it('counts UTC days from 1970-01-01, before it too', () => {
    expect(['1970-01-01', '1970-01-02', '1969-12-31', '2022-01-01'].map(toDayNumber)).to.deep.equal([0, 1, -1, 18993]);
  });
});
