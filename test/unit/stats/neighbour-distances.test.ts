import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { squaredLine, toGeocentric, toSquaredMetres } from '../../../server/stats/geocentric.ts';
import { neighbourDistances } from '../../../server/stats/neighbour-distances.ts';

const event = fc.record({
  lon: fc.integer({ min: 0, max: 9 }),
  first: fc.nat({ max: 30 }),
  length: fc.nat({ max: 4 }),
});

describe('neighbourDistances', () => {
  it('has of each event the distance to its nth nearest other one that is near in time', () => {
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 40 }),
        fc.nat({ max: 6 }),
        fc.integer({ min: 1, max: 4 }),
        (given, days, nth) => {
          const events = given.toSorted((a, b) => a.first - b.first);
          const xyz = toGeocentric({
            lons: Float64Array.from(events, ({ lon }) => lon / 10),
            lats: new Float64Array(events.length),
          });
          const first = Int32Array.from(events, (each) => each.first);
          const last = Int32Array.from(events, (each) => each.first + each.length);
          const slow = events.map(
            (_, one) =>
              [...events.keys()]
                .filter((other) => other !== one)
                .filter(
                  (other) =>
                    Math.max(first[one] as number, first[other] as number) -
                      Math.min(last[one] as number, last[other] as number) <=
                    days,
                )
                .map((other) => Math.sqrt(toSquaredMetres(squaredLine(xyz, one, other))))
                .sort((a, b) => a - b)[nth - 1],
          );
          const known = slow.filter((each) => each !== undefined).sort((a, b) => a - b);
          const found = neighbourDistances({ xyz, first, last }, days, nth);
          expect([...found.distances]).to.deep.equal(known);
          expect(found).to.include({ asked: events.length, without: events.length - known.length });
        },
      ),
    );
  });

  it('asks 400 of many at most, and refuses what is no neighbour', () => {
    const all = 4_001;
    const same = {
      xyz: toGeocentric({ lons: new Float64Array(all), lats: new Float64Array(all) }),
      first: new Int32Array(all),
      last: new Int32Array(all),
    };
    expect(neighbourDistances(same, 1, 3)).to.deep.include({ asked: 364, without: 0 });
    expect(() => neighbourDistances(same, 1, 0)).to.throw(RangeError);
  });
});
