import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { Target } from '../../server/core/mapping.ts';
import type { FileReport } from '../../server/ingest/report.ts';
import { publish } from '../../server/jobs/publish.ts';
import { type Changes, changesQuery } from '../../server/query/staging/changes.ts';
import { migratedDatabase, type TestDatabase } from '../support/database.ts';
import { EVENTS_LAYER, eventRecord } from '../support/layers.ts';
import { check, codes, layerWith, point, type Row, stageFile, stageRows } from '../support/staging.ts';

const column = (name: string) => ({ column: name });
const TIMELESS = layerWith({ time: null });
const AREAS = layerWith({ time: null, geometry: 'polygon' });
const polygon = (...ring: [number, number][]): Row => ({
  geometry: { type: 'Polygon', coordinates: [ring] },
  properties: {},
});

describe('staged records together', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
  });
  after(() => database.close());

  it('keeps out shapes of another kind', async () => {
    const rows: Row[] = [
      point(-4, 14),
      {
        geometry: {
          type: 'LineString',
          coordinates: [
            [0, 1],
            [1, 2],
          ],
        },
        properties: {},
      },
      { geometry: { type: 'MultiPoint', coordinates: [[3, 14]] }, properties: {} },
      {
        geometry: {
          type: 'MultiPoint',
          coordinates: [
            [3, 14],
            [4, 14],
          ],
        },
        properties: {},
      },
      { geometry: null, properties: {} },
      { geometry: { type: 'Point', coordinates: [-4, 14, 300] }, properties: {} },
    ];
    const { account, issues, records } = await check(database, await stageRows(database, rows), {
      layer: TIMELESS,
      mapping: { repairs: [] },
    });
    expect(codes(issues)).to.deep.equal([
      [2, 'wrong-geometry', 'error'],
      [4, 'wrong-geometry', 'error'],
    ]);
    expect(issues[0]).to.include({ value: 'LINESTRING' });
    expect(account).to.include({ read: 6, unchanged: 3, quarantined: 2, unlocated: 1 });
    expect(records.map(({ geom }) => geom).slice(2, 3)).to.deep.equal(['POINT(3 14)']);
    expect(records[5]).to.include({ geom: 'POINT(-4 14)' });
  });

  it('mends outlines that cross themselves, unless nothing of their kind is left', async () => {
    const bowTie = polygon([0, 0], [2, 2], [2, 0], [0, 2], [0, 0]);
    const flat = polygon([0, 0], [1, 1], [2, 2], [0, 0]);
    const square = polygon([0, 0], [1, 0], [1, 1], [0, 1], [0, 0]);
    const staged = await stageRows(database, [bowTie, flat, square]);
    const { issues, records, account } = await check(database, staged, { layer: AREAS, mapping: {} });
    expect(codes(issues)).to.deep.equal([
      [1, 'self-crossing', 'note'],
      [2, 'self-crossing', 'error'],
    ]);
    expect(records[0]?.geom).to.match(/^MULTIPOLYGON/);
    expect(records[0]?.geom_before).to.match(/^POLYGON/);
    expect(account).to.include({ read: 3, unchanged: 1, repaired: 1, quarantined: 1 });
    const off = await check(database, staged, { layer: AREAS, mapping: { repairs: [] } });
    expect(off.account).to.include({ read: 3, unchanged: 1, quarantined: 2 });
  });

  it('brings coordinates into longitude and latitude, by the system of the file or of the mapping', async () => {
    const staged = await stageRows(database, [point(5, 10), point(6, 20)], 0);
    const { upload } = staged;
    const table = `staging."${upload.replaceAll('-', '')}_read"`;
    await database.run({
      text: `UPDATE ${table} SET geom = CASE idx WHEN 1 THEN ST_Point(500000, 1547000) ELSE ST_Point(1e9, 1e9) END, outcome = 'unchanged'`,
      values: [],
    });
    const report = { ...staged.report, layers: staged.report.layers.map((layer) => ({ ...layer, crs: null })) };
    const told = await check(database, { upload, report }, { layer: TIMELESS, mapping: { crs: 32630 } });
    expect(codes(told.issues)).to.deep.equal([[2, 'position-range', 'error']]);
    expect(told.records[0]).to.include({ geom: 'POINT(-3 13.99343)', outcome: 'unchanged' });
    const silent = await check(database, { upload, report }, { layer: TIMELESS, mapping: {} });
    expect(codes(silent.issues)).to.deep.equal([[null, 'crs-unknown', 'error']]);
    expect(silent.account).to.include({ read: 2, quarantined: 2 });
    const strange = await check(database, { upload, report }, { layer: TIMELESS, mapping: { crs: 899_123 } });
    expect(strange.issues[0]).to.include({ code: 'crs-unknown', value: 'EPSG:899123' });
    const wkt = await database.run<{ srtext: string }>({
      text: 'SELECT srtext FROM spatial_ref_sys WHERE srid = 32630',
      values: [],
    });
    const layers = report.layers.map((layer) => ({ ...layer, crs: wkt[0]?.srtext ?? '' }));
    const spoken = await check(database, { upload, report: { ...report, layers } }, { layer: TIMELESS, mapping: {} });
    expect(spoken.records[0]).to.include({ geom: 'POINT(-3 13.99343)', outcome: 'unchanged' });
  });

  it('counts what could not be read at all, of the layer of the file that is asked for', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'azalai-account-'));
    try {
      const file = path.join(folder, 'rows.csv');
      writeFileSync(file, 'name,lon,lat\na,-4,14\nb,here,14\nc,,\nd,-3,14\ne,200,14\n');
      const staged = await stageFile(database, file);
      const table = `staging."${staged.upload.replaceAll('-', '')}_read"`;
      // Some readers give a row for what they cannot read, and some an issue only.
      await database.run({ text: `DELETE FROM ${table} WHERE idx = 2`, values: [] });
      const { account } = await check(database, staged, { layer: TIMELESS, mapping: {} });
      expect(account).to.include({ read: 5, unchanged: 2, unlocated: 1, quarantined: 2 });
      expect(account.read).to.equal(staged.report.account.read);
      expect(account.issues).to.deep.equal([
        { code: 'coordinate-not-a-number', severity: 'error', count: 1 },
        { code: 'position-range', severity: 'error', count: 1 },
      ]);
      // The same rows as two layers of a file: the row that could not be read is in the first.
      await database.run({ text: `UPDATE ${table} SET part = 1 WHERE idx > 3`, values: [] });
      const layers = [0, 1].map(() => staged.report.layers[0] as FileReport['layers'][number]);
      const parted = { ...staged, report: { ...staged.report, layers } };
      const first = await check(database, parted, { layer: TIMELESS, mapping: { part: 0 } });
      expect(first.account).to.include({ read: 3, unchanged: 1, unlocated: 1, quarantined: 1 });
      const second = await check(database, parted, { layer: TIMELESS, mapping: { part: 1 } });
      expect(second.account).to.include({ read: 2, unchanged: 1, unlocated: 0, quarantined: 1 });
      expect(second.account.issues).to.deep.equal([{ code: 'position-range', severity: 'error', count: 1 }]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('leaves out exact copies, and only exact ones', async () => {
    const rows = [
      point(-4, 14, { a: 1 }),
      point(-4, 14, { a: 1 }),
      point(-4, 14, { a: 2 }),
      point(-4.1, 14, { a: 1 }),
      point(-4, 14, { a: 1 }),
    ];
    const staged = await stageRows(database, rows);
    const { account, issues } = await check(database, staged, { layer: TIMELESS, mapping: {} });
    expect(codes(issues)).to.deep.equal([
      [2, 'duplicate-exact', 'note'],
      [5, 'duplicate-exact', 'note'],
    ]);
    expect(account).to.include({ read: 5, unchanged: 3, skipped: 2 });
    const off = await check(database, staged, { layer: TIMELESS, mapping: { repairs: [] } });
    expect(off.account).to.include({ read: 5, unchanged: 5 });
    expect(codes(off.issues)[0]).to.deep.equal([2, 'duplicate-exact', 'warning']);
  });

  it('keeps the first of an id, and of records that are brought up to date the newest', async () => {
    const rows = [
      point(-4, 14, { id: 'x', n: 1 }),
      point(-4, 15, { id: 'x', n: 9 }),
      point(-4, 16, { id: 'x', n: 3 }),
      point(-4, 16, { id: 'y', n: 3 }),
      { ...point(-4, 17, { n: 3 }), geometry: null },
      point(-4, 18, { n: 3 }),
    ];
    const staged = await stageRows(database, rows);
    const mapping = { fields: { killed: column('n') }, record: { record_id: column('id') } };
    const plain = await check(database, staged, { layer: TIMELESS, mapping });
    expect(codes(plain.issues)).to.deep.equal([
      [2, 'id-duplicate', 'error'],
      [3, 'id-duplicate', 'error'],
    ]);
    expect(plain.account).to.include({ read: 6, quarantined: 2, unlocated: 1, unchanged: 3 });
    const target = (newer: string | null) => ({ mode: 'upsert', collection: 'events', newer });
    const newest = await check(database, staged, {
      layer: TIMELESS,
      mapping: { ...mapping, target: target('killed') },
    });
    expect(newest.records.map(({ outcome }) => outcome)).to.deep.equal([
      'skipped',
      'unchanged',
      'skipped',
      'unchanged',
      'unlocated',
      'unchanged',
    ]);
    const dated = {
      ...mapping,
      record: {
        ...mapping.record,
        valid_from: { column: 'n', values: { '1': '2020-01-02', '9': '2020-01-01', '3': null } },
      },
    };
    const byDate = await check(database, staged, {
      layer: layerWith({ time: 'interval' }),
      mapping: { ...dated, target: target('valid_from') },
    });
    expect(byDate.records.map(({ outcome }) => outcome).slice(0, 3)).to.deep.equal(['unchanged', 'skipped', 'skipped']);
    const last = await check(database, staged, { layer: TIMELESS, mapping: { ...mapping, target: target(null) } });
    expect(last.records.map(({ outcome }) => outcome).slice(0, 3)).to.deep.equal(['skipped', 'skipped', 'unchanged']);
    expect(codes(last.issues)[0]).to.deep.equal([1, 'id-duplicate', 'note']);
  });

  it('asks a list of records to delete for nothing but ids', async () => {
    const rows = ['x', 'x', 'y', 'z'].map((id, n) => ({ geometry: null, properties: { id, n } }));
    const { account, records } = await check(database, await stageRows(database, rows), {
      layer: EVENTS_LAYER,
      mapping: { record: { record_id: column('id') }, target: { mode: 'delete', collection: 'events' } },
    });
    expect(account).to.include({ read: 4, unchanged: 3, skipped: 1, unlocated: 0 });
    expect(records[0]).to.include({ record_id: 'x' });
  });

  it('finds records of a kind within a kilometre and a day of one another', async () => {
    const rows: [string, string, number, number][] = [
      ['a', '2022-05-01', -4.0001, 14.0001],
      // 890 m on, in another cell, the day after.
      ['a', '2022-05-02', -4.0001, 13.9921],
      ['a', '2022-05-03', -4.0001, 14.0001],
      ['b', '2022-05-01', -4.0001, 14.0001],
      ['a', '2022-05-01', -4.0001, 14.02],
    ];
    // On both sides of every line between cells, wherever it is.
    const steps = Array.from({ length: 50 }, (_, n) => n);
    const along = steps.flatMap((n) =>
      [0, 0.007].flatMap((next) => [
        point(n / 2, 14 + n * 0.002 + next, { kind: 'a', day: '2022-05-01', next }),
        point(n / 2 + n * 0.002 + next, 24, { kind: 'a', day: '2022-05-01', next }),
      ]),
    );
    const near = await check(database, await stageRows(database, along), {
      layer: EVENTS_LAYER,
      mapping: { fields: { kind: column('kind') }, record: { valid_from: column('day') } },
    });
    expect(near.account.issues).to.deep.equal([{ code: 'duplicate-near', severity: 'warning', count: 100 }]);
    // On every day of a span of days, before 2000 too.
    for (let shift = 0; shift < 4; shift++) {
      const days = ['1999-12-30', '2022-05-01'].map((day) => Date.parse(day) + shift * 86_400_000);
      const pairs = days.flatMap((day, n) =>
        [0, 1].map((next) =>
          point(2 * n, 14, { kind: 'a', day: new Date(day + next * 86_400_000).toISOString().slice(0, 10), next }),
        ),
      );
      const { issues } = await check(database, await stageRows(database, pairs), {
        layer: EVENTS_LAYER,
        mapping: { fields: { kind: column('kind') }, record: { valid_from: column('day') } },
      });
      expect(codes(issues)).to.deep.equal([
        [2, 'duplicate-near', 'warning'],
        [4, 'duplicate-near', 'warning'],
      ]);
    }
    const given = rows.map(([kind, day, lon, lat], n) => point(lon, lat, { kind, day, n }));
    const { issues, account } = await check(database, await stageRows(database, given), {
      layer: EVENTS_LAYER,
      mapping: { fields: { kind: column('kind') }, record: { valid_from: column('day') } },
    });
    expect(issues.map(({ idx, code, value }) => [idx, code, value])).to.deep.equal([
      [2, 'duplicate-near', 'record 1'],
      [3, 'duplicate-near', 'record 2'],
    ]);
    expect(account).to.include({ read: 5, unchanged: 5 });
  });

  it('takes no copy that is left out for a near record', async () => {
    const rows = [0, 0, 3].map((lon) => point(lon, 14, { kind: 'a', day: '2022-05-01' }));
    const { issues, records } = await check(database, await stageRows(database, rows), {
      layer: EVENTS_LAYER,
      mapping: {
        ...{ fields: { kind: column('kind') }, record: { valid_from: column('day') } },
        repairs: ['duplicate-exact'],
      },
    });
    expect(records.map(({ outcome }) => outcome)).to.deep.equal(['unchanged', 'skipped', 'unchanged']);
    expect(codes(issues)).to.deep.equal([[2, 'duplicate-exact', 'note']]);
  });

  it('tells what publishing would change', async () => {
    const old = (id: string, lon: number, killed: number, n: number) =>
      eventRecord(n, lon, 14, {
        record_id: id,
        killed,
        note: null,
        source: 's',
        locator: 'l',
        tags: null,
        precision_m: null,
        recorded_at: '2020-01-01',
      });
    const records = [old('same', -4, 1, 1), old('moved', -4, 1, 2), old('gone', -4, 1, 3), old('fewer', -4, 9, 4)];
    await database.transaction((run) => publish(run, EVENTS_LAYER, records, { generation: 1, seedHash: null }));
    const given: [string, number, number][] = [
      ['same', -4, 1],
      ['moved', -5, 2],
      ['fewer', -4, 3],
      ['new', -4, 1],
    ];
    const staged = await stageRows(
      database,
      given.map(([id, lon, n]) => point(lon, 14, { id, n, kind: 'a', day: '2022-05-01' })),
    );
    const mapping = {
      fields: { killed: column('n'), kind: column('kind') },
      record: {
        record_id: column('id'),
        valid_from: column('day'),
        confidence: { constant: 'documented' },
        source: { constant: 's' },
        locator: { constant: 'l' },
      },
    };
    await check(database, staged, { layer: EVENTS_LAYER, mapping });
    const changes = async (target: Omit<Target, 'collection'>) => {
      const query = changesQuery(staged, EVENTS_LAYER, { table: 'events_1' }, {
        collection: 'events',
        ...target,
      } as Target);
      return (await database.run<Changes>(query))[0];
    };
    expect(await changes({ mode: 'replace' })).to.deep.equal({ added: 1, changed: 2, removed: 1, same: 1 });
    expect(await changes({ mode: 'append' })).to.deep.equal({ added: 1, changed: 2, removed: 0, same: 1 });
    expect(await changes({ mode: 'upsert', newer: 'killed' } as never)).to.deep.equal({
      added: 1,
      changed: 1,
      removed: 0,
      same: 2,
    });
    expect(await changes({ mode: 'delete' })).to.deep.equal({ added: 0, changed: 0, removed: 3, same: 1 });
  });
});
