import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { distanceToBeginning, foldName, skeletonOf, trigramsOf } from '../../../server/core/place-name.ts';

const skeleton = (name: string) => skeletonOf(foldName(name));

describe('names of places', () => {
  it('have no accents, capitals, apostrophes or hyphens when they are compared', () => {
    expect(foldName('Tin-Zaouatène')).to.equal('tin zaouatene');
    expect(foldName("N'Tillit")).to.equal('ntillit');
    expect(foldName('  Gourma–Rharous (cercle) ')).to.equal('gourma rharous cercle');
    expect(foldName('Nālūt')).to.equal('nalut');
    expect(foldName('ⵜⵉⵏⴱⵓⴽⵜⵓ')).to.equal('ⵜⵉⵏⴱⵓⴽⵜⵓ');
    expect(foldName('—')).to.equal('');
  });

  it('meet in one skeleton however they are spelled', () => {
    for (const spellings of [
      ['Ouattagouna', 'Watagouna'],
      ['Aguelhok', 'Aguelhoc', 'Aguelok'],
      ['Boulikessi', 'Boulikessy'],
      ['Tin-Zaouatène', 'Tinzawaten e'],
      ['Djenné', 'Jenne'],
      ['Douentza', 'Duentsa'],
      ['Kourémalé', 'Kuremale'],
    ]) {
      expect(new Set(spellings.map(skeleton)), spellings.join()).to.have.lengthOf(1);
    }
    expect(skeleton('Gao')).to.not.equal(skeleton('Goa'));
  });

  it('are folded once and for all, and so are skeletons', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        expect(foldName(foldName(text))).to.equal(foldName(text));
      }),
    );
  });

  it('begin with what was typed: the runs of a beginning are among those of the whole', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (start, rest) => {
        const whole = trigramsOf(start + rest);
        for (const run of trigramsOf(start)) expect(whole.has(run)).to.equal(true);
        expect(distanceToBeginning(start, start + rest, 2)).to.equal(0);
      }),
    );
  });

  it('count letters that differ: put in, taken out, changed, swapped', () => {
    expect(distanceToBeginning('menkaa', 'menaka', 2)).to.equal(1);
    expect(distanceToBeginning('meaka', 'menaka', 2)).to.equal(1);
    expect(distanceToBeginning('mennaka', 'menaka', 2)).to.equal(1);
    expect(distanceToBeginning('mopta', 'mopti', 2)).to.equal(1);
    expect(distanceToBeginning('tombok', 'tombouctou', 2)).to.equal(1);
    expect(distanceToBeginning('kidal', 'menaka', 2)).to.equal(3);
  });
});
