import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { canonicalJson } from '../../../server/core/canonical-json.ts';

/** The same value with the members of its objects in the other order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, turned(member)]),
  );
}

describe('canonical JSON', () => {
  it('writes the example of RFC 8785, section 3.2.2', () => {
    const value = JSON.parse(`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
      "literals": [null, true, false]
    }`);
    expect(canonicalJson(value)).to.equal(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('orders members by UTF-16 code units, as the example of section 3.2.3', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    const written = [...canonicalJson(value).matchAll(/:"([^"]*)"/g)].map(([, name]) => name);
    expect(written).to.deep.equal([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  it('writes the numbers of appendix B', () => {
    const bits = new DataView(new ArrayBuffer(8));
    for (const [hex, text] of [
      ['0000000000000000', '0'],
      ['8000000000000000', '0'],
      ['0000000000000001', '5e-324'],
      ['7fefffffffffffff', '1.7976931348623157e+308'],
      ['4340000000000000', '9007199254740992'],
      ['44b52d02c7e14af5', '9.999999999999997e+22'],
      ['444b1ae4d6e2ef50', '1e+21'],
      ['3eb0c6f7a0b5ed8d', '0.000001'],
      ['41b3de4355555555', '333333333.3333333'],
      ['becbf647612f3696', '-0.0000033333333333333333'],
    ] as const) {
      bits.setBigUint64(0, BigInt(`0x${hex}`));
      expect(canonicalJson(bits.getFloat64(0)), hex).to.equal(text);
    }
  });

  it('refuses what is no number, wherever it stands, where JSON would have null', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(() => canonicalJson({ features: [{ coordinates: [0, value] }] })).to.throw(RangeError);
    }
  });

  it('is what is sent, parsed and written again: days, absent members and all', () => {
    const day = new Date('2016-09-14T00:00:00Z');
    const value = { at: day, absent: undefined, list: [undefined, day] };
    expect(canonicalJson(value)).to.equal('{"at":"2016-09-14T00:00:00.000Z","list":[null,"2016-09-14T00:00:00.000Z"]}');
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (any) => {
        expect(canonicalJson(any)).to.equal(canonicalJson(JSON.parse(JSON.stringify(any))));
        expect(JSON.parse(canonicalJson(any))).to.deep.equal(JSON.parse(JSON.stringify(any)));
      }),
    );
  });

  it('does not depend on how objects were put together', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (any) => {
        expect(canonicalJson(turned(any))).to.equal(canonicalJson(any));
      }),
    );
  });
});
