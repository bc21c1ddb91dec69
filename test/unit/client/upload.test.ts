import { expect } from 'chai';
import { describe, it } from 'mocha';
import { eventsIn } from '../../../client/api/events.ts';
import { boxOf, toSides } from '../../../client/upload-geometry.ts';
import * as look from '../../../client/upload-look.ts';
import * as edit from '../../../client/upload-mapping.ts';
import { LayerSchema } from '../../../server/core/layer.ts';
import { type Mapping, MappingSchema } from '../../../server/core/mapping.ts';
import { MAPPING } from '../../support/fake-uploads.ts';

const mapping = () => MappingSchema.parse(MAPPING);

/** As the server takes it: a mapping whose new layer is a layer. */
function sound(changed: Mapping): edit.NewLayer {
  const { target } = MappingSchema.parse(JSON.parse(JSON.stringify(changed)));
  if (target.mode !== 'new') throw new Error('no new layer');
  LayerSchema.parse({ ...target.layer, data: 'documented/x.geojson' });
  const names = new Set(target.layer.fields.map(({ name }) => name));
  for (const name of Object.keys(changed.fields)) expect([...names]).to.include(name);
  return target.layer;
}

describe('changes of a mapping', () => {
  it('rename a field everywhere it is named, and not to a name that is taken or reserved', () => {
    const layer = sound(edit.renameField(mapping(), 'class', 'kind'));
    expect(layer.kind).to.equal('kind');
    expect(layer.style).to.have.nested.property('color.by', 'kind');
    for (const name of ['name', 'note', 'geom', 'Kind', '']) {
      expect(edit.renameField(mapping(), 'class', name), name).to.deep.equal(mapping());
    }
  });

  it('leave out a field with what named it', () => {
    const layer = sound(edit.dropField(mapping(), 'class'));
    expect(layer.fields.map(({ name }) => name)).to.deep.equal(['pcode', 'name', 'population']);
    expect(layer).not.to.have.property('kind');
    expect(layer.style).to.have.property('color', '#777777');
  });

  it('make of a list of values a number, which has no colours', () => {
    const layer = sound(edit.retypeField(mapping(), 'class', 'integer'));
    expect(layer.fields[2]).to.deep.include({ name: 'class', type: 'integer' });
    expect(layer.fields[2]).not.to.have.property('values');
    expect(layer.style).to.have.property('color', '#777777');
  });

  it('colour by a field whose values are known from the file, and back', () => {
    const one = look.colorBy(mapping(), null, new Map());
    expect(sound(one).style).to.have.property('color').that.matches(/^#/);
    const named = sound(look.colorBy(one, 'name', new Map([['name', ['a', 'b']]])));
    expect(named.style).to.have.nested.property('color.classes').that.has.all.keys('a', 'b');
    expect(named.kind).to.equal('name');
    expect(sound(look.setColor(mapping(), 'town', '#ABCDEF')).style).to.have.nested.property(
      'color.classes.town',
      '#abcdef',
    );
  });

  it('date the layer with its records', () => {
    const day = edit.setDates(mapping(), 'pcode', null);
    expect(sound(day).time).to.equal('instant');
    expect(day.record.valid_to).to.deep.equal({ column: 'pcode' });
    expect(sound(edit.setDates(day, 'pcode', 'name')).time).to.equal('interval');
    const none = edit.setDates(day, null, null);
    expect(sound(none).time).to.equal(null);
    expect(none.record).not.to.have.any.keys('valid_from', 'valid_to', 'date_precision');
  });

  it('send records to a layer that is there, by the names of its fields', () => {
    const collection = {
      id: 'places',
      azalai: { fields: [{ name: 'name' }, { name: 'pop_ulation' }, { name: 'rank' }] },
    };
    const sent = edit.intoLayer(mapping(), 'append', collection as never, ['pcode', 'name', 'Population']);
    expect(sent.target).to.deep.equal({ mode: 'append', collection: 'places' });
    expect(sent.fields).to.deep.equal({ name: { column: 'name' }, pop_ulation: { column: 'Population' } });
  });

  it('say to every record who may see it', () => {
    const kept = edit.setHandling(mapping(), 'internal');
    expect(sound(kept).handling).to.equal('internal');
    expect(kept.record.handling).to.deep.equal({ constant: 'internal' });
  });
});

describe('events of the server', () => {
  it('are read whatever the pieces in which they come', async () => {
    const text = 'retry: 2000\n\nevent: upload\ndata: {"a":"é"}\n\n: \n\nevent: gone\r\ndata: {}\r\n\r\n';
    for (const size of [1, 3, 1000]) {
      const bytes = new TextEncoder().encode(text);
      const stream = new ReadableStream<Uint8Array>({
        start(controller) {
          for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
          controller.close();
        },
      });
      const events: unknown[] = [];
      for await (const event of eventsIn(stream)) events.push(event);
      expect(events, `pieces of ${size}`).to.deep.equal([
        { event: 'upload', data: '{"a":"é"}' },
        { event: 'gone', data: '{}' },
      ]);
    }
  });
});

describe('records with an issue on the map', () => {
  const point = (lon: number, lat: number) => ({ type: 'Point' as const, coordinates: [lon, lat] });
  it('are drawn on both sides with the way between, where they were moved', () => {
    const records = [
      { id: 1, geometry: point(2, 15), before: point(-2, 15) },
      { id: 2, geometry: point(3, 15), before: point(3, 15) },
      { id: 3, geometry: null, before: point(4000, 15) },
    ];
    const { features } = toSides(records, 2);
    expect(features.map(({ properties }) => [properties?.record, properties?.side, properties?.faint])).to.deep.equal([
      [1, 'way', true],
      [1, 'before', true],
      [1, 'after', true],
      [2, 'after', false],
    ]);
  });

  it('are looked at whole, but for what lies off the map', () => {
    expect(boxOf([point(2, 15), null, point(-2, 16), point(4000, 0)])).to.deep.equal([-2, 15, 2, 16]);
    expect(boxOf([null, point(0, 99)])).to.equal(null);
  });
});
