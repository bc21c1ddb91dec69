import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { areaOf, legsOf } from '../../../client/measure/geodesic.ts';
import { areaText, lengthText } from '../../../client/measure/print.ts';

const spaced = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('measuring on the map', () => {
  it('has known lengths: a degree of the equator and of a meridian, and from Timbuktu to Gao', () => {
    // Snyder 1987, table 4: a degree of longitude at 0°, and of latitude from 0° to 1°.
    const [along] = legsOf([
      [0, 0],
      [1, 0],
    ]);
    const [up] = legsOf([
      [0, 0],
      [0, 1],
    ]);
    expect(along).to.be.closeTo(111_319.49, 0.01);
    expect(up).to.be.closeTo(110_574.39, 0.01);
    // By PostGIS: ST_Distance of the two as geography.
    const [leg] = legsOf([
      [-3.0074, 16.7735],
      [-0.0447, 16.2717],
    ]);
    expect(leg).to.be.closeTo(321_107.43, 1);
  });

  it('has a known area, whichever way round it is drawn', () => {
    const square = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ];
    // By PostGIS: ST_Area of the square as geography.
    expect(areaOf(square)).to.be.closeTo(12_308_778_361, 20_000);
    expect(areaOf(square.toReversed())).to.be.closeTo(12_308_778_361, 20_000);
  });

  it('measures a way the same there and back, and no leg longer than the way round', () => {
    const place = fc.tuple(fc.double({ min: -12, max: 25, noNaN: true }), fc.double({ min: 0, max: 38, noNaN: true }));
    fc.assert(
      fc.property(fc.array(place, { minLength: 3, maxLength: 8 }), (places) => {
        const legs = legsOf(places);
        const back = legsOf(places.toReversed()).toReversed();
        for (const [index, leg] of legs.entries()) expect(back[index]).to.be.closeTo(leg, 1e-4);
        const [direct = 0] = legsOf([places[0] as [number, number], places.at(-1) as [number, number]]);
        expect(direct).to.be.at.most(legs.reduce((sum, leg) => sum + leg, 0) + 1e-4);
      }),
    );
  });

  it('is told in the numbers of the language, no more exactly than it was drawn', () => {
    expect(spaced(lengthText(850.4, 'en'))).to.equal('850 m');
    expect(spaced(lengthText(12_345, 'en'))).to.equal('12.3 km');
    expect(spaced(lengthText(12_345, 'fr'))).to.equal('12,3 km');
    expect(spaced(lengthText(1_234_567, 'en'))).to.equal('1,235 km');
    expect(spaced(lengthText(1_234_567, 'fr'))).to.equal('1 235 km');
    expect(spaced(areaText(5_000, 'en'))).to.equal('5,000 m²');
    expect(spaced(areaText(123_456, 'en'))).to.equal('12.3 ha');
    expect(spaced(areaText(12_345_678, 'fr'))).to.equal('12,3 km² (1 235 ha)');
    expect(spaced(areaText(12_308_778_361, 'en'))).to.equal('12,310 km²');
  });
});
