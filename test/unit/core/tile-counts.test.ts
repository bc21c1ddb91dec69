import { expect } from 'chai';
import fc from 'fast-check';
import { countCells, parseTileCounts, printTileCounts } from '../../../server/core/tile-counts.ts';

interface Entry {
  readonly ordinal: number;
  readonly kind: number;
  readonly first: number;
  readonly months: number;
  readonly count: number;
  readonly killed: number;
}

const KINDS = ['a', 'b', null];

function toCounts(entries: readonly Entry[]) {
  const ordinals = [...new Set(entries.map(({ ordinal }) => ordinal))];
  return {
    kinds: KINDS,
    ordinals,
    sizes: ordinals.map((ordinal) => entries.filter((entry) => entry.ordinal === ordinal).length),
    kind: entries.map(({ kind }) => kind),
    firstMonth: entries.map(({ first }) => first),
    endMonth: entries.map(({ first, months }) => first + months),
    count: entries.map(({ count }) => count),
    sums: [entries.map(({ killed }) => killed)],
  };
}

const entry = fc.record({
  ordinal: fc.nat(6).map((place) => place * 70_000),
  kind: fc.nat(2),
  first: fc.oneof(fc.integer({ min: 24_100, max: 24_200 }), fc.constant(0)),
  months: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constant(96_000)),
  count: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constant(100_000)),
  killed: fc.integer({ min: -3, max: 900 }),
});
const entries = fc.array(entry, { maxLength: 60 }).map((list) => list.toSorted((a, b) => a.ordinal - b.ordinal));
const bound = fc.option(fc.integer({ min: 24_090, max: 24_210 }), { nil: null });

describe('what the hexagons of a stored tile are made of', () => {
  it('is counted for any window and kinds as entry by entry', () => {
    fc.assert(
      fc.property(entries, bound, bound, fc.subarray(KINDS), (list, from, to, wanted) => {
        const bytes = printTileCounts(toCounts(list)) as Uint8Array;
        // A Buffer in the midst of others, as the database gives it.
        const inside = Buffer.concat([Buffer.alloc(3), bytes]).subarray(3);
        const counted = countCells(parseTileCounts(inside), {
          months: { from, to },
          isKind: (kind) => wanted.includes(kind),
        });
        const isIn = ({ kind, first, months }: Entry) =>
          wanted.includes(KINDS[kind] as string | null) &&
          (to === null || first < to) &&
          (from === null || first + months > from);
        const left = list.filter(isIn);
        expect([...counted.keys()]).to.deep.equal([...new Set(left.map(({ ordinal }) => ordinal))]);
        for (const [ordinal, { count, sums, dominant }] of counted) {
          const own = left.filter((one) => one.ordinal === ordinal);
          const sum = (key: 'count' | 'killed', of = own) => of.reduce((total, one) => total + one[key], 0);
          expect(count).to.equal(sum('count'));
          expect(sums).to.deep.equal([sum('killed')]);
          const byKind = KINDS.map((_, kind) =>
            sum(
              'count',
              own.filter((one) => one.kind === kind),
            ),
          );
          expect(dominant).to.equal(KINDS[byKind.indexOf(Math.max(...byKind))]);
        }
      }),
    );
  });

  it('counts all of it without a window', () => {
    const list = [{ ordinal: 4, kind: 1, first: 0, months: 120_000, count: 2, killed: 5 }];
    const bytes = printTileCounts(toCounts(list)) as Uint8Array;
    const counted = countCells(parseTileCounts(bytes), { months: null, isKind: () => true });
    expect([...counted]).to.deep.equal([[4, { count: 2, sums: [5], dominant: 'b' }]]);
  });

  it('gives up on numbers that do not fit, which the database then counts', () => {
    const [first, second] = [
      { ordinal: 1, kind: 0, first: 1, months: 1, count: 1, killed: 0 },
      { ordinal: 2, kind: 0, first: 1, months: 1, count: 1, killed: 2 ** 33 },
    ];
    expect(printTileCounts(toCounts([first, second]))).to.equal(null);
  });
});
