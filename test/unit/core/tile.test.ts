import { expect } from 'chai';
import { describe, it } from 'mocha';
import { InvalidParameter, TileOutOfRange } from '../../../server/core/errors.ts';
import { parseTileCoord } from '../../../server/core/tile.ts';

describe('parseTileCoord', () => {
  it('reads the first and the last tile of a zoom', () => {
    expect(parseTileCoord('0', '0', '0')).to.deep.equal({ z: 0, x: 0, y: 0 });
    expect(parseTileCoord('22', '4194303', '4194303')).to.deep.equal({ z: 22, x: 4194303, y: 4194303 });
  });

  it('says that a tile outside the matrix does not exist', () => {
    expect(() => parseTileCoord('5', '32', '0')).to.throw(TileOutOfRange, 'x and y go from 0 to 31');
    expect(() => parseTileCoord('5', '0', '32')).to.throw(TileOutOfRange);
    expect(() => parseTileCoord('23', '0', '0')).to.throw(TileOutOfRange, 'zooms go from 0 to 22');
  });

  for (const bad of ['-1', '1.5', 'x', '', ' 1', '1e2', '0x1', 'NaN', '99999999999']) {
    it(`refuses "${bad}" as malformed`, () => {
      expect(() => parseTileCoord('5', bad, '0')).to.throw(InvalidParameter, 'whole numbers');
    });
  }
});
