import { area, circle, polygon } from '@turf/turf';
import { expect } from 'chai';
import type { Position } from 'geojson';
import { describe, it } from 'mocha';
import { leastRadius, lengthOfAll, outlineFineness } from '../../../../server/analysis/association/fineness.ts';
import { insideOf } from '../../../../server/analysis/association/inside.ts';
import { fill, layLattice } from '../../../../server/analysis/association/lattice.ts';
import { nearestOf } from '../../../../server/analysis/association/nearest.ts';
import { emptySizes, sizeCell } from '../../../../server/analysis/association/size-cell.ts';
import type { PieceRow } from '../../../../server/query/analysis/association.ts';
import { seededRandom } from '../../../../server/stats/random.ts';

const BOX = { west: 0, south: 14, east: 4, north: 18 };
/** Of the sphere that turf has, beside the ellipsoid: areas differ by 0.6 % at most. */
const SPHERE = 0.006;

const edgesOf = (ring: readonly Position[], item: number): PieceRow[] =>
  ring.slice(1).map(([lon = 0, lat = 0], index) => {
    const [fromLon = 0, fromLat = 0] = ring[index] as Position;
    return [item, fromLon, fromLat, lon, lat];
  });

/** The ground of each band, km2, with the default lattice of the tests of the process: cells of 24 km2. */
function sized(outlines: readonly (readonly PieceRow[])[], lines: readonly PieceRow[], ends: readonly number[]) {
  const lattice = layLattice(BOX, 8_000);
  const all = [...outlines.flat(), ...lines];
  const bands = {
    hasInside: outlines.length > 0,
    ends,
    count: ends.length + (outlines.length > 0 ? 2 : 1),
    placeEnds: [],
    strata: 1,
  };
  const inShapes = new Uint8Array(lattice.columns * lattice.rows);
  for (const outline of outlines)
    fill(
      lattice,
      outline.map(([, ...edge]) => edge),
      inShapes,
    );
  let measured = 0;
  const nearest = nearestOf(all);
  const distances = {
    to: (lon: number, lat: number) => {
      measured += 1;
      return nearest(lon, lat);
    },
    place: undefined,
    polygons: outlines.length > 0 ? { outline: nearestOf(outlines.flat()), inside: insideOf(outlines) } : undefined,
  };
  const around = { length: lengthOfAll(all), shapes: 0, area: 1.9e11 };
  const fineness = {
    least: { to: leastRadius(ends, around), place: 0 },
    outline: outlineFineness({ all, points: 0, outlines }),
  };
  const [sizes, random] = [emptySizes(bands), seededRandom(0)];
  for (const [index, mark] of inShapes.entries()) {
    const cell = { column: index % lattice.columns, row: Math.floor(index / lattice.columns), isInside: mark === 1 };
    sizeCell(lattice, cell, bands, distances, fineness, sizes, random);
  }
  const km2 = (cells: number) => (cells * lattice.cellM2) / 1e6;
  return {
    areas: [...sizes.cells].map(km2),
    errors: [...sizes.doubtSquared].map((sum) => km2(0.98 * Math.sqrt(sum))),
    measured,
  };
}

describe('sizeCell', () => {
  it('knows how large the ground inside of a polygon is, however small that is beside a cell', () => {
    // Of 2 to 110 km across, anywhere beside the middles of cells.
    for (const [nth, km] of [1, 1.5, 3, 6, 20, 55].entries()) {
      const shape = circle([1.013 + 0.31 * nth, 15.027 + 0.21 * nth], km, { units: 'kilometers', steps: 96 });
      const { areas, errors } = sized([edgesOf(shape.geometry.coordinates[0] as Position[], 1)], [], [10_000, 25_000]);
      const exact = area(shape) / 1e6;
      const [inside = 0, error = 0] = [areas[0], errors[0]];
      expect(inside / exact, `${km} km`).to.be.closeTo(1, 0.03);
      expect(Math.abs(inside - exact), `${km} km`).to.be.below(error + SPHERE * exact);
      expect(error, `${km} km`).to.be.below(0.05 * exact);
      expect(areas.reduce((sum, each) => sum + each, 0)).to.be.closeTo(189_000, 1_500);
    }
  });

  it('knows that of boxes, and counts ground in two of them once', () => {
    const box = (west: number, south: number, side: number) =>
      [
        [west, south],
        [west + side, south],
        [west + side, south + side],
        [west, south + side],
        [west, south],
      ] as Position[];
    const [one, other] = [box(1, 15, 1), box(1.5, 15.5, 1)];
    const { areas } = sized([edgesOf(one, 1), edgesOf(other, 2)], [], [10_000]);
    const both = area(polygon([one])) + area(polygon([other])) - area(polygon([box(1.5, 15.5, 0.5)]));
    expect((areas[0] ?? 0) / (both / 1e6)).to.be.closeTo(1, 0.015);
  });

  it('measures no more where bands are narrow and lines long', () => {
    const ways = Array.from({ length: 160 }, (_, way): PieceRow[] =>
      Array.from({ length: 80 }, (_, piece) => [way, piece / 20, 14.01 + way / 40, (piece + 1) / 20, 14.01 + way / 40]),
    ).flat();
    const ends = Array.from({ length: 10 }, (_, index) => 100 * (index + 1));
    const { areas, errors, measured } = sized([], ways, ends);
    // 68,000 km of line: 1.6 million cells of 12 m for each km of an end and side.
    expect(measured).to.be.below(3_000_000);
    const kilometres = lengthOfAll(ways) / 1_000;
    for (let band = 0; band < 10; band += 1) {
      expect((areas[band] ?? 0) / (0.2 * kilometres)).to.be.closeTo(1, 0.02);
      expect(Math.abs((areas[band] ?? 0) - 0.2 * kilometres)).to.be.below((errors[band] ?? 0) + 0.002 * kilometres);
    }
  }).timeout(120_000);
});
