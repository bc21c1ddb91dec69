import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { Contradiction, type Grouping, group, type Two } from '../../../../server/analysis/corroborate/group.ts';

/** The same by walking over all members of all groups each time: no union-find. */
function slowly({ keys, voices, links, together, apart }: Grouping): string[][] | null {
  let groups = keys.map((_, index) => [index]);
  const of = (one: number) => groups.find((members) => members.includes(one)) as number[];
  const join = (a: number[], b: number[]) => {
    if (a !== b) groups = [...groups.filter((each) => each !== a && each !== b), [...a, ...b]];
  };
  for (const [a, b] of together) join(of(a), of(b));
  if (apart.some(([a, b]) => of(a) === of(b))) return null;
  const name = ({ pair }: { pair: Two }) => pair.map((index) => keys[index] as string).sort();
  const best = [...links].sort((a, b) => {
    if (a.score !== b.score) return b.score - a.score;
    const [one, other] = [name(a), name(b)] as [[string, string], [string, string]];
    const at = one[0] === other[0] ? 1 : 0;
    return (one[at] as string) < (other[at] as string) ? -1 : 1;
  });
  for (const { pair } of best) {
    const [a, b] = [of(pair[0]), of(pair[1])];
    const said = (members: number[]) => members.flatMap((member) => voices[member] as string[]);
    const parted = apart.some(([x, y]) => (a.includes(x) && b.includes(y)) || (a.includes(y) && b.includes(x)));
    if (!parted && !said(a).some((voice) => said(b).includes(voice))) join(a, b);
  }
  return named(groups, keys);
}

const named = (groups: number[][], keys: readonly string[]) =>
  groups
    .map((members) => members.map((index) => keys[index] as string).sort())
    .sort((a, b) => ((a[0] as string) < (b[0] as string) ? -1 : 1));

const COUNT = 12;
const two = fc
  .tuple(fc.integer({ min: 0, max: COUNT - 1 }), fc.integer({ min: 0, max: COUNT - 1 }))
  .filter(([a, b]) => a !== b);
const linksOf = fc.uniqueArray(fc.record({ pair: two, score: fc.constantFrom(0.5, 0.6, 0.7, 0.8, 0.9, 1) }), {
  maxLength: 40,
  selector: ({ pair }) => [...pair].sort((a, b) => a - b).join(),
});
const grouping = fc.record({
  keys: fc.constant(Array.from({ length: COUNT }, (_, index) => `r${String(index).padStart(2, '0')}`)),
  voices: fc.array(fc.subarray(['a', 'b', 'c', 'd', 'e']), { minLength: COUNT, maxLength: COUNT }),
  links: linksOf,
  together: fc.array(two, { maxLength: 3 }),
  apart: fc.array(two, { maxLength: 4 }),
});

const groupedOr = (given: Grouping) => {
  try {
    return named(group(given), given.keys);
  } catch (error) {
    expect(error).to.be.instanceOf(Contradiction);
    return null;
  }
};

describe('group: reports of one event', () => {
  it('groups as walking over all members does', () => {
    fc.assert(
      fc.property(grouping, (given) => {
        expect(groupedOr(given)).to.deep.equal(slowly(given));
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it('does not depend on the order of what is given', () => {
    const shuffled = grouping.chain((given) =>
      fc.record({
        given: fc.constant(given),
        order: fc.shuffledSubarray([...given.keys.keys()], { minLength: COUNT, maxLength: COUNT }),
        links: fc.shuffledSubarray(given.links, { minLength: given.links.length, maxLength: given.links.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ given, order, links }) => {
        // The record that was at `order[n]` comes n-th.
        const to = (index: number) => order.indexOf(index);
        const turned = ([a, b]: Two): Two => [to(b), to(a)];
        const other: Grouping = {
          keys: order.map((index) => given.keys[index] as string),
          voices: order.map((index) => given.voices[index] as string[]),
          links: links.map(({ pair, score }) => ({ pair: turned(pair), score })),
          together: given.together.map(turned).reverse(),
          apart: given.apart.map(turned).reverse(),
        };
        expect(groupedOr(other)).to.deep.equal(groupedOr(given));
      }),
      { numRuns: 500, seed: 2 },
    );
  });

  it('takes the best link of a source that tells of two events', () => {
    const groups = group({
      keys: ['a1', 'a2', 'b1'],
      voices: [['a'], ['a'], ['b']],
      links: [
        { pair: [0, 2], score: 0.8 },
        { pair: [1, 2], score: 0.9 },
      ],
      together: [],
      apart: [],
    });
    expect(groups).to.deep.equal([[0], [1, 2]]);
  });

  it('puts together what is decided even of one source, and names decisions that contradict', () => {
    const given = { keys: ['a1', 'a2', 'b1'], voices: [['a'], ['a'], ['b']], links: [] };
    expect(group({ ...given, together: [[0, 1]], apart: [[1, 2]] })).to.deep.equal([[0, 1], [2]]);
    const both = () =>
      group({
        ...given,
        together: [
          [0, 1],
          [1, 2],
        ],
        apart: [[2, 0]],
      });
    expect(both).to.throw(Contradiction);
  });

  it('looks at no enemy of a report more than once for each link', () => {
    // One report that is apart from as many as it is linked with: 7 x 10^9 looks, minutes, where each link goes through them all.
    const spokes = Array.from({ length: 120_000 }, (_, nth) => 1 + nth);
    const groups = group({
      keys: [0, ...spokes].map((nth) => String(nth).padStart(6, '0')),
      voices: [0, ...spokes].map((nth) => [`v${nth}`]),
      links: spokes.map((spoke) => ({ pair: [0, spoke], score: 1 - spoke / 1e6 })),
      together: [],
      apart: spokes.filter((spoke) => spoke % 2 === 0).map((spoke): Two => [spoke, 0]),
    });
    expect(groups.filter((members) => members.length > 1)).to.deep.equal([
      [0, ...spokes.filter((spoke) => spoke % 2 === 1)],
    ]);
  });

  it('looks once through the sources of two events that must stay apart', () => {
    // Two events of many sources each, the last one in common, and many links between them.
    const SIZE = 20_000;
    const left = Array.from({ length: SIZE }, (_, nth) => nth);
    const groups = group({
      keys: [...left, ...left.map((nth) => SIZE + nth)].map((nth) => String(nth).padStart(6, '0')),
      voices: [...left.map((nth) => [`a${nth}`]), ...left.map((nth) => [`b${nth}`])].map((own, nth) =>
        nth % SIZE === SIZE - 1 ? [...own, 'both'] : own,
      ),
      links: Array.from({ length: 20 }, (_, turn) => turn).flatMap((turn) =>
        left.map((nth) => ({ pair: [nth, SIZE + ((nth * 7 + turn) % SIZE)] as Two, score: 0.5 })),
      ),
      together: left.slice(1).flatMap((nth): Two[] => [
        [nth - 1, nth],
        [SIZE + nth - 1, SIZE + nth],
      ]),
      apart: [],
    });
    expect(groups.map(({ length }) => length)).to.deep.equal([SIZE, SIZE]);
  });
});
