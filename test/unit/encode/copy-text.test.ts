import { expect } from 'chai';
import fc from 'fast-check';
import { copyJson, copyText, storableJson } from '../../../server/encode/copy-text.ts';

/** As PostgreSQL reads a value of COPY. */
function read(value: string): string | null {
  if (value === '\\N') return null;
  const signs: Record<string, string> = { t: '\t', n: '\n', r: '\r', b: '\b', f: '\f', v: '\v' };
  return value.replace(/\\(.)/gs, (_, sign: string) => signs[sign] ?? sign);
}

describe('values of COPY', () => {
  it('come back as they were, whatever is in them, and never break a line', () => {
    const texts = fc.string({ unit: fc.constantFrom('\\', '\t', '\n', '\r', '\v', 'N', 'n', 'é', '𝒳', ' ', '"') });
    fc.assert(
      fc.property(texts, (text) => {
        const value = copyText(text);
        expect(value).not.to.match(/[\t\n\r]/);
        expect(read(value)).to.equal(text);
      }),
    );
  });

  it('tell nothing from the letter N and from an empty text', () => {
    expect([null, undefined, '\\N', ''].map((text) => copyText(text))).to.deep.equal(['\\N', '\\N', '\\\\N', '']);
  });

  it('have no U+0000 and no half of a pair', () => {
    expect(copyText('a\0b\ud800c\udc00')).to.equal('a\ufffdb\ufffdc\ufffd');
    expect(copyText('𝒳')).to.equal('𝒳');
  });

  it('give JSON back as it was, with nothing in it that PostgreSQL cannot hold', () => {
    const impossible = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
    const strings = fc.string({ unit: fc.constantFrom('\\', '"', '\n', '\0', 'u0000', '\ud800', '\udc00', 'é', 'a') });
    fc.assert(
      fc.property(fc.dictionary(strings, strings), (value) => {
        const { json, isChanged } = storableJson({ value });
        const back = read(copyJson(json)) as string;
        expect(back).to.equal(json);
        const texts = Object.entries((JSON.parse(back) as { value: Record<string, string> }).value).flat();
        expect(texts.filter((text) => impossible.test(text))).to.deep.equal([]);
        expect(isChanged).to.equal(
          Object.entries(value)
            .flat()
            .some((text) => impossible.test(text)),
        );
      }),
    );
  });

  it('write a whole number that JSON cannot hold as text', () => {
    expect(storableJson({ id: 12345678901234567890n }).json).to.equal('{"id":"12345678901234567890"}');
  });
});
