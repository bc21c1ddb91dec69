import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { lengthsBy } from '../../../server/analysis/summary/line-lengths.ts';

const span = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 40 }))
  .map(([nth, from, length]) => ({ nth, from, to: Math.min(120, from + length) }));

describe('the length of a line by unit', () => {
  it('is that of counting metre by metre, the first unit before others', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 12 }), (spans) => {
        const wanted = new Map<number | undefined, number>();
        for (let metre = 0; metre < 120; metre++) {
          const there = spans.filter(({ from, to }) => from <= metre && metre < to).map(({ nth }) => nth);
          const first = there.length === 0 ? undefined : Math.min(...there);
          wanted.set(first, (wanted.get(first) ?? 0) + 1);
        }
        const byUnit = (lengths: ReadonlyMap<number | undefined, number>) =>
          [...lengths].sort(([a = 0], [b = 0]) => a - b);
        expect(byUnit(lengthsBy(spans, 120))).to.deep.equal(byUnit(wanted));
      }),
    );
  });

  it('leaves nothing between neighbours whose ends rounding has parted, and adds up', () => {
    const lengths = lengthsBy(
      [
        { nth: 2, from: 1e-9, to: 50 },
        { nth: 1, from: 50.000001, to: 99.999 },
      ],
      100,
    );
    expect([...lengths.keys()]).to.deep.equal([2, 1]);
    expect((lengths.get(1) ?? 0) + (lengths.get(2) ?? 0)).to.be.closeTo(100, 1e-12);
    expect([...lengthsBy([], 7)]).to.deep.equal([[undefined, 7]]);
  });
});
