import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { toNumbers } from '../../../server/analysis/crossings/to-numbers.ts';
import { addedUp } from '../../../server/analysis/shares.ts';

const sumOf = (parts: readonly { readonly share: number }[]) => parts.reduce((sum, { share }) => sum + share, 0);

describe('shares of a whole', () => {
  it('add up to 1 when they are rounded, and none is moved by more than rounding does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 60 }), (sizes) => {
        const whole = sizes.reduce((sum, size) => sum + size, 0);
        const parts = sizes.toSorted((a, b) => b - a).map((size) => ({ size, share: size / whole }));
        const rounded = addedUp(parts);
        expect(sumOf(rounded)).to.be.closeTo(1, 1e-12);
        for (const [index, { size, share }] of rounded.entries()) {
          expect(share).to.be.closeTo(size / whole, index === 0 ? sizes.length * 5e-7 : 5.1e-7);
        }
      }),
    );
    expect(addedUp([])).to.deep.equal([]);
  });

  it('are those of a corridor a third of which three hold', () => {
    const stretch = (from_km: number, actor: string) => ({
      ...{ from_km, to_km: from_km + 1, state: 'held' as const, actors: [actor], areas: [] },
    });
    const line = { lengthKm: 3, segments: [], stretches: [stretch(0, 'A'), stretch(1, 'B'), stretch(2, 'C')] };
    const known = { item: 1, record: '1', commodity: null, drawn: null, precision_m: 0, collection: 'ways' };
    const walk = { corridors: [{ ...known, line }], flows: 0 };
    const [date] = toNumbers([{ at: '2021-01-01T00:00:00.000Z', walk, sites: [] }]).dates;
    for (const cells of [date?.total, date?.by_commodity[0]?.cells, date?.corridors[0]?.cells]) {
      expect(cells?.map(({ share }) => share)).to.deep.equal([0.333334, 0.333333, 0.333333]);
    }
  });
});
