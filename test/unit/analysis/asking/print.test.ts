import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { printResult, putBeside } from '../../../../server/analysis/asking/print.ts';
import type { Result } from '../../../../server/analysis/process.ts';
import { canonicalJson } from '../../../../server/core/canonical-json.ts';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

/** Texts of several bytes a character before and after the place of what is beside. */
const results = fc.record({
  process: fc.string(),
  title: fc.record({ en: fc.string({ unit: 'binary' }), fr: fc.string({ unit: 'binary' }) }),
  text: fc.record({ en: fc.string(), fr: fc.string({ unit: 'grapheme' }) }),
  caveats: fc.array(fc.record({ code: fc.string(), text: fc.string({ unit: 'grapheme' }) })),
  numbers: fc.dictionary(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true })),
  units: fc.dictionary(fc.string(), fc.string()),
  features: fc.dictionary(fc.string(), fc.array(fc.string({ unit: 'grapheme' }))),
  receipt: fc.record({ hash: fc.string() }),
}) as unknown as fc.Arbitrary<Result>;

const kept = fc.array(fc.record({ collection: fc.string({ unit: 'grapheme' }), expires: fc.string() }));

const whole = (value: object, form: 'raw' | 'document') =>
  canonicalJson(form === 'document' ? { result: { value, mediaType: 'application/json' } } : value);

describe('printing an answer', () => {
  for (const form of ['raw', 'document'] as const) {
    it(`${form}: is canonical, with and without what is beside the result`, () => {
      fc.assert(
        fc.property(results, kept, (result, beside) => {
          const printed = printResult(result, form);
          expect(text(printed.body)).to.equal(whole(result, form));
          expect(text(putBeside(printed, beside))).to.equal(whole({ ...result, kept: beside }, form));
        }),
      );
    });
  }

  it('is in memory of its own, which can be handed to another thread', () => {
    const [result] = fc.sample(results, 1) as [Result];
    const { body } = printResult(result, 'raw');
    expect(body.buffer.byteLength).to.equal(body.byteLength);
  });
});
