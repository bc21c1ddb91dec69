import { expect } from 'chai';
import fc from 'fast-check';
import geodesic from 'geographiclib-geodesic';
import { describe, it } from 'mocha';
import { layLattice, shareOf, within } from '../../../../server/analysis/association/lattice.ts';
import { nearestOf } from '../../../../server/analysis/association/nearest.ts';
import { boxOf } from '../../../support/analysis.ts';

const MALI = { west: -12, south: 10, east: 4, north: 25 };

/** Of a box between meridians and parallels, whose edges are cut so short that geodesics follow them. */
function areaOf({ west, south, east, north }: typeof MALI): number {
  const polygon = geodesic.Geodesic.WGS84.Polygon(false);
  const along = (lat: number, from: number, to: number) => {
    for (let step = 0; step <= 2_000; step += 1) polygon.AddPoint(lat, from + ((to - from) * step) / 2_000);
  };
  along(south, west, east);
  along(north, east, west);
  return Math.abs(polygon.Compute(false, true).area ?? 0);
}

describe('layLattice', () => {
  it('has cells of one size that make up the box on the ellipsoid', () => {
    const { columns, rows, cellM2 } = layLattice(MALI, 10_000);
    expect(columns * rows).to.be.closeTo(10_000, 200);
    expect((columns * rows * cellM2) / areaOf(MALI)).to.be.closeTo(1, 1e-6);
    const south = layLattice({ ...MALI, north: 11 }, 1);
    expect((south.columns * south.rows * south.cellM2) / areaOf({ ...MALI, north: 11 })).to.be.closeTo(1, 1e-6);
  });

  it('has in its middles what lies in the cells', () => {
    const lattice = layLattice(MALI, 500);
    for (const [row, lat] of lattice.lats.entries()) {
      for (const [column, lon] of lattice.lons.entries()) {
        const [across, up] = shareOf(lattice, lon, lat);
        expect(Math.floor(across * lattice.columns)).to.equal(column);
        expect(Math.floor(up * lattice.rows)).to.equal(row);
      }
    }
  });
});

describe('within', () => {
  const marked = (area: object, wanted = 40_000) => {
    const lattice = layLattice(MALI, wanted);
    const marks = within(lattice, area as never);
    return (marks.reduce((sum, mark) => sum + mark, 0) * lattice.cellM2) / 1e6;
  };

  it('finds the size of a box, with its hole, and of two that overlap once', () => {
    const outer = { west: -8, south: 12, east: -2, north: 18 };
    const inner = { west: -6, south: 14, east: -4, north: 16 };
    const corners = ({ west, south, east, north }: typeof outer) =>
      boxOf(west, south, east, north).coordinates[0] as number[][];
    const [whole, hole] = [areaOf(outer) / 1e6, areaOf(inner) / 1e6];
    expect(marked({ type: 'Polygon', coordinates: [corners(outer)] }) / whole).to.be.closeTo(1, 0.01);
    const holed = { type: 'Polygon', coordinates: [corners(outer), corners(inner).toReversed()] };
    expect(marked(holed) / (whole - hole)).to.be.closeTo(1, 0.01);
    const both = { type: 'MultiPolygon', coordinates: [[corners(outer)], [corners(inner)]] };
    expect(marked(both) / whole).to.be.closeTo(1, 0.01);
  });

  it('marks what a slow test of each place marks', () => {
    const corner = fc.tuple(fc.double({ min: -12, max: 4, noNaN: true }), fc.double({ min: 10, max: 25, noNaN: true }));
    fc.assert(
      fc.property(fc.array(corner, { minLength: 3, maxLength: 9 }), (corners) => {
        const ring = [...corners, corners[0] as [number, number]];
        const lattice = layLattice(MALI, 300);
        const marks = within(lattice, { type: 'Polygon', coordinates: [ring] });
        for (const [row, lat] of lattice.lats.entries()) {
          for (const [column, lon] of lattice.lons.entries()) {
            let isIn = false;
            for (let edge = 1; edge < ring.length; edge += 1) {
              const [[x1, y1], [x2, y2]] = [ring[edge - 1], ring[edge]] as [[number, number], [number, number]];
              if (y1 > lat !== y2 > lat && lon < x1 + ((lat - y1) / (y2 - y1)) * (x2 - x1)) isIn = !isIn;
            }
            expect(marks[row * lattice.columns + column], `${lon} ${lat}`).to.equal(Number(isIn));
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('nearestOf', () => {
  it('is the geodesic distance to the nearest of many points', () => {
    const place = fc.tuple(
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.double({ min: -85, max: 85, noNaN: true }),
    );
    const near = fc.tuple(fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: -2, max: 2, noNaN: true }));
    fc.assert(
      fc.property(place, fc.array(near, { minLength: 1, maxLength: 30 }), ([lon, lat], steps) => {
        const points = steps.map(([dx, dy]) => [lon + dx, lat + dy] as const);
        const nearest = nearestOf(points.map(([x, y], item) => [item, x, y, x, y]));
        const all = points.map(([x, y]) => geodesic.Geodesic.WGS84.Inverse(lat, lon, y, x).s12 as number);
        expect(nearest(lon, lat)).to.be.closeTo(Math.min(...all), 1);
      }),
    );
  });
});
