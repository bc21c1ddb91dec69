import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { seededRandom } from '../../../server/stats/random.ts';
import { shuffle } from '../../../server/stats/shuffle.ts';
import { defined, nullPs, onLine, pairsAmong, stepsFromUniform, wholeKnox } from '../../support/knox.ts';

const bump = (counts: number[] | Float64Array, at: number, by = 1) => {
  counts[at] = (counts[at] as number) + by;
};

describe('knox', () => {
  it('has what is worked out by hand of five events', () => {
    // Metres 0, 50, 100, 1000, 1040 and days 0, 1, 10, 3, 4. Pairs less than 60 m apart: (0, 50), (50, 100), (1000, 1040);
    // from 60 to 100 m none; 100 m itself belongs to the third band. Gaps of these three: 1, 9 and 1 days.
    const near = onLine([0, 50, 100, 1_000, 1_040], [0, 60, 100, 101]);
    const { pairs, inSpace, inTime, observed, expected } = defined(wholeKnox([0, 1, 10, 3, 4], near, [0, 2, 4, 10]));
    expect(pairs).to.equal(10);
    expect([...inSpace]).to.deep.equal([3, 0, 1]);
    // Gaps of all ten: 1, 10, 3, 4, 9, 2, 3, 7, 6, 1.
    expect([...inTime]).to.deep.equal([2, 3, 4]);
    expect([...observed]).to.deep.equal([2, 0, 1, 0, 0, 0, 0, 0, 0]);
    expect([...expected].map((value) => value.toFixed(9))).to.deep.equal(
      [0.6, 0.9, 1.2, 0, 0, 0, 0.2, 0.3, 0.4].map((value) => value.toFixed(9)),
    );
  });

  it('puts 100 m and 3 days into [100, 101) m and [3, 4) days', () => {
    const near = onLine([0, 100], [0, 100, 101, 102]);
    const { observed } = defined(wholeKnox([7, 10], near, [2, 3, 4]));
    expect([...observed]).to.deep.equal([0, 0, 0, 1, 0, 0]);
  });

  it('has the exact p of three events, whose six orders of dates are equally likely', () => {
    // One near pair, and one pair of days that are near: they meet in a third of all orders.
    const near = onLine([0, 1, 500], [0, 10]);
    const { p } = defined(wholeKnox([0, 1, 90], near, [0, 7], 9_999));
    expect(p[0]).to.be.closeTo(1 / 3, 0.015);
  });

  const events = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: -400, max: 400 })), {
    minLength: 2,
    maxLength: 30,
  });
  const rising = (max: number) =>
    fc.uniqueArray(fc.integer({ min: 0, max }), { minLength: 2, maxLength: 6 }).map((all) => all.sort((a, b) => a - b));

  it('counts as comparing all with all does, and nothing is lost: bands and beyond make all pairs', () => {
    fc.assert(
      fc.property(events, rising(70), rising(500), fc.nat(1_000), (given, distances, times, seed) => {
        const [places, days] = [given.map(([place]) => place), given.map(([, day]) => day)];
        fc.pre(new Set(days).size > 1);
        const near = onLine(places, distances);
        const found = defined(wholeKnox(days, near, times, 9, seed));
        const among = (order: readonly number[]) => {
          const counts = new Array<number>((distances.length - 1) * (times.length - 1)).fill(0);
          let beyond = 0;
          for (let a = 0; a < given.length; a += 1) {
            for (let b = a + 1; b < given.length; b += 1) {
              const apart = Math.abs((places[a] as number) - (places[b] as number));
              const gap = Math.abs((order[a] as number) - (order[b] as number));
              const inBand = (edges: readonly number[], value: number) =>
                edges.slice(1).findIndex((to, index) => (edges[index] as number) <= value && value < to);
              const [space, time] = [inBand(distances, apart), inBand(times, gap)];
              if (space < 0 || time < 0) beyond += 1;
              else bump(counts, space * (times.length - 1) + time);
            }
          }
          return { counts, beyond };
        };
        const { counts, beyond } = among(days);
        expect([...found.observed]).to.deep.equal(counts);
        const inBands = found.observed.reduce((sum, count) => sum + count, 0);
        expect(inBands + beyond).to.equal(found.pairs);
        expect(found.pairs).to.equal((given.length * (given.length - 1)) / 2);
        const order = Int32Array.from(days);
        const random = seededRandom(seed);
        const asMany = counts.map(() => 1);
        for (let round = 0; round < 9; round += 1) {
          shuffle(order, random);
          for (const [band, count] of among([...order]).counts.entries())
            if (count >= (counts[band] as number)) bump(asMany, band);
        }
        expect([...found.p]).to.deep.equal(asMany.map((count) => count / 10));
      }),
      { numRuns: 60 },
    );
  });

  it('expects the mean over all orders', () => {
    const near = onLine([0, 5, 9, 40, 44, 90, 91, 200], [0, 10, 50]);
    const days = [0, 3, 50, 4, 80, 81, 200, 6];
    const { expected } = defined(wholeKnox(days, near, [0, 7, 90]));
    const sums = new Float64Array(expected.length);
    const order = Int32Array.from(days);
    const random = seededRandom(5);
    for (let round = 0; round < 20_000; round += 1) {
      shuffle(order, random);
      const { observed } = defined(wholeKnox([...order], near, [0, 7, 90], 1));
      for (const [band, count] of observed.entries()) bump(sums, band, count);
    }
    for (const [band, sum] of sums.entries()) expect(sum / 20_000).to.be.closeTo(expected[band] as number, 0.05);
  });

  it('says why nothing can be said', () => {
    const near = (count: number) => pairsAmong(count, 1, () => 0);
    expect(wholeKnox([], near(0), [0, 1])).to.deep.equal({ notDefined: 'too-few' });
    expect(wholeKnox([4], near(1), [0, 1])).to.deep.equal({ notDefined: 'too-few' });
    expect(wholeKnox([4, 4, 4], near(3), [0, 1])).to.deep.equal({ notDefined: 'one-day' });
  });

  it('refuses what cannot be', () => {
    const near = pairsAmong(2, 1, () => 0);
    for (const edges of [[0], [1, 1], [2, 1], [0, 0.5], [-1, 3]])
      expect(() => wholeKnox([1, 2], near, edges)).to.throw(RangeError, 'edges');
    expect(() => wholeKnox([1, 2, 3], near, [0, 1])).to.throw(RangeError, 'pairs');
    expect(() => wholeKnox([1, 2], near, [0, 1], 0)).to.throw(RangeError, 'permutations');
  });

  it('has uniform p where dates and places are independent', () => {
    // The slow suite does so more often. Of 1 % of sets p is farther off than 1.52 / sqrt(n) on one side; a tenth is for ties.
    const { tooSmall, tooLarge } = stepsFromUniform(nullPs(200, 99, 40));
    expect(tooSmall).to.be.below(1.52 / Math.sqrt(200));
    expect(tooLarge).to.be.below(1.52 / Math.sqrt(200) + 0.1);
  });
});
