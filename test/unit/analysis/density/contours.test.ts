import { area, booleanPointInPolygon } from '@turf/turf';
import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { drain } from '../../../../server/analysis/corridor/turns.ts';
import { drawContours, heightAt } from '../../../../server/analysis/density/draw-contours.ts';
import { toLevels } from '../../../../server/analysis/density/levels.ts';
import { RequestAborted } from '../../../../server/core/errors.ts';
import { densityGrid, planGrid } from '../../../../server/stats/density-grid.ts';
import { whole } from '../../../support/whole.ts';

const METRES = 40_000;
const placesOf = (rows: readonly (readonly [number, number, number])[]) => ({
  lons: Float64Array.from(rows, ([lon]) => lon),
  lats: Float64Array.from(rows, ([, lat]) => lat),
  weights: Float64Array.from(rows, ([, , weight]) => weight),
});

function surfaceOf(rows: readonly (readonly [number, number, number])[], steps = 8) {
  const places = placesOf(rows);
  const grid = planGrid(places, METRES, METRES / steps);
  const values = whole(densityGrid(grid, places, METRES));
  return { grid, values, peak: values.reduce((most, each) => Math.max(most, each)) };
}

const near = (least: number, most: number) => fc.double({ min: least, max: most, noNaN: true });
const events = fc.array(fc.tuple(near(-5, -4), near(13, 14), fc.integer({ min: 1, max: 4 })), {
  minLength: 1,
  maxLength: 12,
});
const shares = fc
  .uniqueArray(fc.integer({ min: 1, max: 19 }), { minLength: 2, maxLength: 5 })
  .map((parts) => parts.map((part) => part / 20));

describe('contours', () => {
  it('are given up between two levels when nobody waits for them any more', async () => {
    const { grid, values, peak } = surfaceOf([[-4.5, 13.5, 3]]);
    const levels = [0.1, 0.2, 0.3].map((share) => ({ share, density: share * peak }));
    const drawing = drawContours(grid, values, levels);
    let drawn = 0;
    const left = drain(drawing, () => {
      drawn += 1;
      return drawn === 2 ? Promise.reject(new RequestAborted('gone')) : undefined;
    });
    expect(await left.catch((error: unknown) => error)).to.be.instanceOf(RequestAborted);
    expect(drawn).to.equal(2);
  });

  it('hold what is higher, nest, and become smaller with the level', () => {
    fc.assert(
      fc.property(events, shares, fc.constantFrom('peak' as const, 'volume' as const), (rows, levels, level_of) => {
        const { grid, values, peak } = surfaceOf(rows);
        const found = toLevels(grid, values, peak, { levels, level_of });
        const drawn = whole(drawContours(grid, values, found));
        const sizes = drawn.map((shape) => area(shape));
        expect(sizes).to.deep.equal(sizes.toSorted((a, b) => b - a));
        for (let index = 1; index < drawn.length; index += 1) {
          for (const [lon = 0, lat = 0] of drawn[index]?.coordinates.flat(2) ?? []) {
            expect(heightAt(grid, values, lon, lat)).to.be.closeTo(found[index]?.density as number, peak * 1e-6);
            const isHeld = booleanPointInPolygon([lon, lat], drawn[index - 1] as (typeof drawn)[number]);
            if ((found[index]?.density as number) > (found[index - 1]?.density as number) * 1.001)
              expect(isHeld).to.equal(true);
          }
        }
        const every = Math.max(1, Math.floor(values.length / 100));
        for (let node = 0; node < values.length; node += every) {
          const value = values[node] as number;
          const at = [
            grid.west + (node % grid.columns) * grid.lonStep,
            grid.south + Math.floor(node / grid.columns) * grid.latStep,
          ];
          for (const [index, { density }] of found.entries()) {
            if (Math.abs(value - density) < peak * 1e-6) continue;
            expect(booleanPointInPolygon(at, drawn[index] as (typeof drawn)[number])).to.equal(value > density);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it('of one event are circles: at half of the peak of the radius r sqrt(1 - sqrt(1/2))', () => {
    const { grid, values, peak } = surfaceOf([[-4, 14, 3]], 16);
    const [half] = whole(drawContours(grid, values, [{ share: 0.5, density: peak / 2 }]));
    const radius = METRES * Math.sqrt(1 - Math.sqrt(0.5));
    // The sphere of turf is 0.3 % off, the grid somewhat more.
    expect(area(half as NonNullable<typeof half>) / (Math.PI * radius ** 2)).to.be.closeTo(1, 0.015);
    expect(half?.coordinates.length).to.equal(1);
  });

  it('have holes where the surface is lower inside', () => {
    const ring = Array.from({ length: 24 }, (_, index) => {
      const turn = (index / 24) * 2 * Math.PI;
      return [-4 + 0.7 * Math.cos(turn), 14 + 0.7 * Math.sin(turn), 1] as const;
    });
    const { grid, values, peak } = surfaceOf(ring);
    const [half] = whole(drawContours(grid, values, [{ share: 0.5, density: peak / 2 }]));
    expect(half?.coordinates.map((rings) => rings.length)).to.deep.equal([2]);
    expect(booleanPointInPolygon([-4, 14], half as NonNullable<typeof half>)).to.equal(false);
  });
});

describe('levels', () => {
  it('of the volume are around the densest area that holds the share', () => {
    fc.assert(
      fc.property(events, near(0.05, 0.95), (rows, share) => {
        const { grid, values, peak } = surfaceOf(rows);
        const [level] = toLevels(grid, values, peak, { levels: [share], level_of: 'volume' });
        const sorted = values.toSorted().reverse();
        const all = sorted.reduce((sum, each) => sum + each, 0);
        let passed = 0;
        const at = sorted.findIndex((value) => {
          passed += value;
          return passed >= share * all;
        });
        // Rows of the grid are not quite as large one as another.
        const [high, low] = [sorted[Math.floor(at * 0.97)] as number, sorted[Math.ceil(at * 1.03) + 1] as number];
        expect(level?.density).to.be.within(low * 0.999, high * 1.001);
      }),
      { numRuns: 60 },
    );
  });
});
