import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { compareRecords } from '../../server/core/correction.ts';
import { checkRecord } from '../../server/jobs/correct/check-record.ts';
import { completeRecord } from '../../server/jobs/correct/complete.ts';
import { EVENTS_LAYER, eventRecord } from '../support/layers.ts';

const TODAY = '2026-11-22';
const state = (properties: Record<string, unknown>) => ({
  geometry: { type: 'Point', coordinates: [0, 0] },
  properties,
});

describe('what differs between two states of a record', () => {
  it('is the same fields either way, and none of one state with itself', () => {
    const properties = fc.dictionary(
      fc.constantFrom('kind', 'killed', 'note', 'recorded_at'),
      fc.oneof(fc.integer(), fc.string()),
    );
    fc.assert(
      fc.property(properties, properties, (one, other) => {
        const fields = (a: typeof one, b: typeof one) => compareRecords(state(a), state(b)).map(({ field }) => field);
        expect(fields(one, one)).to.deep.equal([]);
        expect(fields(one, other).toSorted()).to.deep.equal(fields(other, one).toSorted());
        expect(fields(one, other)).to.not.include('recorded_at');
      }),
    );
  });

  it('leaves out what names an upload, and takes one that is not there for nothing', () => {
    const named = (source: string) => state({ source });
    expect(compareRecords(named('upload 0123abcd'), named('upload 99999999'))).to.deep.equal([]);
    expect(compareRecords(named('upload 0123abcd'), named('a report'))).to.have.length(1);
    expect(compareRecords(null, named('a report')).map(({ field }) => field)).to.deep.equal(['geometry', 'source']);
  });
});

describe('a record that a person fills in', () => {
  const complete = (properties: Record<string, unknown>, isEndGiven = false) =>
    completeRecord(EVENTS_LAYER, properties, { before: null, today: TODAY, isEndGiven });

  it('ends with the day, month or year in which it was', () => {
    const end = (valid_from: string, date_precision: string) => complete({ valid_from, date_precision }).valid_to;
    expect(end('2022-12-31', 'day')).to.equal('2023-01-01');
    expect(end('2022-12-05', 'month')).to.equal('2023-01-01');
    expect(end('2022-05-05', 'year')).to.equal('2023-01-01');
    expect(complete({ valid_from: '2022-05-05', valid_to: '2022-06-01' }, true).valid_to).to.equal('2022-06-01');
  });

  it('was recorded today, or before where it was known', () => {
    expect(complete({}).recorded_at).to.equal(TODAY);
    expect(complete({ recorded_at: '2025-01-01' }).recorded_at).to.equal('2025-01-01');
    expect(complete({ recorded_at: '2030-01-01' }).recorded_at).to.equal(TODAY);
  });

  it('is sound wherever it is on the globe, and never where it is not', () => {
    const { properties } = eventRecord(1, 0, 0);
    fc.assert(
      fc.property(
        fc.double({ min: -400, max: 400, noNaN: true }),
        fc.double({ min: -200, max: 200, noNaN: true }),
        (lon, lat) => {
          const { issues } = checkRecord(
            EVENTS_LAYER,
            { geometry: { type: 'Point', coordinates: [lon, lat] }, properties },
            TODAY,
          );
          const isRefused = issues.some(({ severity }) => severity === 'error');
          expect(isRefused).to.equal(Math.abs(lon) > 180 || Math.abs(lat) > 90);
        },
      ),
    );
  });
});
