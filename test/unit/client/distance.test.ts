import { expect } from 'chai';
import fc from 'fast-check';
import type { Geometry } from 'geojson';
import { describe, it } from 'mocha';
import { legsOf } from '../../../client/measure/geodesic.ts';
import { boxWithin, distanceBetween, distanceTo } from '../../../client/reading/distance.ts';
import { placeOf } from '../../../client/reading/place-of.ts';

const lons = fc.double({ min: -10, max: 20, noNaN: true });
const lats = fc.double({ min: 5, max: 30, noNaN: true });
const SQUARE: Geometry = {
  type: 'Polygon',
  coordinates: [
    [
      [0, 10],
      [2, 10],
      [2, 12],
      [0, 12],
      [0, 10],
    ],
    [
      [0.5, 10.5],
      [1.5, 10.5],
      [1.5, 11.5],
      [0.5, 11.5],
      [0.5, 10.5],
    ],
  ],
};

describe('the distance from one record to another', () => {
  it('is within one per cent of the geodesic, up to 400 km', () => {
    const near = fc.double({ min: -2.5, max: 2.5, noNaN: true });
    fc.assert(
      fc.property(lons, lats, near, near, (lon, lat, dx, dy) => {
        const point = [lon + dx, lat + dy];
        const [exact = 0] = legsOf([[lon, lat], point]);
        const found = distanceTo(lon, lat, { type: 'Point', coordinates: point });
        expect(Math.abs(found - exact)).to.be.at.most(exact * 0.01 + 1);
      }),
    );
  });

  it('is to the nearest part of a line, and none inside an area but in its hole', () => {
    const line: Geometry = {
      type: 'LineString',
      coordinates: [
        [0, 10],
        [0, 12],
        [5, 12],
      ],
    };
    expect(distanceTo(1, 11, line) / 1000).to.be.closeTo(109.3, 1.5);
    expect(distanceTo(0.2, 10.2, SQUARE)).to.equal(0);
    expect(distanceTo(1, 11, SQUARE) / 1000).to.be.closeTo(54.6, 1);
    expect(distanceTo(-1, 11, SQUARE) / 1000).to.be.closeTo(109.3, 1.5);
    expect(distanceTo(-1, 11, { type: 'GeometryCollection', geometries: [line, SQUARE] }) / 1000).to.be.closeTo(
      109.3,
      2,
    );
  });

  it('is told with both precisions, and never below nothing', () => {
    expect(distanceBetween(10_000, [2_000, 5_000])).to.deep.equal([3_000, 17_000]);
    expect(distanceBetween(1_000, [2_000, null])).to.deep.equal([0, 3_000]);
  });

  it('is looked for in a box that holds all that is so near', () => {
    const bearing = fc.double({ min: 0, max: 6.28, noNaN: true });
    fc.assert(
      fc.property(
        lons,
        lats,
        bearing,
        fc.double({ min: 100, max: 100_000, noNaN: true }),
        (lon, lat, angle, metres) => {
          const up = (metres / 111_700) * Math.cos(angle);
          const across = ((metres / 111_700) * Math.sin(angle)) / Math.cos((lat * Math.PI) / 180);
          const [west, south, east, north] = boxWithin(lon, lat, metres);
          expect(lon + across).to.be.within(west, east);
          expect(lat + up).to.be.within(south, north);
        },
      ),
    );
  });
});

describe('where a record is', () => {
  it('is its point, and the box of all of it', () => {
    expect(placeOf({ type: 'Point', coordinates: [1, 2] })).to.deep.equal({ point: [1, 2], box: [1, 2, 1, 2] });
    expect(placeOf(SQUARE)).to.deep.equal({ point: null, box: [0, 10, 2, 12] });
    const several: Geometry = { type: 'MultiLineString', coordinates: [[[1, 1]], [[3, 0]]] };
    expect(placeOf({ type: 'GeometryCollection', geometries: [several] })?.box).to.deep.equal([1, 0, 3, 1]);
    expect(placeOf({ type: 'MultiPolygon', coordinates: [] })).to.equal(null);
  });
});
