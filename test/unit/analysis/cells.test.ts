import { expect } from 'chai';
import fc from 'fast-check';
import { latLngToCell } from 'h3-js';
import { describe, it } from 'mocha';
import { cellsOver } from '../../../server/analysis/summary/cells.ts';
import { InvalidParameter } from '../../../server/core/errors.ts';

describe('the hexagons over a box', () => {
  it('hold every place in it, at its edges and across the globe too', () => {
    const box = fc.record({
      west: fc.integer({ min: -180, max: 150 }),
      south: fc.integer({ min: -80, max: 70 }),
      width: fc.integer({ min: 0, max: 30 }),
      height: fc.integer({ min: 0, max: 10 }),
    });
    const share = fc.constantFrom(0, 0.25, 0.5, 1);
    fc.assert(
      fc.property(
        box,
        share,
        share,
        fc.integer({ min: 0, max: 3 }),
        ({ west, south, width, height }, x, y, resolution) => {
          const cells = cellsOver({ west, south, east: west + width, north: south + height }, resolution);
          expect(cells).to.include(latLngToCell(south + y * height, Math.min(179.999, west + x * width), resolution));
        },
      ),
    );
    const globe = cellsOver({ west: -180, south: -90, east: 180, north: 90 }, 1);
    expect(globe.length).to.equal(842);
  });

  it('are not more than can be read', () => {
    const mali = { west: -12, south: 10, east: 4, north: 25 };
    expect(() => cellsOver(mali, 8)).to.throw(InvalidParameter, /about [\d,]+ hexagons here; at most 20,000/);
  });
});
