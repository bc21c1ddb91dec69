import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { latLngToCell } from 'h3-js';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { toCollection } from '../../server/core/collection.ts';
import { LayerSchema } from '../../server/core/layer.ts';
import { toLegend } from '../../server/core/legend.ts';
import { MappingSchema } from '../../server/core/mapping.ts';
import { toQueryables } from '../../server/core/queryables.ts';
import { readCatalogue } from '../../server/db/catalogue.ts';
import { type Database, openDatabase } from '../../server/db/database.ts';
import { LicenceForbids, PublishConflict } from '../../server/jobs/publish/errors.ts';
import { publishUpload, type ToPublish } from '../../server/jobs/publish-upload.ts';
import { restoreVersion } from '../../server/jobs/restore-version.ts';
import { seed } from '../../server/jobs/seed.ts';
import { recordTable } from '../../server/query/tables.ts';
import { type VersionRow, versionsQuery } from '../../server/query/versions.ts';
import { GEODATA, migratedDatabase, type TestDatabase } from '../support/database.ts';
import { EVENTS } from '../support/layers.ts';
import { check, point, type Row, stageRows } from '../support/staging.ts';

const column = (name: string) => ({ column: name });

const FIELDS = [...EVENTS.fields, { name: 'seen', type: 'datetime', title: { en: 'Seen', fr: 'Vu' } }];
const { data: _, ...DEFINITION } = { ...EVENTS, fields: FIELDS };
const MAPPED = {
  fields: { kind: column('kind'), killed: column('killed'), seen: column('seen') },
  record: { record_id: column('id'), valid_from: column('day') },
};

for (const [way, isBeside] of [
  ['in one transaction', false],
  ['made and indexed on connections beside it', true],
] as const)
  describe(`publishing an upload, ${way}`, () => {
    let database: TestDatabase;
    /** Connections beside those of the transactions that publish. */
    let beside: Database;
    const publishOne = (toPublish: ToPublish) =>
      publishUpload(database.transaction, {
        ...toPublish,
        ...(isBeside ? { beside: beside.transaction, besideFrom: 0 } : {}),
      });
    before(async () => {
      database = await migratedDatabase();
      beside = openDatabase(database.connection, () => undefined);
    });
    after(async () => {
      await beside.close();
      await database.close();
    });
    afterEach(async () => {
      expect(await passing(), 'tables that are left').to.deep.equal([]);
    });

    /** A layer of its own for each test. */
    let id: string;
    beforeEach(() => {
      id = `l${randomUUID().replaceAll('-', '').slice(0, 12)}`;
    });

    const query = (text: string, ...values: unknown[]) => ({ text, values });
    const event = (name: string, lon: number, lat: number, more: Record<string, unknown> = {}): Row =>
      point(lon, lat, { id: name, kind: 'a', killed: 1, day: '2022-05-01', ...more });
    const asNew = (changes: Record<string, unknown> = {}) => ({
      mode: 'new',
      layer: { ...DEFINITION, id, ...changes },
    });
    const to = (mode: string, more: Record<string, unknown> = {}) => ({ mode, collection: id, ...more });

    /** Stages rows and checks them; gives what publishes them. */
    async function prepared(
      rows: readonly Row[],
      target: Record<string, unknown>,
      profile: string | null = null,
      record: Record<string, unknown> = {},
    ) {
      const staged = await stageRows(database, rows);
      const mapping = { ...MAPPED, record: { ...MAPPED.record, ...record }, target };
      await database.run(
        query(
          "INSERT INTO azalai.upload (id, name, state, report, mapping) VALUES ($1, 'x', 'ready', $2, $3)",
          staged.upload,
          JSON.stringify({ profile }),
          JSON.stringify(mapping),
        ),
      );
      const layer = LayerSchema.parse({ ...DEFINITION, id, ...(target.layer as object | undefined) });
      await check(database, staged, { layer, mapping });
      return { upload: staged.upload, mapping: MappingSchema.parse(mapping) };
    }
    const publish = async (...given: Parameters<typeof prepared>) => publishOne(await prepared(...given));
    const failure = (work: Promise<unknown>) => work.then(() => undefined).catch((error: Error) => error);

    const layerOf = async () => (await readCatalogue(database.run)).get(id);
    async function records(): Promise<Record<string, unknown>[]> {
      const table = recordTable(await layerOf()).strings.join('');
      return database.run(
        query(`SELECT fid, record_id, kind, killed, seen, reliability, to_hex(h3_base) AS cell, ST_AsText(geom) AS place,
        ST_AsText(geom_3857, 0) AS flat FROM ${table} ORDER BY fid`),
      );
    }
    const ids = async () => (await records()).map(({ fid, record_id, killed }) => [fid, record_id, killed]);
    /** Tables that are there only while something is published. */
    const passing = async () =>
      (
        await database.run<{ tablename: string }>(
          query(`SELECT tablename FROM pg_tables WHERE schemaname = 'staging' AND tablename ~ '_(version|plan|cell)$'`),
        )
      ).map(({ tablename }) => tablename);
    const versions = () => database.run<VersionRow>(versionsQuery(id));

    it('makes a new layer, with a cell for each point, and notes it with the upload', async () => {
      const { upload, mapping } = await prepared(
        [
          event('a', -4, 14, { seen: '2022-05-01T06:30:00Z' }),
          event('b', 0, 90),
          { geometry: null, properties: { id: 'c' } } as unknown as Row,
        ],
        asNew(),
      );
      const published = await publishOne({ upload, mapping });
      expect(published).to.include({ collection: id, count: 2 });
      expect(await layerOf()).to.include({ generation: published.generation, count: 2 });
      const [first, second] = await records();
      expect(first).to.include({ fid: 1, record_id: 'a', kind: 'a', reliability: null, place: 'POINT(-4 14)' });
      expect(first?.cell).to.equal(latLngToCell(14, -4, 9));
      expect((first as { seen: Date }).seen.toISOString()).to.equal('2022-05-01T06:30:00.000Z');
      expect(second).to.include({ place: 'POINT(0 90)', flat: 'POINT(0 20037507)' });
      const [row] = await database.run(
        query('SELECT state, collection, generation FROM azalai.upload WHERE id = $1', upload),
      );
      expect(row).to.deep.equal({ state: 'published', collection: id, generation: published.generation });
      const [version] = await versions();
      expect(version).to.include({ generation: published.generation, origin: 'upload', upload, count: 2 });
    });

    it('names no value that only records have which are not public', async () => {
      const values = ['a', 'b', 'hidden', 'of none'].map((value) => ({ value, title: { en: value, fr: value } }));
      const classes = { a: '#112233', b: '#445566', hidden: '#778899', 'of none': '#aabbcc' };
      const changes = {
        fields: FIELDS.map((field) => (field.name === 'kind' ? { ...field, values } : field)),
        style: { ...EVENTS.style, color: { by: 'kind', classes, other: '#999999' } },
      };
      const staged = async (target: Record<string, unknown>, rows: readonly Row[]) => {
        const toPublish = await prepared(rows, target, null, { handling: column('who') });
        await publishOne(toPublish);
        return layerOf();
      };
      const rows = [
        event('1', -4, 14, { kind: 'a', who: 'public' }),
        event('2', -4, 14, { kind: 'a', who: 'internal' }),
        event('3', -4, 14, { kind: 'b', who: 'public' }),
        event('4', -4, 14, { kind: 'hidden', who: 'restricted' }),
      ];
      const layer = await staged(asNew(changes), rows);
      const told = [toQueryables(layer, 'http://x', 'en'), toCollection(layer, 'http://x'), toLegend(layer), layer];
      for (const text of told.map((part) => JSON.stringify(part))) expect(text).to.not.include('hidden');
      const { hidden: _hidden, ...others } = classes;
      expect(layer.style).to.have.deep.property('color', { by: 'kind', classes: others, other: '#999999' });
      // The records are whole, and what is brought later is too.
      expect((await records()).map(({ kind }) => kind)).to.deep.equal(['a', 'a', 'b', 'hidden']);

      const all = await staged({ ...asNew(changes), layer: { ...DEFINITION, id: `${id}_all`, ...changes } }, [
        event('1', -4, 14, { kind: 'hidden', who: 'public' }),
        event('2', -4, 14, { kind: 'hidden', who: 'internal' }),
      ]);
      expect(all.id).to.equal(id);
      const second = (await readCatalogue(database.run)).get(`${id}_all`);
      expect(second.fields[0]?.values).to.deep.equal(values);
      expect(second.style).to.have.deep.property('color', { by: 'kind', classes, other: '#999999' });
    });

    it('has a key, its indexes, and what is known of its columns', async () => {
      await publish([event('a', -4, 14), event('b', -3, 14)], asNew());
      const { table } = await layerOf();
      const indexes = await database.run<{ how: string }>(
        query(
          `SELECT regexp_replace(indexdef, '^CREATE( UNIQUE)? INDEX \\S+ ON \\S+ ', '\\1') AS how FROM pg_indexes
        WHERE schemaname = 'layer' AND tablename = $1 ORDER BY 1`,
          table,
        ),
      );
      expect(indexes.map(({ how }) => how)).to.deep.equal([
        ' UNIQUEUSING btree (fid)',
        'USING btree (h3_base)',
        'USING gist (geom)',
        'USING gist (geom_3857)',
        'USING spgist (valid)',
      ]);
      const [known] = await database.run(
        query(
          `SELECT reloptions, (SELECT count(*) FROM pg_stats WHERE schemaname = 'layer' AND tablename = relname AND attname = 'kind') AS stats,
          (SELECT count(*) FROM pg_constraint WHERE conrelid = class.oid AND contype = 'p') AS keys,
          (SELECT string_agg(attname, ' ' ORDER BY attname) FROM pg_attribute WHERE attrelid = class.oid AND attnotnull AND attnum > 0) AS needed
        FROM pg_class AS class WHERE relname = $1 AND relnamespace = 'layer'::regnamespace`,
          table,
        ),
      );
      expect(known).to.deep.equal({ reloptions: null, stats: 1, keys: 1, needed: 'fid geom geom_3857 h3_base' });
    });

    it('numbers what is sound in the order of the file, on from the last', async () => {
      const broken = event('x', -4, 14, { day: 'never' });
      const named = (names: string) => [...names].map((name) => (name === 'x' ? broken : event(name, -4, 14)));
      await publish(named('axb'), asNew());
      await publish(named('xcxde'), to('append'));
      expect((await ids()).map(([fid, name]) => `${fid}${name}`)).to.deep.equal(['1a', '2b', '3c', '4d', '5e']);
    });

    it('publishes an upload once', async () => {
      const toPublish = await prepared([event('a', -4, 14)], asNew());
      await publishOne(toPublish);
      const again = { ...toPublish, mapping: MappingSchema.parse({ ...toPublish.mapping, target: to('replace') }) };
      const error = await failure(publishOne(again));
      expect(error).to.be.instanceOf(PublishConflict);
      expect(await versions()).to.have.lengthOf(1);
    });

    it('appends, and refuses what is there already', async () => {
      await publish([event('a', -4, 14), event('b', -3, 14)], asNew());
      await publish([event('c', -2, 14)], to('append'));
      expect(await ids()).to.deep.equal([
        [1, 'a', 1],
        [2, 'b', 1],
        [3, 'c', 1],
      ]);
      const error = await failure(publish([event('b', -3, 15), event('d', -1, 14)], to('append')));
      expect(error).to.be.instanceOf(PublishConflict);
      expect(error?.message).to.include('1 of these').and.include('(b)').and.include('upsert');
      expect(await ids()).to.have.lengthOf(3);
    });

    it('replaces everything, and a record keeps its number', async () => {
      await publish([event('a', -4, 14), event('b', -3, 14)], asNew());
      await publish([event('c', -2, 14), event('b', -3, 15, { killed: 9 })], to('replace'));
      expect(await ids()).to.deep.equal([
        [2, 'b', 9],
        [3, 'c', 1],
      ]);
      // A number that was given up is not given again.
      await publish([event('d', -2, 14)], to('replace'));
      await publish([event('e', -2, 14)], to('replace'));
      expect(await ids()).to.deep.equal([[5, 'e', 1]]);
    });

    it('replaces the records with the same id, those only that are newer', async () => {
      await publish(
        [event('a', -4, 14), event('b', -3, 14, { killed: 5 }), event('e', 1, 14, { killed: null })],
        asNew(),
      );
      const changed = [
        event('b', -3, 15, { killed: 4, kind: 'b' }),
        event('a', -4, 15, { killed: 2 }),
        event('c', 0, 14),
        event('e', 1, 15, { killed: 1 }),
      ];
      await publish(changed, to('upsert', { newer: 'killed' }));
      expect(await ids()).to.deep.equal([
        [1, 'a', 2],
        [2, 'b', 5],
        [3, 'e', 1],
        [4, 'c', 1],
      ]);
      await publish([event('b', -3, 15, { killed: 4 })], to('upsert', { newer: null }));
      expect((await ids())[1]).to.deep.equal([2, 'b', 4]);
      const error = await failure(publish([event('b', -3, 15)], to('upsert', { newer: 'timestamp' })));
      expect(error).to.be.instanceOf(PublishConflict);
    });

    it('takes out the records with these ids, down to an empty layer', async () => {
      await publish([event('a', -4, 14), event('b', -3, 14)], asNew());
      const gone = (name: string): Row => ({ geometry: null, properties: { id: name } });
      await publish([gone('a'), gone('unknown')], to('delete'));
      expect(await ids()).to.deep.equal([[2, 'b', 1]]);
      await publish([gone('b')], to('delete'));
      expect(await ids()).to.deep.equal([]);
      expect(await layerOf()).to.include({ count: 0, bbox: null });
      await publish([event('z', -4, 14)], to('append'));
      expect(await ids()).to.deep.equal([[3, 'z', 1]]);
    });

    it('lets two publish at once, one after the other', async () => {
      await publish([event('a', -4, 14)], asNew());
      const both = await Promise.all([
        prepared([event('b', -3, 14)], to('append')),
        prepared([event('c', -2, 14)], to('append')),
      ]);
      const published = await Promise.all(both.map((one) => publishOne(one)));
      expect(published.map(({ count }) => count).toSorted()).to.deep.equal([2, 3]);
      expect((await ids()).map(([, name]) => name).toSorted()).to.deep.equal(['a', 'b', 'c']);
    });

    it('shows a reader one version whole, at any moment', async () => {
      const rows = (killed: number) => ['a', 'b', 'c', 'd'].map((name, index) => event(name, index, 14, { killed }));
      await publish(rows(0), asNew());
      const next = [await prepared(rows(1), to('replace')), await prepared(rows(2), to('upsert', { newer: null }))];
      let isOver = false;
      const seen = new Set<string>();
      const reading = (async () => {
        while (!isOver) seen.add((await ids()).map(([, name, killed]) => `${name}${killed}`).join(' '));
      })();
      for (const one of next) await publishOne(one);
      seen.add((await ids()).map(([, name, killed]) => `${name}${killed}`).join(' '));
      isOver = true;
      await reading;
      const whole = [0, 1, 2].map((killed) => `a${killed} b${killed} c${killed} d${killed}`);
      expect(whole).to.include.members([...seen]);
      expect(seen.size).to.be.at.least(2);
    });

    it('tells the second of two with the same new name', async () => {
      const both = [await prepared([event('a', -4, 14)], asNew()), await prepared([event('b', -3, 14)], asNew())];
      const settled = await Promise.allSettled(both.map((one) => publishOne(one)));
      const rejected = settled.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
      expect(rejected).to.have.lengthOf(1);
      expect(rejected[0]?.reason).to.be.instanceOf(PublishConflict);
      expect(await versions()).to.have.lengthOf(1);
    });

    it('asks for another check when the layer has changed since', async () => {
      await publish([event('a', -4, 14)], asNew());
      const late = await prepared([event('b', -3, 14)], to('append'));
      await database.run(
        query(
          `UPDATE azalai.layer SET definition = jsonb_set(definition, '{fields,1,type}', '"number"') WHERE id = $1`,
          id,
        ),
      );
      const error = await failure(publishOne(late));
      expect(error).to.be.instanceOf(PublishConflict);
      expect(error?.message).to.include('killed').and.include('again');
    });

    it('keeps rows that may not be passed on out of layers that are', async () => {
      const open = await failure(publish([event('a', -4, 14)], asNew(), 'acled'));
      expect(open).to.be.instanceOf(LicenceForbids);
      expect(open?.message).to.include('ACLED').and.include('layer of their own');
      await publish([event('a', -4, 14)], asNew());
      expect(await failure(publish([event('b', -4, 14)], to('append'), 'acled'))).to.be.instanceOf(LicenceForbids);
      await publish(
        [event('a', -4, 14)],
        asNew({ id: `${id}_own`, licence: { name: 'Terms', redistribution: false } }),
        'acled',
      );
    });

    it('leaves everything as it was when it fails', async () => {
      await publish([event('a', -4, 14)], asNew());
      const toPublish = await prepared([event('b', -3, 14)], to('append'));
      const progress = (step: string) => {
        if (step === 'roll-up') throw new Error('no more room');
      };
      expect((await failure(publishOne({ ...toPublish, progress })))?.message).to.equal('no more room');
      expect(await passing()).to.deep.equal([]);
      expect(await ids()).to.have.lengthOf(1);
      expect(await versions()).to.have.lengthOf(1);
      const [row] = await database.run(query('SELECT state FROM azalai.upload WHERE id = $1', toPublish.upload));
      expect(row).to.deep.equal({ state: 'ready' });
      await publishOne(toPublish);
      expect(await ids()).to.have.lengthOf(2);
    });

    it('brings an earlier version back as the next one', async () => {
      const { generation: first } = await publish([event('a', -4, 14), event('b', -3, 14)], asNew());
      await publish([event('a', -4, 14, { killed: 7 })], to('replace'));
      const restored = await restoreVersion(database.transaction, { layer: id, generation: first });
      expect(await ids()).to.deep.equal([
        [1, 'a', 1],
        [2, 'b', 1],
      ]);
      expect((await records())[0]?.cell).to.equal(latLngToCell(14, -4, 9));
      const [last] = await versions();
      expect(last).to.include({ generation: restored.generation, origin: 'restore', restored: first, count: 2 });
      const error = await failure(restoreVersion(database.transaction, { layer: id, generation: 1 }));
      expect(error?.name).to.equal('VersionNotFound');
    });

    it('keeps the records of as many versions as it is told', async () => {
      const generations: number[] = [];
      for (const [index, name] of ['a', 'b', 'c', 'd'].entries()) {
        const target = index === 0 ? asNew() : to('replace');
        const toPublish = await prepared([event(name, -4, 14)], target);
        const { generation } = await publishOne({ ...toPublish, versionsKept: 2 });
        generations.unshift(generation);
      }
      const kept = (await versions()).map(({ generation, table_name }) => [generation, table_name !== null]);
      expect(kept).to.deep.equal(generations.map((generation, age) => [generation, age < 2]));
      const tables = await database.run<{ name: string }>(
        query(
          "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'layer' AND starts_with(tablename, $1) ORDER BY 1",
          id,
        ),
      );
      expect(tables.filter(({ name }) => /_\d+$/.test(name))).to.have.lengthOf(2);
      const error = await failure(
        restoreVersion(database.transaction, { layer: id, generation: generations[3] as number }),
      );
      expect(error?.message).to.include('no longer kept');
    });

    it('stays as people published it when a server starts, until the shipped one is asked for', async () => {
      const seeded = await seed(database.transaction, GEODATA);
      expect(seeded).to.include('attacks');
      id = 'attacks';
      await restoreVersion(database.transaction, { layer: id, generation: (await layerOf()).generation });
      const { generation } = await layerOf();
      expect(await seed(database.transaction, GEODATA)).to.deep.equal([]);
      expect(await seed(database.transaction, GEODATA, { restore: id })).to.deep.equal([id]);
      expect((await layerOf()).generation).to.be.above(generation);
    });

    it('is stored anew when a server starts that stores in another way', async () => {
      await publish([event('a', -4, 14), event('b', -4, 14)], asNew());
      await publish([event('a', -4, 14)], to('delete'));
      const geodata = mkdtempSync(path.join(tmpdir(), 'azalai-geodata-'));
      mkdirSync(path.join(geodata, 'layers'));
      const budget = { records: 77, bytes: 500_000 };
      const { generation } = await layerOf();
      expect(await seed(database.transaction, geodata)).to.deep.equal([]);
      expect(await seed(database.transaction, geodata, { budget })).to.include(id);
      expect(await seed(database.transaction, geodata, { budget })).to.deep.equal([]);
      rmSync(geodata, { recursive: true });
      expect(await ids()).to.deep.equal([[2, 'b', 1]]);
      expect((await layerOf()).generation).to.be.above(generation);
      expect((await versions())[0]).to.include({ origin: 'restore', restored: generation });
    });

    it('takes lines and areas, also where they cross themselves or reach the pole', async () => {
      const shape = (name: string, type: string, coordinates: unknown): Row => ({
        geometry: { type, coordinates },
        properties: { id: name, kind: 'a', day: '2022-05-01' },
      });
      const ring = (...positions: [number, number][]) => [[...positions, positions[0]]];
      const style = { type: 'fill', color: '#112233', label: { field: 'kind' } };
      await publish(
        [
          shape('bow', 'Polygon', ring([-4, 14], [-3, 15], [-3, 14], [-4, 15])),
          shape('cap', 'Polygon', ring([-4, 80], [4, 80], [4, 90], [-4, 90])),
          shape('above', 'Polygon', ring([-4, 86], [4, 86], [4, 88])),
        ],
        asNew({ geometry: 'polygon', style }),
      );
      const table = recordTable(await layerOf()).strings.join('');
      const [row] = await database.run<{ count: number; north: number }>(
        query(
          `SELECT count(*) AS count, max(ST_YMax(geom_3857)) FILTER (WHERE record_id = 'cap') AS north FROM ${table}`,
        ),
      );
      expect(row?.count).to.equal(3);
      expect(row?.north).to.be.within(20_037_000, 20_037_600);
      await publish([shape('a', 'Polygon', ring([0, 1], [1, 1], [1, 2]))], to('append'));
      id = `${id}_way`;
      const line = { type: 'line', color: '#112233' };
      await publish(
        [
          shape('way', 'LineString', [
            [-4, 14],
            [-3, 90],
          ]),
          shape('ways', 'MultiLineString', [
            [
              [0, 1],
              [1, 1],
            ],
          ]),
        ],
        asNew({ geometry: 'line', style: line }),
      );
      expect(await layerOf()).to.include({ count: 2 });
    });
  });
