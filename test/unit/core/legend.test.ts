import { expect } from 'chai';
import { describe, it } from 'mocha';
import { LayerSchema } from '../../../server/core/layer.ts';
import { toLegend } from '../../../server/core/legend.ts';
import { EVENTS } from '../../support/layers.ts';

const legend = (changes: Record<string, unknown>) => toLegend(LayerSchema.parse({ ...EVENTS, ...changes }));
const classField = {
  name: 'control',
  type: 'string',
  title: { en: 'Control', fr: 'Contrôle' },
  tile: true,
  values: [
    { value: 'influence', title: { en: 'influence', fr: 'influence' } },
    { value: 'contested', title: { en: 'contested', fr: 'contesté' } },
  ],
};

describe('legend', () => {
  it('has an entry for each class, in both languages, with its colour', () => {
    expect(legend({})).to.deep.equal([
      {
        label: { en: 'A', fr: 'A' },
        swatch: { type: 'point', color: '#112233', shape: 'circle' },
        field: 'kind',
        value: 'a',
      },
      {
        label: { en: 'B', fr: 'B' },
        swatch: { type: 'point', color: '#445566', shape: 'circle' },
        field: 'kind',
        value: 'b',
      },
    ]);
  });

  it('takes the layer’s title where there is one colour for all', () => {
    expect(legend({ style: { type: 'circle', color: '#112233', shape: 'triangle' } })).to.deep.equal([
      { label: EVENTS.title, swatch: { type: 'point', color: '#112233', shape: 'triangle' } },
    ]);
  });

  it('explains hatching and crossed hatching', () => {
    const entries = legend({
      geometry: 'polygon',
      kind: undefined,
      measures: [],
      fields: [classField],
      style: {
        type: 'fill',
        color: '#336699',
        hatch: { field: 'control', values: ['influence'] },
        crosshatch: { field: 'control', values: ['contested'] },
      },
    });
    expect(entries.map(({ label, swatch }) => [label.fr, 'hatch' in swatch && swatch.hatch])).to.deep.equal([
      ['Événements', 'none'],
      ['influence', 'hatch'],
      ['contesté', 'crosshatch'],
    ]);
  });

  it('gives the classes of hexagons as counts without a gap, and says that they are modelled', () => {
    const style = { type: 'hexagons', ramp: ['#eeeeee', '#cccccc', '#999999', '#555555'] };
    const entries = legend({ nature: 'modelled', style });
    expect(entries.map(({ label }) => label.en)).to.deep.equal([
      'Modelled records per hexagon',
      '1',
      '2–4',
      '5–9',
      '10+',
    ]);
    expect(entries[0]?.label.fr).to.contain('modélisées');
    expect(legend({ style })[0]?.label.en).to.equal('Records per hexagon');
  });

  it('takes the bounds that the layer names', () => {
    const style = { type: 'hexagons', ramp: ['#eeeeee', '#999999', '#555555'], breaks: [1, 100, 1000] };
    expect(legend({ style }).map(({ label }) => label.en)).to.deep.equal([
      'Records per hexagon',
      '1–99',
      '100–999',
      '1000+',
    ]);
    const wrong = LayerSchema.safeParse({ ...EVENTS, style: { ...style, breaks: [1, 1000, 100] } });
    expect(wrong.success).to.equal(false);
  });
});
