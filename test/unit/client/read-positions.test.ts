import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { looksLikeMgrs } from '../../../client/search/looks-like-mgrs.ts';
import { mgrs } from '../../../client/search/mgrs-package.ts';
import { printDecimal, printDms, showDecimal, spaceMgrs } from '../../../client/search/print-position.ts';
import { readMgrs } from '../../../client/search/read-mgrs.ts';
import { readPositions } from '../../../client/search/read-positions.ts';

const read = (text: string) => readPositions(text).map(({ lat, lon }) => [+lat.toFixed(5), +lon.toFixed(5)]);
const lons = fc.double({ min: -179.9, max: 179.9, noNaN: true });
const lats = fc.double({ min: -79.9, max: 83.9, noNaN: true });

describe('positions as people write them', () => {
  it('are read with a point or a comma, with a sign or a letter', () => {
    for (const text of [
      'N16.77 W3.01',
      '16.77N 3.01W',
      '16.77 n, 3.01 o',
      'lat 16.77 lon -3.01',
      '3.01 Ouest 16.77 Nord',
    ]) {
      expect(read(text), text).to.deep.equal([[16.77, -3.01]]);
    }
    expect(read('16,77N, 3,01O')).to.deep.equal([[16.77, -3.01]]);
  });

  it('are read both ways where the text does not say which number is which', () => {
    const both = [
      [16.77, -3.01],
      [-3.01, 16.77],
    ];
    for (const text of ['16.77, -3.01', '16.77 -3.01', '16,77 -3,01', '16,77; −3,01', '(16.77,-3.01)', '16,77, -3,01'])
      expect(read(text), text).to.deep.equal(both);
    expect(readPositions('16.77, -3.01').map(({ order }) => order)).to.deep.equal(['lat-lon', 'lon-lat']);
    // A latitude cannot be: one way is left.
    expect(read('120.5, 16.5')).to.deep.equal([[16.5, 120.5]]);
    expect(read('16,3')).to.deep.equal([
      [16, 3],
      [3, 16],
    ]);
  });

  it('are read in degrees, minutes and seconds', () => {
    for (const text of [
      `16°46'24"N 3°00'36"W`,
      '16° 46′ 24″ N, 3° 0′ 36″ O',
      '16d46m24s N 3d0m36s W',
      'N 16 46 24 W 3 0 36',
      '16:46:24N 3:00:36W',
      `3°0'36" Ouest 16°46'24" Nord`,
    ]) {
      expect(read(text), text).to.deep.equal([[16.77333, -3.01]]);
      expect(readPositions(text)[0]?.written).to.equal('dms');
    }
    expect(read("16°46.4'N 3°0.6'W")).to.deep.equal([[16.77333, -3.01]]);
    // South is no second.
    expect(read('12 30 36 S 3 0 36 E')).to.deep.equal([[-12.51, 3.01]]);
  });

  it('are none where they cannot be', () => {
    for (const text of [
      ...['Gao', '16.77', "16°61'N 3°W", '16.77N 3.01N', '-16.77S 3W', '200, 200', '1 2 3 4 5', 'ML0501'],
      ...['16.5 30 N 3 W', '16°N 3°W x', '', 'N', '°'],
    ]) {
      expect(read(text), text).to.deep.equal([]);
    }
  });

  it('come back from what is printed', () => {
    fc.assert(
      fc.property(lons, lats, (lon, lat) => {
        const [decimal] = readPositions(printDecimal(lon, lat));
        expect(decimal?.lat).to.be.closeTo(lat, 6e-6);
        expect(decimal?.lon).to.be.closeTo(lon, 6e-6);
        expect(readPositions(showDecimal(lon, lat))[0]).to.deep.equal(decimal);
        for (const language of ['en', 'fr'] as const) {
          const [dms, ...others] = readPositions(printDms(lon, lat, language));
          expect(others).to.deep.equal([]);
          expect(dms?.lat).to.be.closeTo(lat, 2e-5);
          expect(dms?.lon).to.be.closeTo(lon, 2e-5);
        }
      }),
    );
  });

  it('never break the reader', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...`0123456789 .,;-+NSEWO°'":dms/`), maxLength: 40 }), (text) => {
        for (const { lon, lat } of readPositions(text)) {
          expect(Math.abs(lat)).to.be.at.most(90);
          expect(Math.abs(lon)).to.be.at.most(180);
        }
      }),
    );
  });

  it('print sixty seconds as a minute', () => {
    expect(printDms(-3.0166666, 16.9999999, 'fr')).to.equal(`17°00'00.0"N 3°01'00.0"O`);
  });
});

describe('MGRS references', () => {
  it('name squares from a metre to a hundred kilometres wide', () => {
    const square = readMgrs('30QVD9921154498');
    expect(square).to.deep.include({ side: 1, written: 'mgrs', reference: '30Q VD 99211 54498' });
    expect([square?.lat, square?.lon].map((value) => value?.toFixed(3))).to.deep.equal(['16.773', '-3.007']);
    expect(readMgrs('30q vd 99 54')).to.deep.include({ side: 1000, reference: '30Q VD 99 54' });
    expect(readMgrs('30QVD')).to.deep.include({ side: 100_000 });
    const box = readMgrs('30QVD95')?.box;
    expect(box && box[0] <= -3.0074 && box[2] >= -3.0074 && box[1] <= 16.7735 && box[3] >= 16.7735).to.equal(true);
  });

  it('are none where there is no such square', () => {
    for (const text of ['30QVD123', '61QVD12', '30IVD12', 'Gao', '30QAA12', '31QTD12', '30QTW'])
      expect(readMgrs(text), text).to.equal(null);
  });

  it('are looked at only where they may be ones', () => {
    for (const text of ['30QTD', '30q vd 99 54', '1CAA']) expect(looksLikeMgrs(text), text).to.equal(true);
    for (const text of ['Gao', '16.77 -3.01', '30Q', '16N 3W', 'ML0501'])
      expect(looksLikeMgrs(text), text).to.equal(false);
  });

  it('hold what they were printed from, at every size', () => {
    fc.assert(
      fc.property(lons, lats, fc.integer({ min: 0, max: 5 }), (lon, lat, digits) => {
        const reference = mgrs.forward([lon, lat], digits);
        const square = readMgrs(spaceMgrs(reference));
        // Squares are slanted against their boxes, the more the wider they are.
        const slack = (square?.side ?? 0) / 111_000 + 1e-4;
        const [west = 0, south = 0, east = 0, north = 0] = square?.box ?? [];
        expect(square, reference).to.not.equal(null);
        expect(lat, reference).to.be.within(south - slack, north + slack);
        const wide = slack / Math.cos((lat * Math.PI) / 180);
        expect(lon, reference).to.be.within(Math.min(west, east) - wide, Math.max(west, east) + wide);
      }),
    );
  });
});
