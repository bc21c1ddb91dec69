import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { Field } from '../../../server/core/layer.ts';
import { nameFields } from '../../../server/core/name-fields.ts';

const fields = (...names: string[]) =>
  names.map((each): Field => {
    const [name = '', type = 'string'] = each.split(':');
    return { name, type: type as Field['type'], title: { en: name, fr: name }, tile: false };
  });
const style = { type: 'label', color: '#000000', label: { field: 'called', rank: 'weight' } } as const;
const plain = { type: 'fill', color: '#000000', opacity: 1, outline: true } as const;

describe('fields with names', () => {
  it('are the label first, then what is usually called so', () => {
    expect(nameFields({ fields: fields('name', 'called', 'weight:integer'), style })).to.deep.include({
      ...{ name: 'called', nameFr: null, rank: 'weight' },
    });
    const brought = fields('ADM1_FR'.toLowerCase(), 'adm1_pcode', 'admin2_name', 'name_ar', 'alt_names');
    expect(nameFields({ fields: brought, style: plain })).to.deep.include({
      ...{ name: 'admin2_name', codes: ['adm1_pcode'], others: ['name_ar', 'alt_names'] },
    });
  });

  it('are both ends of what leads from one place to another', () => {
    const found = nameFields({ fields: fields('from_place', 'to_place', 'via:strings'), style: plain });
    expect(found).to.deep.include({ name: 'from_place', toName: 'to_place', others: ['via'] });
  });

  it('are none where a layer has only classes and numbers', () => {
    const kind: Field = { ...(fields('name')[0] as Field), values: [{ value: 'a', title: { en: 'a', fr: 'a' } }] };
    expect(nameFields({ fields: [kind, ...fields('name_count:integer')], style: plain })).to.equal(null);
  });
});
