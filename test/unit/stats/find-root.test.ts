import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { findRoot } from '../../../server/stats/find-root.ts';

describe('findRoot', () => {
  it('finds the zero of a rising or falling function to the last digits', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -5, max: 5, noNaN: true }),
        fc.constantFrom(1, 3, 9),
        fc.boolean(),
        (zero, power, falls) => {
          const f = (x: number) => (falls ? -1 : 1) * (x ** power - zero ** power);
          expect(findRoot(f, -7, 9)).to.be.closeTo(zero, power === 1 ? 1e-14 : 1e-3);
          expect(Math.abs(f(findRoot(f, -7, 9)))).to.be.at.most(Math.max(1e-12, Math.abs(zero) ** power * 1e-14));
        },
      ),
    );
  });

  it('needs few steps of what it is used for, and takes a zero at an end', () => {
    let steps = 0;
    findRoot((x) => Math.exp(-x) - 0.025 + 0 * steps++, 0, 20);
    expect(steps).to.be.lessThan(16);
    expect(findRoot((x) => x - 1, 1, 2)).to.equal(1);
    expect(findRoot((x) => x - 2, 1, 2)).to.equal(2);
  });

  it('refuses ends on the same side', () => {
    expect(() => findRoot((x) => x * x + 1, -1, 1)).to.throw(RangeError, 'no change of sign');
  });
});
