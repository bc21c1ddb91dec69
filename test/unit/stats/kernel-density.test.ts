import { expect } from 'chai';
import fc from 'fast-check';
import geodesic from 'geographiclib-geodesic';
import { describe, it } from 'mocha';
import { densityGrid, nodeArea, planGrid } from '../../../server/stats/density-grid.ts';
import { kernelDensity, type WeightedPlaces } from '../../../server/stats/kernel-density.ts';
import { quarticKernel } from '../../../server/stats/quartic-kernel.ts';
import { whole } from '../../support/whole.ts';

const { WGS84 } = geodesic.Geodesic;
const placesOf = (...rows: readonly (readonly [lon: number, lat: number, weight?: number])[]): WeightedPlaces => ({
  lons: Float64Array.from(rows, ([lon]) => lon),
  lats: Float64Array.from(rows, ([, lat]) => lat),
  weights: Float64Array.from(rows, ([, , weight = 1]) => weight),
});

/** By the formula of the reference and the distances of GeographicLib. */
function slowDensity({ lons, lats, weights }: WeightedPlaces, metres: number, lon: number, lat: number): number {
  let sum = 0;
  for (const [index, weight] of weights.entries()) {
    const { s12 = Number.NaN } = WGS84.Inverse(lat, lon, lats[index] as number, lons[index] as number);
    if (s12 <= metres) sum += weight * (3 / (Math.PI * metres ** 2)) * (1 - s12 ** 2 / metres ** 2) ** 2;
  }
  return sum;
}

describe('quarticKernel', () => {
  it('has the peak 3 / (pi r^2), and nothing at the radius and beyond', () => {
    expect(quarticKernel(0, 7)).to.be.closeTo(3 / (Math.PI * 49), 1e-15);
    expect(quarticKernel(49 / 2, 7)).to.be.closeTo(3 / (Math.PI * 49) / 4, 1e-15);
    expect([quarticKernel(49, 7), quarticKernel(50, 7)]).to.deep.equal([0, 0]);
  });

  it('adds up to 1 over the plane', () => {
    const [radius, step] = [10, 1 / 64];
    let sum = 0;
    for (let x = -radius + step / 2; x < radius; x += step) {
      for (let y = -radius + step / 2; y < radius; y += step) sum += quarticKernel(x * x + y * y, radius);
    }
    expect(sum * step * step).to.be.closeTo(1, 1e-6);
  });
});

const place = fc.tuple(
  fc.double({ min: -1, max: 1, noNaN: true }),
  fc.double({ min: -1, max: 1, noNaN: true }),
  fc.integer({ min: 0, max: 5 }),
);
const middle = fc.constantFrom<readonly [number, number]>(
  [-4, 14],
  [179.8, -16],
  [-180, 0],
  [30, 88.5],
  [0, -89.5],
  [12, 65],
);

/** Places around a middle, some degrees of arc from it at most, each at a place that is on the earth. */
function around(
  [lon, lat]: readonly [number, number],
  offsets: readonly (readonly [number, number, number])[],
): WeightedPlaces {
  const rows = offsets.map(([east, north, weight]): readonly [number, number, number] => {
    const { lat2 = 0, lon2 = 0 } = WGS84.Direct(
      lat,
      lon,
      (Math.atan2(east, north) * 180) / Math.PI,
      Math.hypot(east, north) * 150_000,
    );
    return [lon2, lat2, weight];
  });
  return placesOf(...rows);
}

describe('kernelDensity', () => {
  it('is a slow sum over all events, anywhere on the earth', () => {
    fc.assert(
      fc.property(
        middle,
        fc.array(place, { maxLength: 30 }),
        place,
        fc.constantFrom(5_000, 60_000, 400_000),
        (at, offsets, [x, y], metres) => {
          const places = around(at, offsets);
          const { lons, lats } = around(at, [[x, y, 1]]);
          const [lon, lat] = [lons[0] as number, lats[0] as number];
          const peak = 3 / (Math.PI * metres ** 2);
          const slow = slowDensity(places, metres, lon, lat);
          // Of what each event adds 3 parts in a million of its distance, twice: d^2 changes by as much.
          expect(kernelDensity(places, metres)(lon, lat)).to.be.closeTo(
            slow,
            peak * 2e-5 * (1 + places.weights.length * 5),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('has of one event its peak there, of two at one place twice that, and nothing without events', () => {
    const peak = 3 / (Math.PI * 20_000 ** 2);
    expect(kernelDensity(placesOf([-4, 14]), 20_000)(-4, 14)).to.be.closeTo(peak, peak * 1e-12);
    expect(kernelDensity(placesOf([-4, 14], [-4, 14]), 20_000)(-4, 14)).to.be.closeTo(2 * peak, peak * 1e-12);
    expect(kernelDensity(placesOf(), 20_000)(-4, 14)).to.equal(0);
  });
});

describe('densityGrid', () => {
  it('has at each node what the density is there, on grids that reach over the antimeridian and the poles', () => {
    fc.assert(
      fc.property(
        middle,
        fc.array(place, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(90_000, 250_000),
        (at, offsets, metres) => {
          const places = around(at, offsets);
          const grid = planGrid(places, metres, metres / 3);
          const values = whole(densityGrid(grid, places, metres));
          const density = kernelDensity(places, metres);
          expect(values.length).to.equal(grid.columns * grid.rows);
          const peak = 3 / (Math.PI * metres ** 2);
          const every = Math.max(1, Math.floor(values.length / 400));
          for (let node = 0; node < values.length; node += every) {
            const lon = grid.west + (node % grid.columns) * grid.lonStep;
            const lat = grid.south + Math.floor(node / grid.columns) * grid.latStep;
            expect(values[node]).to.be.closeTo(density(lon, Math.max(-90, Math.min(90, lat))), peak * 1e-6);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('ends in nothing at its edges, and adds up to the number of events', () => {
    for (const at of [
      [-4, 14],
      [179.9, -16],
      [20, 89.7],
    ] as const) {
      const places = around(at, [
        [0, 0, 3],
        [0.5, 0.2, 1],
        [-0.3, 0.9, 2],
      ]);
      const grid = planGrid(places, 60_000, 60_000 / 12);
      const values = whole(densityGrid(grid, places, 60_000));
      let sum = 0;
      for (const [node, value] of values.entries()) {
        const [row, column] = [Math.floor(node / grid.columns), node % grid.columns];
        // A round grid has its first column twice.
        if (!(grid.isRound && column === 0)) sum += value * nodeArea(grid, row);
        const isEdge = column === 0 || column === grid.columns - 1 || row === 0 || row === grid.rows - 1;
        if (isEdge && !grid.isRound) expect(value).to.equal(0);
      }
      expect(sum, String(at)).to.be.closeTo(6, 6 * (grid.isRound ? 1e-3 : 2e-4));
    }
  });

  it('goes on at its other end where it is round', () => {
    // The one at the pole makes the grid round; the others lie on both sides of where it begins and ends.
    const places = placesOf([0, 89.9], [-179.5, 86], [179.5, 86]);
    const grid = planGrid(places, 90_000, 30_000);
    expect(grid.isRound).to.equal(true);
    const values = whole(densityGrid(grid, places, 90_000));
    const density = kernelDensity(places, 90_000);
    const row = Math.round((86 - grid.south) / grid.latStep);
    const lat = grid.south + row * grid.latStep;
    for (let column = 0; column < grid.columns; column += 1) {
      const expected = density(grid.west + column * grid.lonStep, lat);
      expect(values[row * grid.columns + column], String(column)).to.be.closeTo(expected, 1e-18);
    }
    expect(density(-180, lat)).to.be.above(0);
  });

  it('takes the short way around the earth', () => {
    const { west, lonStep, columns, isRound } = planGrid(placesOf([179, 0], [-179, 1]), 50_000, 10_000);
    expect(isRound).to.equal(false);
    expect(west).to.be.within(178, 179);
    expect(west + (columns - 1) * lonStep).to.be.within(181, 182);
    expect(planGrid(placesOf([0, 89.9]), 50_000, 10_000).isRound).to.equal(true);
  });
});
