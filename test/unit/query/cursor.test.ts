import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { InvalidParameter } from '../../../server/core/errors.ts';
import type { Field } from '../../../server/core/layer.ts';
import { type Cursor, generationOfCursor, parseCursor, printCursor } from '../../../server/query/cursor.ts';

const TYPES = ['string', 'integer', 'number', 'boolean', 'date', 'datetime'] as const;
const keyOf = (type: Field['type']) => ({
  field: { name: type, type, title: { en: type, fr: type }, tile: false },
  descending: false,
});
const VALUE: Readonly<Record<(typeof TYPES)[number], fc.Arbitrary<string>>> = {
  string: fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
  integer: fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n }).map(String),
  number: fc
    .double({ noDefaultInfinity: false, noNaN: false })
    .map((number) => String(Object.is(number, -0) ? 0 : number)),
  boolean: fc.boolean().map(String),
  date: fc
    .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10)),
  datetime: fc
    .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map((day) => day.toISOString()),
};

const PLACE = fc.record({
  generation: fc.nat(2 ** 31 - 1),
  direction: fc.constantFrom('next' as const, 'prev' as const),
  fid: fc.nat(Number.MAX_SAFE_INTEGER),
});

describe('cursor', () => {
  it('reads what it wrote, whatever the values', () => {
    const some = fc.array(
      fc.constantFrom(...TYPES).chain((type) => fc.tuple(fc.constant(type), fc.option(VALUE[type]))),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(PLACE, some, fc.string(), (place, keys, question) => {
        const cursor: Cursor = { ...place, values: keys.map(([, value]) => value) };
        const order = keys.map(([type]) => keyOf(type));
        const text = printCursor(cursor, question);
        expect(text).to.match(/^[\w-]+\.[\w-]{16}$/);
        expect(parseCursor(text, order, question)).to.deep.equal(cursor);
        expect(generationOfCursor(text, question)).to.equal(place.generation);
      }),
    );
  });

  it('refuses any other text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => parseCursor(text, [], 'q')).to.throw(InvalidParameter, /Begin again without cursor/);
      }),
    );
  });

  it('refuses values that PostgreSQL would not read, even where they are tied to the question', () => {
    for (const [type, value] of [
      ['integer', '1.5'],
      ['integer', '99999999999999999999'],
      ['integer', '1; DROP TABLE x'],
      ['number', '1e999'],
      ['number', '1e-999'],
      ['number', 'x'],
      ['boolean', 'maybe'],
      ['date', '2022-02-30'],
      ['date', '2022-1-1'],
      ['datetime', '2022-01-01'],
      ['string', 'a\0b'],
    ] as const) {
      const text = printCursor({ generation: 1, direction: 'next', fid: 1, values: [value] }, 'q');
      expect(() => parseCursor(text, [keyOf(type)], 'q'), `${type} ${value}`).to.throw(InvalidParameter);
    }
  });

  it('refuses the cursor of another question, or of an order with other keys', () => {
    const text = printCursor({ generation: 1, direction: 'next', fid: 1, values: ['1'] }, 'q');
    expect(() => parseCursor(text, [keyOf('integer')], 'p')).to.throw(InvalidParameter, /another question/);
    expect(() => parseCursor(text, [], 'q')).to.throw(InvalidParameter);
    expect(() => parseCursor(text, [keyOf('integer'), keyOf('integer')], 'q')).to.throw(InvalidParameter);
  });
});
