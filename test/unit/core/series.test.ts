import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Months } from '../../../server/core/interval.ts';
import { UNPREPARED } from '../../../server/core/prepared.ts';
import { countInWindow, parseSeries, printSeries, toSums } from '../../../server/core/series.ts';
import { type SeriesRow, toSeries } from '../../../server/encode/series.ts';
import { EVENTS_LAYER } from '../../support/layers.ts';

const OPEN = { first: 0, last: 120_000 };
const LAYER = {
  ...EVENTS_LAYER,
  generation: 7,
  table: 'x',
  count: 0,
  bbox: null,
  interval: null,
  prepared: UNPREPARED,
};
const JANUARY_2014 = 12 * 2014;

const month = fc.integer({ min: JANUARY_2014, max: JANUARY_2014 + 40 });
const row: fc.Arbitrary<SeriesRow> = fc
  .record({
    ordinal: fc.nat(12),
    kind: fc.constantFrom('a', 'b', null),
    start: fc.option(month, { nil: OPEN.first }),
    length: fc.option(fc.integer({ min: 1, max: 20 }), { nil: null }),
    count: fc.constantFrom(1, 2, 300, 70_000),
  })
  .map(({ ordinal, kind, start, length, count }) => ({
    ordinal,
    kind,
    first_month: start,
    end_month: length === null ? OPEN.last : (start === OPEN.first ? JANUARY_2014 : start) + length,
    count,
  }));

const window: fc.Arbitrary<Months> = fc
  .tuple(fc.option(fc.integer({ min: -30, max: 90 })), fc.option(fc.integer({ min: 1, max: 60 })))
  .map(([from, length]) => ({
    from: from === null ? null : JANUARY_2014 + from,
    to: length === null ? null : JANUARY_2014 + (from ?? 0) + length,
  }));

const meets = (candidate: SeriesRow, { from, to }: Months) =>
  (to === null || candidate.first_month < to) && (from === null || candidate.end_month > from);

describe('series', () => {
  it('count any window like the rows they were made of, through the file (property)', () => {
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 40 }),
        fc.array(window, { minLength: 1 }),
        (rows, windows) => {
          const file = printSeries(toSeries(LAYER, 4, rows, OPEN));
          const series = parseSeries(file.buffer as ArrayBuffer);
          for (const kinds of [undefined, new Set(['a', null])]) {
            const sums = toSums(series, kinds);
            for (const asked of windows) {
              series.ordinals.forEach((ordinal, cell) => {
                const expected = rows
                  .filter((candidate) => candidate.ordinal === ordinal && (!kinds || kinds.has(candidate.kind)))
                  .filter((candidate) => meets(candidate, asked))
                  .reduce((sum, { count }) => sum + count, 0);
                expect(countInWindow(sums, cell, asked)).to.equal(expected);
              });
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('needs no ends when every record lies within a month, and one byte for small counts', () => {
    const rows = [0, 1, 5].map((ordinal) => ({
      ordinal,
      kind: 'a',
      first_month: JANUARY_2014,
      end_month: JANUARY_2014 + 1,
      count: 2,
    }));
    const { header, ordinals } = toSeries(LAYER, 4, rows, OPEN);
    expect(header).to.deep.include({
      ends: false,
      before: false,
      width: 1,
      cells: 3,
      kinds: ['a'],
      generation: 7,
      firstMonth: JANUARY_2014,
    });
    expect([...ordinals]).to.deep.equal([0, 1, 5]);
  });

  it('is empty when there is nothing', () => {
    const { header } = parseSeries(printSeries(toSeries(LAYER, 4, [], OPEN)).buffer as ArrayBuffer);
    expect(header).to.include({ cells: 0, months: 1 });
  });

  it('refuses what is no series', () => {
    expect(() => parseSeries(new TextEncoder().encode('{"title":"x"}').buffer as ArrayBuffer)).to.throw('not a series');
  });
});
