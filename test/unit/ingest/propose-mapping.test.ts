import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { type Layer, LayerSchema, RECORD_FIELDS, RESERVED_NAMES } from '../../../server/core/layer.ts';
import { type Mapping, MappingSchema } from '../../../server/core/mapping.ts';
import { type Proposal, proposeMapping } from '../../../server/ingest/propose-mapping.ts';
import { reportOn } from '../../../server/ingest/report.ts';
import { LIMITS, type SourceFile } from '../../../server/ingest/source.ts';
import { openFile } from '../../../server/jobs/import/open-file.ts';
import { inMemory } from '../../support/readings.ts';

const DATA = path.resolve(import.meta.dirname, '../../../../shared/data');
const UPLOAD = '01234567-89ab-cdef-0123-456789abcdef';

async function proposalOf(file: SourceFile, layers: readonly Layer[] = []): Promise<Proposal> {
  const report = await reportOn(file, LIMITS, { today: '2026-11-21' });
  const proposal = proposeMapping({ report, fileName: file.name, layers, upload: UPLOAD });
  // Whatever is proposed can be stored and published: it is a mapping, and its layer a layer.
  MappingSchema.parse(proposal.mapping);
  const { target } = proposal.mapping;
  if (target.mode === 'new') {
    LayerSchema.parse({ ...target.layer, data: 'documented/x.geojson' });
    const names = new Set(target.layer.fields.map(({ name }) => name));
    for (const name of Object.keys(proposal.mapping.fields)) expect([...names], 'fields of the layer').to.include(name);
  }
  return proposal;
}

const proposed = (name: string, text: string, layers?: readonly Layer[]) => proposalOf(inMemory(text, name), layers);

function layerOf({ target }: Mapping): Omit<Layer, 'data'> {
  if (target.mode !== 'new') throw new Error(`not a new layer: ${target.mode}`);
  return target.layer;
}

const known = (id: string) => ({ id }) as Layer;

async function real(context: Mocha.Context, name: string, layers?: readonly Layer[]): Promise<Proposal> {
  const file = path.join(DATA, name);
  if (!existsSync(file)) {
    console.log(`      ${name} is not in ../shared/data`);
    context.skip();
  }
  const opened = await openFile(file);
  const proposal = await proposalOf(opened, layers);
  await opened.close();
  return proposal;
}

describe('the mapping that is proposed for a file', () => {
  it('makes a layer of a file of no known kind, with a field for each column that has values', async () => {
    const rows = Array.from(
      { length: 12 },
      (_, n) => `${n},14.${n},-4.2,${n % 2 ? 'IED' : 'raid'},2023-04-0${(n % 9) + 1},${n}.5,,Ansongo`,
    );
    const { mapping, profile } = await proposed(
      'Incidents 2023 (final).csv',
      ['id,lat,lon,Type,Date,Distance km,Empty,Source', ...rows].join('\n'),
    );
    const layer = layerOf(mapping);
    expect(profile).to.equal(null);
    expect(layer).to.include({ id: 'incidents_2023_final', geometry: 'point', time: 'instant', kind: 'type' });
    expect(layer.title.en).to.equal('Incidents 2023 (final)');
    expect(layer.fields.map(({ name, type }) => [name, type])).to.deep.equal([
      ['file_id', 'integer'],
      ['type', 'string'],
      ['date', 'date'],
      ['distance_km', 'number'],
      ['file_source', 'string'],
    ]);
    expect(layer.style).to.deep.include({ type: 'circle' });
    expect(Object.keys((layer.style as { color: { classes: object } }).color.classes)).to.have.members(['IED', 'raid']);
    expect(mapping.record).to.deep.include({
      record_id: { column: 'id' },
      valid_from: { column: 'Date' },
      valid_to: { column: 'Date' },
      source: { constant: 'upload-01234567' },
    });
  });

  it('renames columns that are called as something of the server, so that the layer is sound', async () => {
    const names = [...RESERVED_NAMES, ...RECORD_FIELDS.map(({ name }) => name)];
    const header = ['lat', 'lon', ...names].join(',');
    const row = ['14', '-4', ...names.map((name) => `of ${name}`)].join(',');
    const { mapping } = await proposed('names.csv', `${header}\n${row}\n`);
    const layer = layerOf(mapping);
    for (const name of ['given', 'geojson', 'geom', 'constructor', 'note'])
      expect(mapping.fields).to.have.deep.property(`file_${name}`, { column: name });
    expect(layer.fields.map(({ name }) => name)).to.have.lengthOf(names.length);
    expect(LayerSchema.safeParse(layer).error?.issues ?? []).to.deep.equal([]);
  });

  it('passes nothing on that nobody has permitted, and calls nothing documented that nobody has documented', async () => {
    const layer = layerOf((await proposed('a.csv', 'lat,lon,a\n14,-4,x\n15,-4,y\n')).mapping);
    expect(layer.licence).to.deep.equal({ name: 'not stated', redistribution: false });
    expect(layer.nature).to.equal('approximate');
  });

  it('takes an id that is free, and says the month first only where a date leaves no other reading', async () => {
    const text = 'lat,lon,date\n14,-4,03/25/2020\n15,-4,04/05/2020\n';
    const { mapping } = await proposed('attacks.csv', text, [known('attacks'), known('attacks_2')]);
    expect(layerOf(mapping).id).to.equal('attacks_3');
    expect(mapping.dateOrder).to.equal('month-day');
    expect((await proposed('b.csv', 'lat,lon,date\n14,-4,03/05/2020\n')).mapping.dateOrder).to.equal('day-month');
  });

  it('takes lines for lines, and no column for a key that is not filled in every row', async () => {
    const line = (properties: object) => ({
      type: 'Feature',
      properties,
      geometry: {
        type: 'LineString',
        coordinates: [
          [1, 15],
          [2, 16],
        ],
      },
    });
    const features = [line({ id: 1, name: 'a' }), line({ id: null, name: 'b' })];
    const { mapping } = await proposed('tracks.geojson', JSON.stringify({ type: 'FeatureCollection', features }));
    expect(layerOf(mapping)).to.deep.include({ geometry: 'line', time: null });
    expect(mapping.record).not.to.have.property('record_id');
  });

  it('is there for a file without a record', async () => {
    const { mapping } = await proposed('empty.geojson', '{"type":"FeatureCollection","features":[]}');
    expect(layerOf(mapping)).to.deep.include({ id: 'empty', fields: [] });
  });

  it('of the places of Mali has their key, holds them against the region they name, and gives them no date', async function run() {
    const { mapping } = await real(this, 'mli_settlements.csv');
    expect(mapping.record.record_id).to.deep.equal({ column: 'pcode' });
    expect(mapping.record).not.to.have.property('valid_from');
    expect(mapping.regions).to.deep.equal([
      { column: 'admin1Name', level: 1 },
      { column: 'admin2Name', level: 2 },
    ]);
    expect(layerOf(mapping)).to.deep.include({ id: 'mli_settlements', time: null, geometry: 'point' });
  });
});
