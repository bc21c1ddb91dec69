import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  indexBytes,
  parseIndex,
  parseTrailer,
  placeOf,
  printIndex,
  TRAILER_BYTES,
  tileKey,
} from '../../../server/encode/tile-file.ts';

const coords = fc.integer({ min: 0, max: 22 }).chain((z) =>
  fc.record({
    z: fc.constant(z),
    x: fc.integer({ min: 0, max: 2 ** z - 1 }),
    y: fc.integer({ min: 0, max: 2 ** z - 1 }),
  }),
);
const families = fc.constantFrom('hexes' as const, 'items' as const);
const entries = fc.uniqueArray(
  fc.record({
    key: fc.tuple(families, coords).map(([family, coord]) => tileKey(family, coord)),
    offset: fc.integer({ min: 0, max: 2 ** 40 }),
    tileLength: fc.integer({ min: 1, max: 2 ** 31 }),
    countsLength: fc.integer({ min: 0, max: 2 ** 31 }),
  }),
  { selector: ({ key }) => key, maxLength: 200 },
);

describe('a file of tiles', () => {
  it('finds every tile that was put in, and no other, whatever the order and the length before (property)', () => {
    fc.assert(
      fc.property(entries, fc.integer({ min: 0, max: 100 }), families, coords, (list, before, family, other) => {
        const printed = printIndex(list, before);
        const size = before + printed.length;
        const trailer = parseTrailer(printed.subarray(-TRAILER_BYTES), size);
        expect(trailer?.tiles).to.equal(list.length);
        const start = (trailer?.offset ?? 0) - before;
        const index = parseIndex(printed.slice(start, start + indexBytes(list.length)), list.length);
        for (const { key, offset, tileLength, countsLength } of list) {
          const place = placeOf(index, key);
          expect([index.offsets[place], index.tileLengths[place], index.countsLengths[place]]).to.deep.equal([
            offset,
            tileLength,
            countsLength,
          ]);
        }
        const key = tileKey(family, other);
        expect(placeOf(index, key) >= 0).to.equal(list.some((entry) => entry.key === key));
      }),
    );
  });

  it('has a key of its own for each tile of each family', () => {
    fc.assert(
      fc.property(families, coords, families, coords, (family, coord, otherFamily, other) => {
        const same = family === otherFamily && coord.z === other.z && coord.x === other.x && coord.y === other.y;
        expect(tileKey(family, coord) === tileKey(otherFamily, other)).to.equal(same);
        expect(Number.isSafeInteger(tileKey(family, coord))).to.equal(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('is not taken for whole when a byte of it is missing or too much', () => {
    const printed = printIndex([{ key: 7, offset: 0, tileLength: 3, countsLength: 0 }], 3);
    const size = 3 + printed.length;
    const trailer = printed.subarray(-TRAILER_BYTES);
    expect(parseTrailer(trailer, size)).to.deep.equal({ offset: 8, tiles: 1 });
    expect(parseTrailer(trailer, size - 1)).to.equal(null);
    expect(parseTrailer(trailer, size + 1)).to.equal(null);
    expect(parseTrailer(new Uint8Array(TRAILER_BYTES).fill(0x7b), size)).to.equal(null);
  });
});
