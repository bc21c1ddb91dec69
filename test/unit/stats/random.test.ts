import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { seededRandom } from '../../../server/stats/random.ts';
import { shuffle } from '../../../server/stats/shuffle.ts';

const M = 2n ** 32n;

/** sfc32 as PractRand has it, in whole numbers without sign. */
function slowSfc32(seed: number, stream: number): () => number {
  let [a, b, c, counter] = [BigInt(stream), 0x9e3779b9n, BigInt(seed), 1n];
  const next = () => {
    const sum = (a + b + counter) % M;
    counter = (counter + 1n) % M;
    a = b ^ (b >> 9n);
    b = (c + c * 8n) % M;
    c = ((((c << 21n) % M) | (c >> 11n)) + sum) % M;
    return Number(sum) / 2 ** 32;
  };
  for (let step = 0; step < 24; step += 1) next();
  return next;
}

const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });

const bump = (counts: number[] | Float64Array, at: number, by = 1) => {
  counts[at] = (counts[at] as number) + by;
};

describe('seededRandom', () => {
  it('is sfc32, of any seed and stream', () => {
    fc.assert(
      fc.property(seed, seed, (one, stream) => {
        const [random, slow] = [seededRandom(one, stream), slowSfc32(one, stream)];
        for (let step = 0; step < 50; step += 1) expect(random()).to.equal(slow());
      }),
    );
  });

  it('fills its tenths evenly, one number after another and one seed or stream after another', () => {
    const sources = {
      one: seededRandom(1),
      seeds: (() => {
        let next = 0;
        return () => seededRandom(next++)();
      })(),
      streams: (() => {
        let next = 0;
        return () => seededRandom(7, next++)();
      })(),
    };
    for (const [name, random] of Object.entries(sources)) {
      const tenths = new Array<number>(10).fill(0);
      for (let draw = 0; draw < 20_000; draw += 1) bump(tenths, Math.floor(10 * random()));
      const chi2 = tenths.reduce((sum, count) => sum + (count - 2_000) ** 2 / 2_000, 0);
      // Of 9 degrees of freedom 99.99 % lie between: the same each time, since seeded.
      expect(chi2, name).to.be.within(0.6, 33.7);
    }
  });

  it('refuses what is no seed', () => {
    for (const bad of [-1, 0.5, 2 ** 32, Number.NaN]) {
      expect(() => seededRandom(bad)).to.throw(RangeError, 'whole number');
      expect(() => seededRandom(1, bad)).to.throw(RangeError);
    }
  });
});

describe('shuffle', () => {
  it('keeps what there is, and is the same for the same seed', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), seed, (given, one) => {
        const [first, second] = [Float64Array.from(given), Float64Array.from(given)];
        shuffle(first, seededRandom(one));
        shuffle(second, seededRandom(one));
        expect([...first]).to.deep.equal([...second]);
        expect([...first].sort((a, b) => a - b)).to.deep.equal(given.toSorted((a, b) => a - b));
      }),
    );
  });

  it('makes each of the 24 orders of four about as often', () => {
    const random = seededRandom(3);
    const orders = new Map<string, number>();
    for (let round = 0; round < 24_000; round += 1) {
      const values = Int32Array.of(0, 1, 2, 3);
      shuffle(values, random);
      orders.set(values.join(), (orders.get(values.join()) ?? 0) + 1);
    }
    expect(orders.size).to.equal(24);
    const chi2 = [...orders.values()].reduce((sum, count) => sum + (count - 1_000) ** 2 / 1_000, 0);
    // Of 23 degrees of freedom 99.99 % lie below 56.
    expect(chi2).to.be.below(56);
  });
});
