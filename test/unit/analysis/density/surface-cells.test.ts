import { expect } from 'chai';
import fc from 'fast-check';
import { cellToLatLng, polygonToCells } from 'h3-js';
import { describe, it } from 'mocha';
import { findSurfaceCells, resolutionFor } from '../../../../server/analysis/density/surface-cells.ts';
import { AnalysisTooLarge } from '../../../../server/analysis/estimate.ts';
import { radiusOfCells } from '../../../../server/core/hex.ts';
import { kernelDensity } from '../../../../server/stats/kernel-density.ts';

const placesOf = (rows: readonly (readonly [number, number])[]) => ({
  lons: Float64Array.from(rows, ([lon]) => lon),
  lats: Float64Array.from(rows, ([, lat]) => lat),
  weights: new Float64Array(rows.length).fill(1),
});

describe('the hexagons of a surface', () => {
  it('are all whose middle is within the bandwidth of an event', () => {
    const near = (least: number, most: number) => fc.double({ min: least, max: most, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(near(-6, -2), near(12, 16)), { minLength: 1, maxLength: 4 }),
        near(20_000, 80_000),
        (rows, metres) => {
          const places = placesOf(rows);
          const { resolution, cells } = findSurfaceCells(places, metres, undefined);
          const density = kernelDensity(places, metres);
          const box = [
            [-8, 10],
            [0, 10],
            [0, 18],
            [-8, 18],
            [-8, 10],
          ];
          const all = polygonToCells([box], resolution, true);
          const reached = all.filter((cell) => {
            const [lat, lon] = cellToLatLng(cell);
            return density(lon, lat) > 0;
          });
          const known = new Set(cells);
          expect(reached.filter((cell) => !known.has(cell))).to.deep.equal([]);
          expect(reached.length).to.be.above(20);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('are at most a third of the bandwidth wide', () => {
    for (const metres of [5_000, 40_000, 200_000, 500_000]) {
      const resolution = resolutionFor(metres);
      expect(2 * radiusOfCells(resolution)).to.be.at.most(metres / 3);
      expect(2 * radiusOfCells(resolution - 1)).to.be.above(metres / 3);
    }
  });

  it('are coarser where they are too many, and refused where they were asked for or would be wider than the bandwidth', () => {
    const spread = (many: number) =>
      placesOf(
        Array.from(
          { length: many },
          (_, index) => [-10 + (index % 40) * 0.6, 8 + Math.floor(index / 40) * 0.6] as const,
        ),
      );
    const few = findSurfaceCells(spread(40), 45_000, undefined);
    expect(few.resolution).to.equal(resolutionFor(45_000));
    const many = findSurfaceCells(spread(1_200), 45_000, undefined);
    expect(many.resolution).to.equal(resolutionFor(45_000) - 1);
    expect(() => findSurfaceCells(spread(1_200), 45_000, 7)).to.throw(AnalysisTooLarge, 'coarser resolution');
    expect(() => findSurfaceCells(spread(1_200), 5_000, undefined)).to.throw(AnalysisTooLarge);
  });
});
