import { expect } from 'chai';
import { describe, it } from 'mocha';
import { Catalogue } from '../../../server/core/catalogue.ts';
import { LayerNotFound } from '../../../server/core/errors.ts';
import { LayerSchema, tileFields } from '../../../server/core/layer.ts';
import { UNPREPARED } from '../../../server/core/prepared.ts';
import { EVENTS, EVENTS_LAYER } from '../../support/layers.ts';

const faults = (changes: object) => {
  const parsed = LayerSchema.safeParse({ ...EVENTS, ...changes });
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
};

describe('LayerSchema', () => {
  it('takes a sound layer', () => expect(faults({})).to.deep.equal([]));
  it('takes one without a file, with an area', () =>
    expect(faults({ data: undefined, area: [-12.3, 10, 4.3, 25] })).to.deep.equal([]));

  for (const [what, changes, says] of [
    ['an id that could not be a table', { id: 'Events; --' }, 'id'],
    ['a member it does not know', { colour: 'red' }, 'colour'],
    ['a text in one language only', { title: { en: 'Events' } }, 'title.fr'],
    ['a kind that is no field', { kind: 'sort' }, 'has no field "sort"'],
    ['a measure that is no field', { measures: ['wounded'] }, 'has no field "wounded"'],
    ['a field twice', { fields: [...EVENTS.fields, EVENTS.fields[0]] }, 'occurs twice'],
    ['a field named like one of every record', { fields: [{ ...EVENTS.fields[0], name: 'source' }] }, 'occurs twice'],
    [
      'a colour by a field that tiles lack',
      { style: { type: 'circle', color: { by: 'killed', classes: {}, other: '#000000' } } },
      '"tile": true',
    ],
    [
      'hexagons of lines',
      { geometry: 'line', style: { type: 'hexagons', ramp: ['#000000', '#111111', '#222222'] } },
      'only points',
    ],
    ...['geom', 'given', 'geojson', 'feature', 'label', 'nth', 'apart', 'fault', 'constructor'].map(
      (name) => [`a field called ${name}`, { fields: [{ ...EVENTS.fields[0], name }] }, "server's own"] as const,
    ),
    ['an area upside down', { area: [-12, 25, 4, 10] }, 'south comes first'],
    ['data outside its folder', { data: '../secret.geojson' }, 'data'],
  ] as const) {
    it(`refuses ${what}`, () => expect(faults(changes).join('\n')).to.include(says));
  }

  it('puts into tiles what the style and the clock read, and no clock where there is no time', () => {
    const names = (layer: Parameters<typeof tileFields>[0]) => tileFields(layer).map(({ name }) => name);
    expect(names(EVENTS_LAYER)).to.deep.equal(['kind', 'valid_from', 'valid_to', 'confidence', 'precision_m']);
    expect(names({ ...EVENTS_LAYER, time: null })).to.deep.equal(['kind', 'confidence', 'precision_m']);
  });
});

describe('Catalogue', () => {
  const published = (id: string, order: number) =>
    ({
      ...EVENTS_LAYER,
      id,
      order,
      generation: 1,
      table: `${id}_1`,
      count: 0,
      bbox: null,
      interval: null,
      prepared: UNPREPARED,
    }) as const;

  it('lists by order and finds by id', () => {
    const catalogue = new Catalogue([published('b', 2), published('a', 2), published('c', 1)]);
    expect(catalogue.layers.map(({ id }) => id)).to.deep.equal(['c', 'a', 'b']);
    expect(catalogue.get('b').order).to.equal(2);
    expect(() => catalogue.get('d')).to.throw(LayerNotFound, 'Known collections: c, a, b');
    expect(() => catalogue.get('__proto__')).to.throw(LayerNotFound);
  });
});
