import { expect } from 'chai';
import { cellToBoundary, latLngToCell } from 'h3-js';
import { describe, it } from 'mocha';
import { resolutionForZoom } from '../../../server/core/hex.ts';
import { reachOf } from '../../../server/query/occupied.ts';

/** Width of a cell in widths of the world on a Web Mercator map; the larger of across and down. */
function widthOf(cell: string): number {
  const ring = cellToBoundary(cell);
  const down = ring.map(([lat]) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI));
  const across = ring.map(([, lon]) => lon / 360);
  const span = (values: number[]) => Math.max(...values) - Math.min(...values);
  return Math.max(span(down), span(across));
}

const ZOOMS = Array.from({ length: 23 }, (_, z) => z);

describe('how far a tile reaches', () => {
  it('is farther than a hexagon is wide, at every zoom, from the equator to 60 degrees', () => {
    for (const z of ZOOMS) {
      for (const lat of [0, 15, 30, 45, 58]) {
        for (const lon of [-8, 2, 11.3]) {
          const width = widthOf(latLngToCell(lat, lon, resolutionForZoom(z)));
          expect(reachOf(z, true) / 2 ** z, `zoom ${z}, latitude ${lat}`).to.be.above(width);
        }
      }
    }
  });

  it('never grows on the map from one zoom to the next, or a walk would end too early', () => {
    for (const hexagons of [true, false]) {
      for (const z of ZOOMS.slice(1)) {
        expect(reachOf(z, hexagons) / 2 ** z).to.be.at.most(reachOf(z - 1, hexagons) / 2 ** (z - 1));
      }
    }
  });
});
