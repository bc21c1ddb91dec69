import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { parseBbox } from '../../../server/core/bbox.ts';
import { InvalidParameter } from '../../../server/core/errors.ts';

describe('parseBbox', () => {
  it('reads four numbers as west, south, east, north', () => {
    expect(parseBbox('-12.5,10,4.3,25')).to.deep.equal([{ west: -12.5, south: 10, east: 4.3, north: 25 }]);
  });

  it('ignores the heights of six numbers', () => {
    expect(parseBbox('-12,10,0,4,25,1000')).to.deep.equal([{ west: -12, south: 10, east: 4, north: 25 }]);
  });

  it('splits a box across the antimeridian', () => {
    expect(parseBbox('170,-10,-170,10')).to.deep.equal([
      { west: 170, south: -10, east: 180, north: 10 },
      { west: -180, south: -10, east: -170, north: 10 },
    ]);
  });

  for (const [text, says] of [
    ['1,2,3', 'got 3'],
    ['1,2,3,4,5', 'got 5'],
    ['a,2,3,4', '"a" is not one'],
    ['NaN,2,3,4', '"NaN"'],
    ['Infinity,2,3,4', '"Infinity"'],
    ['1e400,2,3,4', '"1e400"'],
    [',2,3,4', '"" is not one'],
    ['0,0,181,4', 'east is 181'],
    ['0,-91,1,4', 'south is -91'],
    ['0,20,4,10', 'south (20) is above north (10)'],
  ] as const) {
    it(`refuses "${text}"`, () => expect(() => parseBbox(text)).to.throw(InvalidParameter, says));
  }

  it('gives finite boxes within bounds for any text it accepts', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.double(), fc.string()), { maxLength: 7 }), (parts) => {
        let boxes: ReturnType<typeof parseBbox>;
        try {
          boxes = parseBbox(parts.join(','));
        } catch (error) {
          return error instanceof InvalidParameter;
        }
        return boxes.every(
          (box) => box.west <= box.east && box.south <= box.north && Object.values(box).every(Number.isFinite),
        );
      }),
    );
  });
});
