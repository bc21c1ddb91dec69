import { booleanPointInPolygon, destination, polygon } from '@turf/turf';
import { expect } from 'chai';
import fc from 'fast-check';
import { getHexagonEdgeLengthAvg, greatCircleDistance, latLngToCell, UNITS } from 'h3-js';
import { describe, it } from 'mocha';
import { cellsOfDisc } from '../../../../server/analysis/hotspots/disc.ts';
import { outlineOf } from '../../../../server/core/hex.ts';

const discs = fc.record({
  lon: fc.double({ min: -179, max: 179, noNaN: true }),
  lat: fc.double({ min: -70, max: 70, noNaN: true }),
  edges: fc.double({ min: 0, max: 6, noNaN: true }),
  resolution: fc.integer({ min: 3, max: 8 }),
});

describe('cellsOfDisc', () => {
  it('has the hexagon of every point of the circle, and none that is farther than the circle (property)', () => {
    fc.assert(
      fc.property(
        discs,
        fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.integer({ min: -180, max: 180 })), {
          minLength: 30,
          maxLength: 30,
        }),
        ({ lon, lat, edges, resolution }, ways) => {
          const edge = getHexagonEdgeLengthAvg(resolution, UNITS.m);
          const radius = edges * edge;
          const found = cellsOfDisc(lon, lat, radius, resolution);
          expect(new Set(found).size).to.equal(found.length);
          for (const [share, bearing] of ways) {
            const there = destination([lon, lat], share * radius, bearing, { units: 'meters' }).geometry.coordinates;
            expect(found).to.include(latLngToCell(there[1] as number, there[0] as number, resolution));
          }
          for (const cell of found) {
            const ring = outlineOf(cell);
            const holds = [lon, lon + 360].some((x) => booleanPointInPolygon([x, lat], polygon([ring])));
            const nearest = Math.min(...ring.map(([x, y]) => greatCircleDistance([y, x], [lat, lon], UNITS.m)));
            // The nearest point of an edge may lie half an edge from its corners.
            expect(holds || nearest <= radius + 0.7 * edge, `${nearest} of ${radius}`).to.equal(true);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is one hexagon for a circle well inside, and grows with the circle', () => {
    const sizes = [0, 1_000, 20_000, 60_000].map((radius) => cellsOfDisc(-4, 14, radius, 5).length);
    expect(sizes[0]).to.equal(1);
    expect(sizes).to.deep.equal(sizes.toSorted((a, b) => a - b));
    // pi (r + edge)^2 over the area of a hexagon, about.
    expect(sizes[3]).to.be.within(45, 85);
  });
});
