import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type Named, NameIndex } from '../../../server/core/name-index.ts';

const entry = (names: string, importance = 0.5, codes: string[] = []): Named => ({
  ...{ names: names.split('|'), codes, importance },
});
const PLACES = [
  entry('Timbuktu|Tombouctou', 0.85),
  entry('Gao', 0.85),
  entry('Gao', 0.7, ['ML07']),
  entry('Gaoua', 0.85),
  entry('Gourma-Rharous', 0.7),
  entry('Ménaka', 0.85),
  entry('Mopti', 0.7, ['ML05']),
  entry('Ouattagouna', 0.5),
  entry('Douentza', 0.7),
];
const index = new NameIndex(PLACES);
const first = (typed: string) => {
  const [found] = index.find(typed, 10);
  return found && `${found.match} ${found.entry.names[0]}`;
};

describe('the index of names', () => {
  it('finds by any of the names, without accents, from the first letters on', () => {
    expect(first('tombouctou')).to.equal('exact Timbuktu');
    expect(first('MENAKA')).to.equal('exact Ménaka');
    expect(first('tomb')).to.equal('prefix Timbuktu');
    expect(first('rhar')).to.equal('word Gourma-Rharous');
  });

  it('forgives other spellings and wrong letters', () => {
    expect(first('Watagouna')).to.equal('variant Ouattagouna');
    expect(first('Duentza')).to.equal('variant Douentza');
    expect(first('Menkaa')).to.equal('fuzzy Ménaka');
    expect(first('Tombuktou')).to.equal('variant Timbuktu');
    expect(first('Tombocutou')).to.equal('fuzzy Timbuktu');
    expect(first('raharus')).to.equal('variant Gourma-Rharous');
  });

  it('puts what fits exactly first, then what weighs more', () => {
    const found = index.find('gao', 10).map(({ match, entry }) => [match, entry.names[0], entry.importance]);
    expect(found).to.deep.equal([
      ['exact', 'Gao', 0.85],
      ['exact', 'Gao', 0.7],
      ['prefix', 'Gaoua', 0.85],
    ]);
  });

  it('finds codes by their beginning, and by no likeness', () => {
    expect(first('ml05')).to.equal('exact Mopti');
    expect(index.find('ML0', 10)).to.have.lengthOf(2);
    expect(index.find('ML95', 10)).to.deep.equal([]);
  });

  it('finds nothing by nothing, and not everything by little', () => {
    expect(index.find('', 10)).to.deep.equal([]);
    expect(index.find(' - ', 10)).to.deep.equal([]);
    expect(index.find('xyzzy', 10)).to.deep.equal([]);
    expect(index.find('g', 2)).to.have.lengthOf(2);
  });

  it('finds every name by itself and by any beginning of it', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'abdegiklmnorstu'), minLength: 5, maxLength: 12 });
    fc.assert(
      fc.property(fc.uniqueArray(letters, { minLength: 1, maxLength: 20 }), fc.nat(), fc.nat(), (names, which, at) => {
        const many = new NameIndex(names.map((name) => entry(name)));
        const name = names[which % names.length] as string;
        const has = (typed: string) => many.find(typed, 100).some(({ entry }) => entry.names[0] === name);
        expect(many.find(name, 100)[0]).to.deep.include({ match: 'exact', by: name });
        expect(has(name.slice(0, 1 + (at % name.length)))).to.equal(true);
      }),
    );
  });
});
