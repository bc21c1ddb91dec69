import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { binOf, toBins } from '../../../../server/analysis/corridor/bins.ts';
import { InvalidParameter } from '../../../../server/core/errors.ts';

describe('bins of chainage', () => {
  it('are about a 20th of the line, of a round length, unless it is given', () => {
    expect(toBins(1_500_000, undefined)).to.deep.equal({ widthM: 100_000, count: 15 });
    expect(toBins(1_000_000, undefined)).to.deep.equal({ widthM: 50_000, count: 20 });
    expect(toBins(333_958, undefined)).to.deep.equal({ widthM: 20_000, count: 17 });
    expect(toBins(10, undefined)).to.deep.equal({ widthM: 100, count: 1 });
    expect(toBins(100_000, 25)).to.deep.equal({ widthM: 25_000, count: 4 });
  });

  it('are not too many', () => {
    expect(() => toBins(1_000_000, 1)).to.throw(InvalidParameter, /at most 500 .* at least 2\.?$/);
    expect(toBins(1_000_000, 2).count).to.equal(500);
  });

  it('hold every place of the line, a place between two the later', () => {
    expect(binOf({ widthM: 100, count: 3 }, 100)).to.equal(1);
    const lengths = fc.double({ min: 1, max: 2e7, noNaN: true });
    fc.assert(
      fc.property(lengths, fc.double({ min: 0, max: 1, noNaN: true }), (lengthM, share) => {
        const bins = toBins(lengthM, undefined);
        expect(bins.count).to.be.within(1, 20);
        const bin = binOf(bins, share * lengthM);
        expect(bin).to.be.within(0, bins.count - 1);
        expect(share * lengthM).to.be.within(bin * bins.widthM, (bin + 1) * bins.widthM * (1 + 1e-8));
        expect(binOf(bins, lengthM)).to.equal(bins.count - 1);
      }),
    );
  });
});
