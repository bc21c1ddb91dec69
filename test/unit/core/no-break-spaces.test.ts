import { expect } from 'chai';
import { describe, it } from 'mocha';
import { noBreakSpaces, printedWithin } from '../../../server/core/no-break-spaces.ts';

describe('French as it is printed', () => {
  it('has no-break spaces before : ; ! ? » and after «, and no others', () => {
    expect(noBreakSpaces('Où : « ici » ; là ! Non ? a:b')).to.equal(
      'Où\u00a0: «\u00a0ici\u00a0»\u00a0; là\u00a0! Non\u00a0? a:b',
    );
  });

  it('is made of every text in both languages, and of nothing else', () => {
    const given = { a: [{ title: { en: 'A : b', fr: 'A : b' } }], note: 'a : b', fr: 'a : b', none: null, n: 1 };
    expect(printedWithin(given)).to.deep.equal({
      ...given,
      a: [{ title: { en: 'A : b', fr: 'A\u00a0: b' } }],
    });
  });
});
