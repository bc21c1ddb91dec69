import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { lineThrough, toBins } from '../../../client/charts/bins.ts';
import { toCsv } from '../../../client/charts/to-csv.ts';

describe('the bins of a histogram', () => {
  it('count each value once, the last end included', () => {
    const values = fc.array(fc.double({ min: 0, max: 30, noNaN: true }));
    fc.assert(
      fc.property(values, (given) => {
        const bins = toBins(given, [0, 10, 20, 30]);
        expect(bins.reduce((sum, { count }) => sum + count, 0)).to.equal(given.length);
      }),
    );
    expect(toBins([10, 30], [0, 10, 20, 30]).map(({ count }) => count)).to.deep.equal([0, 1, 1]);
  });
});

describe('the straight line of a slope', () => {
  it('passes where half of the points lie above it', () => {
    const points = [0, 1, 2, 3, 4].map((years) => ({ years, value: 2 * years + 5 + (years === 4 ? 100 : 0) }));
    const at = lineThrough(points, 2);
    expect(at(0)).to.equal(5);
    expect(at(10)).to.equal(25);
  });
});

describe('a table as CSV', () => {
  it('quotes what must be, and lets no text begin a formula', () => {
    const text = toCsv(
      ['name', 'km'],
      [
        ['a "b", c', 1.5],
        ['=1+1', undefined],
        ['plain', true],
      ],
    );
    expect(text).to.equal('\uFEFFname,km\r\n"a ""b"", c",1.5\r\n\'=1+1,\r\nplain,true\r\n');
  });

  it('writes negative numbers as numbers', () => {
    expect(toCsv(['n'], [[-3]])).to.contain('\r\n-3\r\n');
  });
});
