import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type Scored, score } from '../../../../server/analysis/corroborate/score.ts';

const report = (properties: Partial<Scored> = {}): Scored => ({
  ...{ precision_m: 1_000, kind: 'ied', killed: 4, injured: null, first_day: 100, last_day: 100 },
  ...properties,
});
const reach = { metres: 10_000, days: 3 };
const even = { place: 1, time: 1, kind: 1, casualties: 1 };

describe('score: how well two reports agree', () => {
  it('is 1 for reports that say the same', () => {
    expect(score(report(), report(), 1_999, reach, even)).to.deep.equal({
      ...{ score: 1, place: 1, time: 1, kind: 1, casualties: 1 },
    });
  });

  it('falls with the distance beyond the precision of both, and with vague positions', () => {
    const place = (a: Partial<Scored>, metres: number) => score(report(a), report(), metres, reach, even).place;
    expect(place({}, 2_000)).to.equal(1);
    expect(place({}, 7_000)).to.equal(0.5);
    expect(place({}, 12_000)).to.equal(0);
    expect(place({}, 50_000)).to.equal(0);
    // Together known to 40 km: four times the reach.
    expect(place({ precision_m: 39_000 }, 30_000)).to.equal(0.25);
    expect(place({ precision_m: 39_000 }, 45_000)).to.equal(0.125);
  });

  it('falls with the days between, and with vague dates', () => {
    const time = (a: Partial<Scored>) => score(report(a), report(), 0, reach, even).time;
    expect(time({ first_day: 102, last_day: 102 })).to.equal(0.5);
    expect(time({ first_day: 97, last_day: 97 })).to.equal(0.25);
    expect(time({ first_day: 104, last_day: 104 })).to.equal(0);
    // A month of 31 days that the day is in.
    expect(time({ first_day: 90, last_day: 120 })).to.equal(4 / 31);
  });

  it('does not take what is not stated for an agreement or a difference', () => {
    const parts = (a: Partial<Scored>, b: Partial<Scored> = {}) => score(report(a), report(b), 0, reach, even);
    expect(parts({ kind: null }).kind).to.equal(0.5);
    expect(parts({ kind: 'other' }, { kind: 'other' }).kind).to.equal(0.5);
    expect(parts({ kind: 'complex' }).kind).to.equal(0);
    expect(parts({ killed: null }).casualties).to.equal(0.5);
    expect(parts({ killed: 0 }, { killed: 0 }).casualties).to.equal(1);
    expect(parts({ killed: 3 }).casualties).to.equal(0.75);
    expect(parts({ killed: 3, injured: 10 }, { injured: 5 }).casualties).to.equal(0.625);
  });

  it('is the weighted mean of its parts, the same whichever report comes first', () => {
    const any = fc.record({
      precision_m: fc.integer({ min: 0, max: 300_000 }),
      kind: fc.constantFrom(null, 'ied', 'other', 'complex'),
      killed: fc.option(fc.integer({ min: 0, max: 200 })),
      injured: fc.option(fc.integer({ min: 0, max: 200 })),
      first_day: fc.integer({ min: 0, max: 40 }),
      last_day: fc.integer({ min: 40, max: 80 }),
    });
    const weight = fc.integer({ min: 0, max: 5 });
    const weights = fc
      .record({ place: weight, time: weight, kind: weight, casualties: weight })
      .filter((each) => Object.values(each).some((one) => one > 0));
    fc.assert(
      fc.property(any, any, fc.integer({ min: 0, max: 400_000 }), weights, (a, b, metres, weighed) => {
        const found = score(a, b, metres, reach, weighed);
        expect(score(b, a, metres, reach, weighed)).to.deep.equal(found);
        const total = weighed.place + weighed.time + weighed.kind + weighed.casualties;
        const sum =
          weighed.place * found.place +
          weighed.time * found.time +
          weighed.kind * found.kind +
          weighed.casualties * found.casualties;
        expect(found.score).to.be.closeTo(sum / total, 1e-8);
        for (const part of Object.values(found)) expect(part).to.be.within(0, 1);
      }),
      { seed: 3 },
    );
  });
});
