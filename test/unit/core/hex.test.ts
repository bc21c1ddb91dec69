import { expect } from 'chai';
import fc from 'fast-check';
import { cellToChildren, cellToParent, isValidCell, latLngToCell } from 'h3-js';
import { describe, it } from 'mocha';
import { InvalidParameter } from '../../../server/core/errors.ts';
import {
  BASE_RESOLUTION,
  descendantRange,
  describeCell,
  MAX_RESOLUTION,
  parseCell,
  resolutionForZoom,
  toBaseCell,
} from '../../../server/core/hex.ts';

const position = fc.record({
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
  lat: fc.double({ min: -85, max: 85, noNaN: true }),
});

describe('hex', () => {
  it('finds the base cell of Gao', () => {
    expect(BigInt(toBaseCell(-0.0447, 16.2717)).toString(16)).to.equal(latLngToCell(16.2717, -0.0447, BASE_RESOLUTION));
  });

  it('holds exactly the base cells of a cell in its range (property)', () => {
    fc.assert(
      fc.property(position, position, fc.integer({ min: 0, max: MAX_RESOLUTION }), (here, there, resolution) => {
        const cell = latLngToCell(here.lat, here.lon, resolution);
        const { first, last } = descendantRange(cell);
        for (const { lat, lon } of [here, there]) {
          const base = BigInt(toBaseCell(lon, lat));
          const isInside = cellToParent(base.toString(16), resolution) === cell;
          expect(base >= BigInt(first) && base <= BigInt(last)).to.equal(isInside);
        }
      }),
    );
  });

  it('includes the first and the last child, also of a pentagon', () => {
    for (const cell of ['8449a27ffffffff', '843e001ffffffff', '87754e64dffffff', '880326233bfffff'].filter(
      isValidCell,
    )) {
      const children = cellToChildren(cell, BASE_RESOLUTION).map((child) => BigInt(`0x${child}`));
      const { first, last } = descendantRange(cell);
      expect(children.every((child) => child >= BigInt(first) && child <= BigInt(last))).to.equal(true);
    }
  });

  it('keeps a cell across the antimeridian in one piece', () => {
    const { wkt } = describeCell(latLngToCell(0, 180, 3));
    const longitudes = [...wkt.matchAll(/(-?[\d.]+) -?[\d.e-]+/g)].map((match) => Number(match[1]));
    expect(Math.max(...longitudes) - Math.min(...longitudes)).to.be.below(10);
  });

  it('gets no coarser as the map comes closer', () => {
    const resolutions = Array.from({ length: 23 }, (_, z) => resolutionForZoom(z));
    expect(resolutions).to.deep.equal(resolutions.toSorted((a, b) => a - b));
    expect(resolutions.at(-1)).to.equal(MAX_RESOLUTION);
  });

  for (const text of ['', 'x', '841f91dfffffff', '8a1f91d6a6cffff', "841f91dffffffff' OR 1=1", 'ffffffffffffffff']) {
    it(`refuses the cell "${text}"`, () => expect(() => parseCell(text)).to.throw(InvalidParameter));
  }
});
