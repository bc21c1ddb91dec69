import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { climb } from '../../../server/stats/climb.ts';

const near = fc.double({ min: -3, max: 3, noNaN: true });

describe('climb', () => {
  it('ends at the top of a hill', () => {
    fc.assert(
      fc.property(near, near, near, near, (topX, topY, x, y) => {
        const hill = (a: number, b: number) => 7 - (a - topX) ** 2 - 2 * (b - topY) ** 2;
        const top = climb(hill, [x, y], [0.5, 0.7]);
        expect(top.x).to.be.closeTo(topX, 1e-5);
        expect(top.y).to.be.closeTo(topY, 1e-5);
        expect(top.height).to.equal(hill(top.x, top.y));
      }),
    );
  });

  it('stays where nothing is higher', () => {
    expect(climb(() => 1, [2, 3], [1, 1])).to.deep.equal({ x: 2, y: 3, height: 1 });
  });
});
