import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type Claim, joinClaims, stretchesAt } from '../../../../server/analysis/corridor/claim.ts';

const claims = fc.array(
  fc.record({
    item: fc.integer({ min: 1, max: 3 }),
    from: fc.integer({ min: 0, max: 90 }),
    long: fc.integer({ min: 1, max: 10 }),
  }),
  { maxLength: 40 },
);
const toClaim = ({ item, from, long }: { item: number; from: number; long: number }): Claim => ({
  ...{
    line: 0,
    collection: 'control',
    item,
    actor: `actor ${item}`,
    control: 'holds',
    begins: -Infinity,
    ends: Infinity,
  },
  ...{ from_m: from * 1_000, to_m: (from + long) * 1_000 },
});

describe('stretches of areas along a line', () => {
  it('say the same when they are put together, and are fewer', () => {
    fc.assert(
      fc.property(claims, (given) => {
        const cut = given.map(toClaim);
        const joined = joinClaims(cut);
        const short = (all: readonly Claim[]) =>
          stretchesAt(all, 0, 100_000).map(({ from_km, to_km, state, actors }) => [from_km, to_km, state, ...actors]);
        expect(short(joined)).to.deep.equal(short(cut));
        for (const { item, from_m, to_m } of joined) {
          const touching = joined.filter(
            (other) => other.item === item && other.to_m >= from_m && other.from_m <= to_m,
          );
          expect(touching).to.have.length(1);
        }
      }),
    );
  });
});
