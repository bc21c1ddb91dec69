import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { isPlainName, quoteText } from '../../../../server/core/cql2/quote.ts';
import { MAX_LENGTH, tokenize } from '../../../../server/core/cql2/tokens.ts';
import { InvalidFilter } from '../../../../server/core/errors.ts';
import { text } from './arbitrary.ts';

/** Tokens as `kind:content@start`, for reading at a glance. */
const read = (filter: string) =>
  tokenize(filter).map((token) => {
    const { kind, start } = token;
    const content = { name: 'name', keyword: 'word', text: 'value', number: 'value', symbol: 'symbol', end: '' }[kind];
    return `${kind}:${String((token as unknown as Record<string, unknown>)[content] ?? '')}@${start}`;
  });

describe('tokenize', () => {
  it('reads names, keywords in any case, texts, numbers and symbols, with their positions', () => {
    expect(read(`"kind"<>'ied' aNd x.y:z>=-1.5e3`)).to.deep.equal([
      'name:kind@0',
      'symbol:<>@6',
      'text:ied@8',
      'keyword:AND@14',
      'name:x.y:z@18',
      'symbol:>=@23',
      'symbol:-@25',
      'number:1500@26',
      'end:@31',
    ]);
  });

  it('reads every way to write a number', () => {
    const values = ['7', '7.', '7.25', '.25', '1E3', '1e+3', '25e-2', '.5e1'];
    expect(values.map((number) => tokenize(number)[0])).to.deep.equal(
      [7, 7, 7.25, 0.25, 1000, 1000, 0.25, 5].map((value, index) => ({
        kind: 'number',
        value,
        raw: values[index],
        start: 0,
      })),
    );
  });

  it('reads escapes in a text, and leaves the backslash before any other character', () => {
    expect(tokenize(String.raw`'it''s \'\a\b\t\n\v\f\r\\ \% \_ \q'`)[0]).to.include({
      kind: 'text',
      value: "it's '\x07\b\t\n\v\f\r\\ \\% \\_ \\q",
    });
  });

  it('takes names in the scripts of the region, and words that only look like keywords', () => {
    expect(read('مدينة ߒߞߏ 𞤆𞤵𞤤𞤢𞤪 ⵜⵉⴼ ın notes')).to.deep.equal([
      'name:مدينة@0',
      'name:ߒߞߏ@6',
      'name:𞤆𞤵𞤤𞤢𞤪@10',
      'name:ⵜⵉⴼ@21',
      'name:ın@25',
      'name:notes@28',
      'end:@33',
    ]);
    expect(['killed', 'In', 's_within', 'a b', '1a', ''].map(isPlainName)).to.deep.equal([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  const refused: [filter: string, position: number, message: RegExp][] = [
    [`a = 'b`, 4, /text that begins at character 4 has no closing quote/],
    [`a = 'b\\'`, 4, /no closing quote/],
    [`a = "b`, 4, /name that begins at character 4 has no closing quote/],
    [`a = ""`, 4, /Expected the name of a field between the quotes/],
    ['a = 5b', 5, /Expected a space or an operator after the number 5/],
    ['a = 1.2.3', 7, /after the number 1\.2/],
    ['a = 1e999', 4, /too large/],
    ['a != 5', 2, /For "not equal" write <>/],
    ['a = ‘b’', 4, /straight quotes/],
    ['a = 5 && b', 6, /Write AND/],
    ['a = 5; DROP TABLE x', 5, /Unexpected ; at character 5/],
    [`a = 'b\0'`, 6, /U\+0000 at character 6/],
    ['a = \uD800', 4, /U\+D800/],
  ];
  for (const [filter, position, message] of refused) {
    it(`refuses ${JSON.stringify(filter)} at ${position}`, () => {
      expect(() => tokenize(filter))
        .to.throw(InvalidFilter, message)
        .with.property('position', position);
    });
  }

  it('counts positions in UTF-16 units, as a browser does', () => {
    expect(() => tokenize("a = '𞤀' ;"))
      .to.throw(InvalidFilter)
      .with.property('position', 9);
  });

  it(`refuses more than ${MAX_LENGTH} characters, and takes as many`, () => {
    expect(tokenize(' '.repeat(MAX_LENGTH))).to.have.length(1);
    expect(() => tokenize(' '.repeat(MAX_LENGTH + 1))).to.throw(InvalidFilter, 'at most 8000 characters');
  });

  it('reads back every text that it quotes', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(tokenize(quoteText(value))[0]).to.include({ kind: 'text', value });
      }),
      { numRuns: 1000 },
    );
  });
});
