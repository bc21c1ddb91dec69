import { expect } from 'chai';
import fc from 'fast-check';
import { cellToChildren, cellToLatLng, getPentagons, getRes0Cells, latLngToCell } from 'h3-js';
import { describe, it } from 'mocha';
import { type Cell, childrenOf, lastOf, middleOf, WORLD } from '../../../../server/analysis/corridor/cell.ts';
import { descendantRange } from '../../../../server/core/hex.ts';

const asRange = (cell: Cell) => ({ first: String(cell.first), last: String(lastOf(cell)) });

describe('cells of H3 as ranges of base cells', () => {
  it('go down as the library goes, also from pentagons', () => {
    const down = (cell: Cell, wanted: string, resolution: number): void => {
      expect(asRange(cell)).to.deep.equal(descendantRange(wanted));
      const [lat, lon] = middleOf(cell);
      expect([lat, lon]).to.deep.equal(cellToLatLng(wanted));
      if (resolution === 9) return;
      const children = childrenOf(cell);
      const others = cellToChildren(wanted, resolution + 1);
      expect(children.map(asRange)).to.deep.equal(others.map(descendantRange));
      const nth = (lastOf(cell) % 7n) % BigInt(others.length);
      for (const index of new Set([0, Number(nth)])) {
        down(children[index] as Cell, others[index] as string, resolution + 1);
        if (resolution > 1) return;
      }
    };
    const coarsest = getRes0Cells().sort();
    expect(WORLD.map(asRange)).to.deep.equal(coarsest.map(descendantRange));
    for (const [index, cell] of WORLD.entries()) down(cell, coarsest[index] as string, 0);
    expect(WORLD.filter(({ isPentagon }) => isPentagon)).to.have.length(getPentagons(0).length);
  });

  it('hold the base cell of every place', () => {
    const place = fc.tuple(
      fc.double({ min: -90, max: 90, noNaN: true }),
      fc.double({ min: -180, max: 180, noNaN: true }),
    );
    fc.assert(
      fc.property(place, ([lat, lon]) => {
        const base = BigInt(`0x${latLngToCell(lat, lon, 9)}`);
        let cells: readonly Cell[] = WORLD;
        for (let resolution = 0; resolution <= 9; resolution++) {
          const holding = cells.filter((cell) => cell.first <= base && base <= lastOf(cell));
          expect(holding).to.have.length(1);
          cells = resolution < 9 ? childrenOf(holding[0] as Cell) : [];
        }
      }),
    );
  });
});
