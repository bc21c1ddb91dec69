import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { around, boxOf, common, lookOf, tilesAcross } from '../../../server/core/copy-area.ts';

const look = fc.record({
  zoom: fc.double({ min: 0, max: 22, noNaN: true }),
  lat: fc.double({ min: -84, max: 84, noNaN: true }),
  lon: fc.double({ min: -179, max: 179, noNaN: true }),
});

describe('what a view shows', () => {
  it('is read from its address', () => {
    expect(lookOf('#map=7.00/16.2870/-0.0440&layers=hubs')).to.deep.equal({ zoom: 7, lat: 16.287, lon: -0.044 });
    for (const address of ['#layers=hubs', '#map=7/16', '#map=//', '#map=23/1/1', '#map=5/86/0', '#map=a/b/c']) {
      expect(lookOf(address), address).to.equal(undefined);
    }
  });

  it('is the box of a large screen', () => {
    // 512 pixels are 360 degrees at zoom 0, and 2560 pixels five times as many as 512: at zoom 5, 360 * 5 / 32.
    const { west, east } = boxOf({ zoom: 5, lat: 0, lon: 10 });
    expect(east - west).to.be.closeTo(56.25, 1e-9);
    const { south, north } = boxOf({ zoom: 5, lat: 0, lon: 10 });
    expect(north).to.be.closeTo(-south, 1e-9);
    // At the equator Mercator stretches least: 1440 pixels are a little less than 1440 / 2560 of the degrees across.
    expect(north - south).to.be.within(30, (56.25 * 1440) / 2560);
  });

  it('has the middle in it, less of it the nearer one looks, and lies in the world', () => {
    fc.assert(
      fc.property(look, (one) => {
        const box = boxOf(one);
        expect(box.west <= one.lon && one.lon <= box.east && box.south <= one.lat && one.lat <= box.north).to.equal(
          true,
        );
        expect(box.west >= -180 && box.east <= 180 && box.south >= -85 && box.north <= 85).to.equal(true);
        const nearer = boxOf({ ...one, zoom: Math.min(22, one.zoom + 1) });
        expect(common(box, nearer)).to.deep.equal(nearer);
      }),
    );
  });

  it('of several is around each of them', () => {
    fc.assert(
      fc.property(fc.array(look, { minLength: 1, maxLength: 5 }), (looks) => {
        const boxes = looks.map(boxOf);
        const whole = around(boxes);
        for (const box of boxes) expect(whole && common(whole, box)).to.deep.equal(box);
      }),
    );
    expect(around([])).to.equal(undefined);
  });

  it('lies in its tiles, and each of them in one of the zoom before', () => {
    expect(tilesAcross({ west: -180, south: -85, east: 180, north: 85 }, 1)).to.deep.equal({
      columns: [0, 1],
      rows: [0, 1],
    });
    // Tile 7/63/58 has Gao: https://wiki.openstreetmap.org/wiki/Slippy_map_tilenames
    const gao = { west: -0.05, south: 16.2, east: -0.04, north: 16.3 };
    expect(tilesAcross(gao, 7)).to.deep.equal({ columns: [63, 63], rows: [58, 58] });
    fc.assert(
      fc.property(look, fc.integer({ min: 1, max: 20 }), (one, z) => {
        const [here, above] = [tilesAcross(boxOf(one), z), tilesAcross(boxOf(one), z - 1)];
        for (const side of ['columns', 'rows'] as const) {
          expect(here[side].map((at) => Math.floor(at / 2))).to.deep.equal([...above[side]]);
          expect(here[side][0] <= here[side][1]).to.equal(true);
        }
      }),
    );
  });

  it('has nothing in common with what it does not meet', () => {
    const [west, east] = [
      { west: 0, south: 0, east: 1, north: 1 },
      { west: 2, south: 0, east: 3, north: 1 },
    ];
    expect(common(west, east)).to.equal(undefined);
  });
});
