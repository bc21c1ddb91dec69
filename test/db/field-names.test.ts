import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { type Layer, LayerSchema, RECORD_FIELDS, RESERVED_NAMES, recordFields } from '../../server/core/layer.ts';
import { MappingSchema } from '../../server/core/mapping.ts';
import { type LayerRecord, parseRecords } from '../../server/core/record.ts';
import { readCatalogue } from '../../server/db/catalogue.ts';
import { publish } from '../../server/jobs/publish.ts';
import { publishUpload } from '../../server/jobs/publish-upload.ts';
import { FULL_ACCESS } from '../../server/query/filter.ts';
import { hexesQuery } from '../../server/query/hexes.ts';
import { itemTextsPageQuery } from '../../server/query/item-texts.ts';
import { itemQuery } from '../../server/query/items.ts';
import { itemsPageQuery } from '../../server/query/items-page.ts';
import { seriesQuery } from '../../server/query/series.ts';
import { tileQuery } from '../../server/query/tile.ts';
import { previewRecords, previewTile } from '../../server/query/upload-tile.ts';
import { diffCounts, diffRecords } from '../../server/query/version-diff.ts';
import { migratedDatabase, type TestDatabase } from '../support/database.ts';
import { EVENTS, eventRecord } from '../support/layers.ts';
import { check, stageRows } from '../support/staging.ts';
import { decodeTile } from '../support/vector-tile.ts';

const QUERIES = path.resolve(import.meta.dirname, '../../server/query');

/** Whatever the queries call something: `x AS name`, `name AS (`, `AS t (name, name)`. */
function aliases(): string[] {
  const files = readdirSync(QUERIES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const text = files.map((name) => readFileSync(path.join(QUERIES, name), 'utf8')).join('\n');
  const named = [...text.matchAll(/\bAS ([a-z][a-z0-9_]*)(?: ?\(([a-z0-9_, ]+)\))?/g)];
  const begun = [...text.matchAll(/\b([a-z][a-z0-9_]*) AS (?:MATERIALIZED )?\(/g)];
  const names = named.flatMap(([, name, columns = '']) => [name, ...columns.split(',').map((part) => part.trim())]);
  const all = new Set([...names, ...begun.map(([, name]) => name)]);
  return [...all].filter((name): name is string => name !== undefined && /^[a-z][a-z0-9_]{0,47}$/.test(name));
}

const TAKEN = new Set([...RESERVED_NAMES, ...RECORD_FIELDS.map(({ name }) => name)]);
const NAMES = aliases().filter((name) => !TAKEN.has(name) && name !== 'kind' && name !== 'killed');
const ownValue = (name: string) => `of ${name}`;
const VALUES = Object.fromEntries(NAMES.map((name) => [name, ownValue(name)]));
const fieldOf = (name: string) => ({ name, type: 'string', title: { en: name, fr: name }, tile: true });
const FILTER = { access: FULL_ACCESS };

describe('fields called what the queries call something', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
  });
  after(() => database.close());

  const POINTS = { ...EVENTS, fields: [...EVENTS.fields, ...NAMES.map(fieldOf)] };
  const AREAS = {
    ...{ ...POINTS, id: 'areas', geometry: 'polygon', kind: undefined, measures: [], data: undefined },
    style: { type: 'fill', color: '#112233', label: { field: 'name' } },
  };
  const SQUARE = [
    [-4, 14],
    [-3, 14],
    [-3, 15],
    [-4, 15],
    [-4, 14],
  ];

  async function served(definition: object, record: object) {
    const layer = LayerSchema.parse(definition);
    const records: LayerRecord[] = parseRecords(layer, { type: 'FeatureCollection', features: [record] });
    await database.transaction((run) => publish(run, layer, records, { generation: 7, seedHash: null }));
    return (await readCatalogue(database.run)).get(layer.id);
  }

  /** Of a record, or of an attribute list: everything under its own name. */
  const expectOwn = (properties: unknown, what: string) => expect(properties, what).to.include(VALUES);

  it('knows such names', () => {
    expect(NAMES).to.include.members(['record', 'cells', 'stamp', 'name', 'typed']);
    expect(NAMES.length).to.be.greaterThan(100);
    expect(aliases()).to.include.members(['given', 'feature', 'label', 'geojson', 'nth', 'apart', 'fault']);
  });

  for (const [what, definition, geometry] of [
    ['points', POINTS, undefined],
    ['areas', AREAS, { type: 'Polygon', coordinates: [SQUARE] }],
  ] as const) {
    it(`are read of ${what}`, async () => {
      const plain = eventRecord(1, -4, 14, VALUES);
      const layer = await served(definition, geometry ? { ...plain, geometry } : plain);
      const page = { fields: recordFields(layer), order: [], limit: 10 };
      const [row] = await database.run(itemsPageQuery(layer, FILTER, page));
      expectOwn(row, 'an item');
      expect(JSON.parse((row as { geojson: string }).geojson)).to.have.property('type');
      const [texts] = await database.run<string[]>(itemTextsPageQuery(layer, FILTER, page));
      expectOwn(JSON.parse(texts?.[1] as string).properties, 'an item as text');
      expectOwn((await database.run(itemQuery(layer, FILTER, 1)))[0], 'one item');
      for (const coord of [
        { z: 5, x: 15, y: 14 },
        { z: 12, x: 2002, y: 1887 },
      ]) {
        const [tile] = await database.run<{ mvt: Buffer }>(tileQuery([layer], coord, [FILTER]));
        const drawn = decodeTile(tile?.mvt as Buffer)[layer.id] ?? [];
        expect(drawn).to.have.lengthOf(1);
        for (const { properties } of drawn) expectOwn(properties, `a tile of zoom ${coord.z}`);
      }
      const pair = { from: layer.table, to: layer.table, columns: [...NAMES, 'geom', 'valid'], access: FULL_ACCESS };
      expect((await database.run(diffCounts(pair, layer)))[0]).to.include({ same: 1, changed: 0 });
      expect(await database.run(diffRecords(pair, layer, { limit: 5, after: null }))).to.deep.equal([]);
      if (geometry) return;
      expect(await database.run(hexesQuery(layer, 5, FILTER))).to.have.lengthOf(1);
      expect(await database.run(seriesQuery(layer, 5, FULL_ACCESS))).to.have.lengthOf(1);
    });
  }

  it('are brought and published', async () => {
    const id = 'brought';
    const { data: _, ...definition } = { ...POINTS, id };
    const columns = Object.fromEntries(NAMES.map((name) => [name, { column: name }]));
    const layer: Layer = LayerSchema.parse(definition);
    const fields = { ...columns, kind: { column: 'kind' } };
    const record = { record_id: { column: 'Its Key' }, valid_from: { column: 'Its Day' } };
    const bring = async (target: object) => {
      const properties = { ...VALUES, kind: 'a', 'Its Key': 'one', 'Its Day': '2022-05-01' };
      const rows = [{ geometry: { type: 'Point', coordinates: [-4, 14] }, properties }];
      const staged = await stageRows(database, rows);
      await database.run({
        text: "INSERT INTO azalai.upload (id, name, state, report, mapping) VALUES ($1, 'x', 'ready', '{}', '{}')",
        values: [staged.upload],
      });
      const mapping = { fields, record, target };
      await check(database, staged, { layer, mapping });
      for (let first = 0; first < NAMES.length; first += 30) {
        const some = NAMES.slice(first, first + 30);
        const part = { ...layer, fields: layer.fields.filter(({ name }) => name === 'kind' || some.includes(name)) };
        const [seen] = await database.run<{ properties: object }>(previewRecords(staged, part, 'after'));
        expect(seen?.properties).to.include(Object.fromEntries(some.map((name) => [name, ownValue(name)])));
      }
      await database.run(previewTile(staged, layer, 'after', { z: 5, x: 15, y: 14 }, 1));
      await publishUpload(database.transaction, { upload: staged.upload, mapping: MappingSchema.parse(mapping) });
      const served = (await readCatalogue(database.run)).get(id);
      expectOwn((await database.run(itemQuery(served, FILTER, 1)))[0], JSON.stringify(target).slice(0, 30));
    };
    await bring({ mode: 'new', layer: definition });
    await bring({ mode: 'replace', collection: id });
    await bring({ mode: 'upsert', collection: id, newer: null });
    await bring({ mode: 'upsert', collection: id, newer: 'stamp' });
  });
});
