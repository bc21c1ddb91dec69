import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { SECONDS, Series } from '../../../server/http/metrics/series.ts';

describe('Series', () => {
  it('puts each duration into the bucket of the least bound that is not below it', () => {
    const seconds = fc.oneof(fc.double({ min: 0, max: 20, noNaN: true }), fc.constantFrom(...SECONDS));
    fc.assert(
      fc.property(fc.array(seconds), (durations) => {
        const series = new Series();
        for (const duration of durations) series.add(200, duration, 7);
        SECONDS.forEach((bound, index) => {
          const upTo = series.buckets.slice(0, index + 1).reduce((sum, count) => sum + count, 0);
          expect(upTo).to.equal(durations.filter((duration) => duration <= bound).length);
        });
        expect(series.buckets.reduce((sum, count) => sum + count, 0)).to.equal(durations.length);
        expect(series.bytes).to.equal(7 * durations.length);
      }),
    );
  });

  it('counts each status', () => {
    const series = new Series();
    for (const status of [200, 304, 200]) series.add(status, 0, 0);
    expect(Object.fromEntries(series.statuses)).to.deep.equal({ 200: 2, 304: 1 });
  });
});
