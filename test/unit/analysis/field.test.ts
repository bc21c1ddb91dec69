import { expect } from 'chai';
import { describe, it } from 'mocha';
import { field, inTiles } from '../../../server/analysis/field.ts';

describe('field: a property of the features of a result', () => {
  it('has a title in both languages, a unit where it is given one, and is in tiles when that is said', () => {
    const title = { en: 'Length', fr: 'Longueur' };
    const length = field('length_km', 'number', 'Length', 'Longueur', 'km');
    expect(length).to.deep.equal({ name: 'length_km', type: 'number', title, tile: false, unit: 'km' });
    expect(inTiles(length)).to.deep.equal({ ...length, tile: true });
    expect(field('length_km', 'number', 'Length', 'Longueur')).not.to.have.property('unit');
  });
});
