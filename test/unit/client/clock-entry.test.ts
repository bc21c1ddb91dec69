import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { toDay } from '../../../client/clock/calendar.ts';
import { parseEntry } from '../../../client/clock/entry.ts';

const MARCH = { from: '2022-03-01', to: '2022-03-31' };

describe('dates written by hand', () => {
  const cases: Record<string, readonly [string | null, string | null]> = {
    '2022': ['2022-01-01', '2022-12-31'],
    ' 2022-3 ': ['2022-03-01', '2022-03-31'],
    '03/2022': ['2022-03-01', '2022-03-31'],
    '03.2022': ['2022-03-01', '2022-03-31'],
    'mars 2022': ['2022-03-01', '2022-03-31'],
    'Mar 2022': ['2022-03-01', '2022-03-31'],
    'févr. 2024': ['2024-02-01', '2024-02-29'],
    'Août 2022': ['2022-08-01', '2022-08-31'],
    '2022-03-05': ['2022-03-05', '2022-03-05'],
    '05/03/2022': ['2022-03-05', '2022-03-05'],
    '1er mars 2022': ['2022-03-01', '2022-03-01'],
    '5 March 2022': ['2022-03-05', '2022-03-05'],
    'March 5, 2022': ['2022-03-05', '2022-03-05'],
    'T2 2022': ['2022-04-01', '2022-06-30'],
    '2022-Q4': ['2022-10-01', '2022-12-31'],
    '2022-03-05/2022-04': ['2022-03-05', '2022-04-30'],
    '2019-2022': ['2019-01-01', '2022-12-31'],
    '2019 – 03/2022': ['2019-01-01', '2022-03-31'],
    '03/2022/04/2022': ['2022-03-01', '2022-04-30'],
    '15 March 2019 to 10 February 2021': ['2019-03-15', '2021-02-10'],
    'du 15 mars 2019 au 10 février 2021': ['2019-03-15', '2021-02-10'],
    'janv. 2021 à juin 2021': ['2021-01-01', '2021-06-30'],
    '2022/..': ['2022-01-01', null],
    '../2022-03': [null, '2022-03-31'],
    'depuis mars 2022': ['2022-03-01', null],
    'Since 5 March 2022': ['2022-03-05', null],
    'jusqu’au 31 mars 2022': [null, '2022-03-31'],
    'until 2022': [null, '2022-12-31'],
    '../..': [null, null],
    'All dates': [null, null],
    'Toutes les dates': [null, null],
  };
  for (const [text, [from, to]] of Object.entries(cases))
    it(`reads "${text}"`, () => expect(parseEntry(text)).to.deep.equal({ from, to }));

  for (const text of [
    '',
    'soon',
    '2022-13',
    '31/02/2022',
    '2022-02-30',
    'jui 2022',
    '2023/2022',
    '22',
    '0000',
    '2022/soon',
  ])
    it(`refuses "${text}"`, () => expect(parseEntry(text)).to.equal(null));

  it('reads any two days as they are printed, in either order of the numbers', () => {
    const day = fc.integer({ min: -20_000, max: 60_000 }).map(toDay);
    const turned = (date: string) => date.split('-').reverse().join('/');
    fc.assert(
      fc.property(day, day, (one, other) => {
        const [from, to] = [one, other].sort() as [string, string];
        expect(parseEntry(`${from}/${to}`)).to.deep.equal({ from, to });
        expect(parseEntry(`${turned(from)} - ${turned(to)}`)).to.deep.equal({ from, to });
      }),
    );
  });

  it('never throws, and never ends before it begins', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789-/. tmarsQà') }), (text) => {
        const read = parseEntry(text);
        if (read?.from && read.to) expect(read.from <= read.to).to.equal(true);
      }),
    );
    expect(parseEntry('march 2022')).to.deep.equal(MARCH);
  });
});
