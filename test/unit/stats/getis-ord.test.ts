import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { getisOrd } from '../../../server/stats/getis-ord.ts';
import type { Neighbours } from '../../../server/stats/neighbours.ts';

const toNeighbours = (lists: readonly (readonly number[])[]): Neighbours => ({
  offsets: Int32Array.from([0, ...lists.map((_, index) => lists.slice(0, index + 1).flat().length)]),
  members: Int32Array.from(lists.flat()),
});
const scores = (values: readonly number[], lists: readonly (readonly number[])[]): number[] => {
  const found = getisOrd(Float64Array.from(values), toNeighbours(lists));
  if ('notDefined' in found) throw new Error(found.notDefined);
  return [...found.z];
};

/** By the definition, with a matrix of weights; null where the denominator is 0. */
function slow(x: readonly number[], w: readonly (readonly number[])[]): (number | null)[] {
  const n = x.length;
  const sum = (of: readonly number[]) => of.reduce((a, b) => a + b, 0);
  const mean = sum(x) / n;
  const s = Math.sqrt(sum(x.map((value) => value ** 2)) / n - mean ** 2);
  return x.map((_, i) => {
    const row = w[i] as readonly number[];
    const [W, S1] = [sum(row), sum(row.map((weight) => weight ** 2))];
    const below = (n * S1 - W ** 2) / (n - 1);
    return below <= 0
      ? null
      : (sum(x.map((value, j) => value * (row[j] as number))) - mean * W) / (s * Math.sqrt(below));
  });
}

/** Values of at least two sorts, and of each place a neighbourhood with itself in it. */
const worlds = fc.integer({ min: 2, max: 14 }).chain((n) =>
  fc.record({
    x: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: n, maxLength: n }).filter((x) => new Set(x).size > 1),
    lists: fc.tuple(
      ...Array.from({ length: n }, (_, i) =>
        fc
          .uniqueArray(fc.integer({ min: 0, max: n - 1 }), { maxLength: n - 1 })
          .map((others) => [...new Set([i, ...others])]),
      ),
    ),
  }),
);
const hasSmaller = ({ x, lists }: { x: readonly number[]; lists: readonly (readonly number[])[] }) =>
  lists.some((list) => list.length < x.length);

const closeTo = (actual: readonly number[], wanted: readonly number[], within = 1e-9) => {
  for (const [index, each] of wanted.entries()) {
    if (Number.isNaN(each)) expect(actual[index]).to.be.NaN;
    else
      expect(Math.abs((actual[index] as number) - each), `${index}: ${actual[index]}, not ${each}`).to.be.at.most(
        within,
      );
  }
};

describe('getisOrd', () => {
  it('has the values of pysal/esda, tests/test_getisord.py', () => {
    const points = [
      [10, 10],
      [20, 10],
      [40, 10],
      [15, 20],
      [30, 20],
      [30, 30],
    ] as const;
    const lists = points.map(([x, y]) =>
      points.flatMap(([otherX, otherY], index) => (Math.hypot(x - otherX, y - otherY) <= 15 ? [index] : [])),
    );
    closeTo(
      scores([2, 3, 3.2, 5, 8, 7], lists),
      [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331],
      5e-9,
    );
  });

  it('is its definition, worked out with a matrix of weights', () => {
    fc.assert(
      fc.property(worlds.filter(hasSmaller), ({ x, lists }) => {
        const weights = x.map((_, i) => x.map((__, j) => (lists[i]?.includes(j) ? 1 : 0)));
        closeTo(
          scores(x, lists),
          slow(x, weights).map((z) => z ?? Number.NaN),
        );
      }),
    );
  });

  it('does not change when something is added to every value, all are multiplied, or places are in another order', () => {
    fc.assert(
      fc.property(
        worlds.filter(hasSmaller),
        fc.integer({ min: 1, max: 1_000_000_000_000 }),
        fc.integer({ min: 2, max: 1000 }),
        ({ x, lists }, added, times) => {
          const z = scores(x, lists);
          // To the bit: what is added is taken away before anything is worked out.
          expect(
            scores(
              x.map((value) => value + added),
              lists,
            ),
          ).to.deep.equal(z);
          closeTo(
            scores(
              x.map((value) => value * times),
              lists,
            ),
            z,
          );
          closeTo(
            scores(
              x.map((value) => -value),
              lists,
            ),
            z.map((score) => -score),
          );
          const last = x.length - 1;
          closeTo(
            scores(
              x.toReversed(),
              lists.toReversed().map((list) => list.map((place) => last - place)),
            ),
            z.toReversed(),
          );
        },
      ),
    );
  });

  it('says why it is not defined, and never gives a number then', () => {
    const reason = (values: readonly number[], lists: readonly (readonly number[])[]) =>
      getisOrd(Float64Array.from(values), toNeighbours(lists));
    expect(reason([], [])).to.deep.equal({ notDefined: 'nothing' });
    expect(reason([3], [[0]])).to.deep.equal({ notDefined: 'one-place' });
    expect(reason([0, 0], [[0], [1]])).to.deep.equal({ notDefined: 'all-zero' });
    expect(reason([0.1, 0.1, 0.1], [[0], [1], [2]])).to.deep.equal({ notDefined: 'all-equal' });
    const everything = [
      [0, 1, 2],
      [0, 1, 2],
      [0, 1, 2],
    ];
    expect(reason([1, 2, 3], everything)).to.deep.equal({ notDefined: 'neighbourhood-is-all' });
  });

  it('is not defined at a place whose own neighbourhood is everything', () => {
    const z = scores(
      [1, 2, 6],
      [
        [0, 1],
        [0, 1, 2],
        [1, 2],
      ],
    );
    expect(z[1]).to.be.NaN;
    expect(z[0]).to.be.below(0);
    expect(z[2]).to.equal(-(z[0] as number) * ((6 + 2 - 6) / (6 - 1 - 2)));
  });

  it('refuses what it cannot count', () => {
    expect(() => scores([1, Number.NaN], [[0], [1]])).to.throw(RangeError);
    expect(() => scores([1, 2, 3], [[0], [1]])).to.throw(RangeError);
  });
});
