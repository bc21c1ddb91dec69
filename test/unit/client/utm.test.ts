import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { graticuleLabel, graticuleStep } from '../../../client/search/graticule.ts';
import { mgrs } from '../../../client/search/mgrs-package.ts';
import { decimalsFor } from '../../../client/search/shown-position.ts';
import { fromUtm, toUtm, zoneOf } from '../../../client/search/utm.ts';

const lons = fc.double({ min: -179.9, max: 179.9, noNaN: true });
const lats = fc.double({ min: -79.9, max: 83.9, noNaN: true });

describe('UTM', () => {
  it('comes back from where it went, in its own zone and the next', () => {
    fc.assert(
      fc.property(lons, lats, fc.constantFrom(0, 1), (lon, lat, beside) => {
        const zone = Math.min(60, zoneOf(lon) + beside);
        const [x, y] = fromUtm(toUtm(lon, lat, zone), zone, lat >= 0);
        expect(x).to.be.closeTo(lon, 1e-8);
        expect(y).to.be.closeTo(lat, 1e-8);
      }),
    );
  });

  it('is where MGRS has it, to the metre', () => {
    fc.assert(
      fc.property(lons, fc.double({ min: -79, max: 71, noNaN: true }), (lon, lat) => {
        // Around Norway zones are wider.
        fc.pre(!(lat >= 56 && lat < 64 && lon >= 0 && lon < 12));
        const [, easting = '', northing = ''] = /(\d{5})(\d{5})$/.exec(mgrs.forward([lon, lat], 5)) ?? [];
        const { east, north } = toUtm(lon, lat, zoneOf(lon));
        // They cut off, and know the ellipsoid to fewer digits.
        const apart = (a: number, b: string) => {
          const by = Math.abs((a % 100_000) - Number(b) - 0.5);
          return Math.min(by, 100_000 - by);
        };
        expect(apart(east, easting)).to.be.at.most(2);
        expect(apart(north, northing)).to.be.at.most(2);
      }),
    );
  });

  it('has the known place of a known point', () => {
    // By PROJ: echo "-3.0074 16.7735" | cs2cs EPSG:4326 EPSG:32630.
    const { east, north } = toUtm(-3.0074, 16.7735, 30);
    expect(east).to.be.closeTo(499_211, 1);
    expect(north).to.be.closeTo(1_854_499, 1.5);
  });
});

describe('the graticule', () => {
  it('has lines far enough apart to be read, at every zoom', () => {
    for (let zoom = 2; zoom <= 14; zoom += 0.25) {
      const pixels = (graticuleStep(zoom) / 60 / 360) * 512 * 2 ** zoom;
      expect(pixels, `zoom ${zoom}`).to.be.within(96, 400);
    }
  });

  it('names its lines', () => {
    expect(graticuleLabel(990, ['N', 'S'])).to.equal('16°30′N');
    expect(graticuleLabel(-180, ['E', 'O'])).to.equal('3°O');
    expect(graticuleLabel(0, ['E', 'W'])).to.equal('0°');
    expect(graticuleLabel(-65, ['E', 'W'])).to.equal('1°05′W');
  });
});

describe('a position that is read off the map', () => {
  it('has no more decimals than a pixel has', () => {
    expect(decimalsFor(360 / (512 * 2 ** 4))).to.equal(2);
    expect(decimalsFor(360 / (512 * 2 ** 10))).to.equal(4);
    expect(decimalsFor(360 / (512 * 2 ** 16))).to.equal(5);
  });
});
