import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { RequestAborted } from '../../server/core/errors.ts';
import { readCatalogue } from '../../server/db/catalogue.ts';
import { openCopies } from '../../server/db/copy.ts';
import { LIMITS, type Limits } from '../../server/ingest/source.ts';
import { openFile } from '../../server/jobs/import/open-file.ts';
import { type Imported, runImport } from '../../server/jobs/import/run-import.ts';
import { stageFile } from '../../server/jobs/import/stage.ts';
import {
  deleteUpload,
  insertUpload,
  moveUpload,
  remapUpload,
  type UploadRow,
  uploadRow,
} from '../../server/query/upload-doors.ts';
import { lockUpload } from '../../server/query/uploads.ts';
import { seededDatabase, type TestDatabase } from '../support/database.ts';
import { workbook } from '../support/xlsx.ts';
import { zip } from '../support/zip.ts';

const DATA = path.resolve(import.meta.dirname, '../../../shared/data');
const TODAY = '2026-11-21';

type Json = Record<string, unknown>;
const feature = (geometry: unknown, properties: Json = {}) => ({ type: 'Feature', geometry, properties });
const point = (lon: number, lat: number, properties: Json = {}) =>
  feature({ type: 'Point', coordinates: [lon, lat] }, properties);
const collection = (...features: unknown[]) => JSON.stringify({ type: 'FeatureCollection', features });

describe('the import of a file', () => {
  let database: TestDatabase;
  let folder: string;

  before(async () => {
    database = await seededDatabase();
    folder = mkdtempSync(path.join(tmpdir(), 'azalai-import-'));
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await database.close();
  });

  const query = <Row>(text: string, ...values: unknown[]) => database.run<Row>({ text, values });
  const tableOf = (upload: string, part: string) => `staging."${upload.replaceAll('-', '')}_${part}"`;

  async function bring(name: string, content: string | Uint8Array | null): Promise<{ upload: string; file: string }> {
    const upload = randomUUID();
    const file = content === null ? path.join(DATA, name) : path.join(folder, upload);
    if (content !== null) writeFileSync(file, content);
    await database.run(insertUpload(upload, name, null));
    await database.run(moveUpload(upload, ['receiving'], 'reading'));
    return { upload, file };
  }

  async function work(
    { upload, file }: { upload: string; file: string },
    given: { limits?: Partial<Limits>; signal?: AbortSignal; name?: string } = {},
  ): Promise<Imported> {
    const [row] = await database.run<UploadRow>(uploadRow(upload));
    const { run, transaction } = database;
    return runImport({
      upload,
      database: { run, transaction, copy: openCopies(database.connection) },
      file: () => openFile(file, row?.name),
      limits: { ...LIMITS, ...given.limits },
      today: TODAY,
      ...(given.signal ? { signal: given.signal } : {}),
      catalogue: () => readCatalogue(run),
    });
  }

  const rowOf = async (upload: string) => (await database.run<UploadRow>(uploadRow(upload)))[0] as UploadRow;

  interface ReadRow {
    idx: number;
    part: number;
    line: number;
    source_id: string | null;
    outcome: string;
    shape: string | null;
    before: string | null;
    properties: Json;
  }
  const readRows = (upload: string) =>
    query<ReadRow>(`SELECT idx::integer, part, line, source_id, outcome, ST_AsEWKT(geom) AS shape,
      ST_AsEWKT(geom_before) AS before, properties FROM ${tableOf(upload, 'read')} ORDER BY idx`);

  it('keeps every record as the file has it, with what was mended beside what it was', async () => {
    const open = [
      [
        [0, 10],
        [0, 12],
        [2, 12],
        [2, 10],
      ],
    ];
    const brought = await bring(
      'some.geojson',
      collection(
        { ...point(-3.04, 16.27, { name: 'a\\b\t"é"\n', n: 1.5, list: [1, { deep: null }] }), id: 'x\ty' },
        feature({ type: 'Polygon', coordinates: open }),
        feature(null, { name: 'nowhere' }),
        point(200, 1, { name: 'off the Earth' }),
        feature({
          type: 'GeometryCollection',
          geometries: [
            {
              type: 'MultiPoint',
              coordinates: [
                [1, 2, 300],
                [3, 4],
              ],
            },
          ],
        }),
      ),
    );
    expect(await work(brought)).to.equal('ready');
    const rows = await readRows(brought.upload);
    expect(rows.map(({ idx, outcome, shape, before }) => [idx, outcome, shape, before])).to.deep.equal([
      [1, 'unchanged', 'SRID=4326;POINT(-3.04 16.27)', null],
      [2, 'repaired', 'SRID=4326;POLYGON((0 10,2 10,2 12,0 12,0 10))', 'SRID=4326;POLYGON((0 10,0 12,2 12,2 10))'],
      [3, 'unlocated', null, null],
      [4, 'quarantined', 'SRID=4326;POINT(200 1)', null],
      [5, 'unchanged', 'SRID=4326;GEOMETRYCOLLECTION(MULTIPOINT(1 2,3 4))', null],
    ]);
    expect(rows[0]?.source_id).to.equal('x\ty');
    expect(rows[0]?.properties).to.deep.equal({ name: 'a\\b\t"é"\n', n: 1.5, list: [1, { deep: null }] });
    const { report, mapping, state } = await rowOf(brought.upload);
    expect(state).to.equal('ready');
    const { account } = report as unknown as { account: Record<string, number> };
    expect(account.read).to.equal(5);
    expect(mapping?.target.mode).to.equal('new');
    expect((report as unknown as { bbox: unknown }).bbox)
      .to.be.an('array')
      .with.length(4);
  });

  it('keeps shapes of every type to the last digit', async () => {
    const ring = (x: number) => [
      [x, 10],
      [x + 0.1, 10],
      [x + 0.1, 10.12345678901234],
      [x, 10],
    ];
    const shapes = [
      { type: 'Point', coordinates: [-3.0426123456789012, 16.2716] },
      { type: 'LineString', coordinates: ring(1) },
      { type: 'Polygon', coordinates: [ring(2), ring(2.01)] },
      { type: 'MultiPoint', coordinates: ring(3) },
      { type: 'MultiLineString', coordinates: [ring(4), ring(5).slice(1)] },
      { type: 'MultiPolygon', coordinates: [[ring(6)], [ring(7)]] },
    ];
    const all = [...shapes, { type: 'GeometryCollection', geometries: shapes }];
    const brought = await bring('shapes.geojson', collection(...all.map((shape) => feature(shape))));
    await work(brought);
    const rows = await query<{ shape: Json; before: Json | null }>(
      `SELECT ST_AsGeoJSON(geom, 17)::json AS shape, ST_AsGeoJSON(geom_before, 17)::json AS before
       FROM ${tableOf(brought.upload, 'read')} ORDER BY idx`,
    );
    expect(rows.map(({ shape, before }) => before ?? shape)).to.deep.equal(all);
  });

  it('keeps the layers of a file apart', async () => {
    const sheets = {
      Wells: [
        ['name', 'lat', 'lon'],
        ['A', 15, 1],
        ['B', 15.5, 1],
        ['C', 15.7, 1],
      ],
      Visits: [
        ['well', 'lat', 'lon'],
        ['A', 16, 2],
      ],
    };
    const brought = await bring('wells.xlsx', zip(workbook(sheets)));
    expect(await work(brought)).to.equal('ready');
    const rows = await readRows(brought.upload);
    expect(rows.map(({ idx, part }) => [idx, part])).to.deep.equal([
      [1, 0],
      [2, 0],
      [3, 0],
      [4, 1],
    ]);
    const { report, mapping } = await rowOf(brought.upload);
    expect((report as unknown as { account: { read: number } }).account.read, 'of the layer that is mapped').to.equal(
      rows.filter(({ part }) => part === mapping?.part).length,
    );
  });

  it('keeps the issues, and replaces what no text may hold, saying so once for a record', async () => {
    const brought = await bring('nul.geojson', collection(point(1, 15, { 'a\0': 'b\0c', d: '\ud800' }), point(1, 16)));
    expect(await work(brought)).to.equal('ready');
    const [row] = await readRows(brought.upload);
    expect(row?.properties).to.deep.equal({ 'a\ufffd': 'b\ufffdc', d: '\ufffd' });
    const issues = await query<Json>(
      `SELECT idx::integer, code, severity, line::integer FROM ${tableOf(brought.upload, 'issue')} WHERE phase = 1`,
    );
    expect(issues).to.deep.include({ idx: 1, code: 'nul-character', severity: 'note', line: 1 });
    expect(issues.filter(({ code }) => code === 'nul-character')).to.have.length(1);
  });

  it('keeps rows whose position cannot be read, and accounts for all', async () => {
    const brought = await bring('visits.csv', 'site,lat,lon\nA,14.5,-4.2\nB,,\nC,north,-4\nD,200,1\nE,15,-4\n');
    expect(await work(brought)).to.equal('ready');
    expect((await readRows(brought.upload)).map(({ outcome, properties }) => [properties.site, outcome])).to.deep.equal(
      [
        ['A', 'unchanged'],
        ['B', 'unlocated'],
        ['C', 'quarantined'],
        ['D', 'quarantined'],
        ['E', 'unchanged'],
      ],
    );
    const { account } = (await rowOf(brought.upload)).report as unknown as { account: Record<string, number> };
    const { read, unchanged, repaired, unlocated, quarantined, skipped } = account;
    expect({ read, unchanged, repaired, unlocated, quarantined, skipped }).to.deep.equal({
      ...{ read: 5, unchanged: 2, repaired: 0, unlocated: 1, quarantined: 2, skipped: 0 },
    });
  });

  it('reads again by the columns and the reference system that a person has named, and keeps that mapping', async () => {
    const brought = await bring('odd.csv', 'site,p,q\nA,1000000,2000000\nB,1000100,2000100\n');
    expect(await work(brought)).to.equal('ready');
    expect((await readRows(brought.upload)).map(({ shape }) => shape)).to.deep.equal([null, null]);
    const { mapping } = await rowOf(brought.upload);
    const told = { ...mapping, crs: 32630, location: { type: 'xy', x: 'p', y: 'q' } } as NonNullable<typeof mapping>;
    await database.run(remapUpload(brought.upload, ['ready'], 'reading', told));
    expect(await work(brought)).to.equal('ready');
    expect((await readRows(brought.upload)).map(({ shape }) => shape)).to.deep.equal([
      'SRID=32630;POINT(1000000 2000000)',
      'SRID=32630;POINT(1000100 2000100)',
    ]);
    expect((await rowOf(brought.upload)).mapping).to.deep.equal(told);
  });

  it('checks again without the file when only the mapping is another', async () => {
    const brought = await bring('again.geojson', collection(point(1, 15, { a: 'x' })));
    await work(brought);
    const { mapping } = await rowOf(brought.upload);
    await database.run(remapUpload(brought.upload, ['ready'], 'checking', mapping as NonNullable<typeof mapping>));
    rmSync(brought.file);
    expect(await work(brought)).to.equal('ready');
    expect(await readRows(brought.upload)).to.have.length(1);
  });

  it('fails with the reason in words when a file cannot be read, or holds more than it may', async () => {
    const unreadable = await bring('picture.png', '\u0089PNG\r\n\u0000\u0001\u0002\u0003');
    expect(await work(unreadable)).to.equal('failed');
    const failed = await rowOf(unreadable.upload);
    expect(failed.state).to.equal('failed');
    expect(failed.error?.code).to.equal('unreadable-file');
    const many = await bring('many.geojson', collection(point(1, 15), point(1, 16)));
    expect(await work(many, { limits: { features: 1 } })).to.equal('failed');
    expect((await rowOf(many.upload)).error?.code).to.equal('limit-exceeded');
    const tables = await query(`SELECT FROM pg_tables WHERE tablename LIKE '${many.upload.replaceAll('-', '')}%'`);
    expect(tables, 'nothing of it is there').to.have.length(0);
  });

  it('leaves an upload alone that another works on, that is gone, or that is past it', async () => {
    const brought = await bring('once.geojson', collection(point(1, 15)));
    await database.transaction(async (hold) => {
      expect(await hold(lockUpload(brought.upload))).to.deep.equal([{ taken: true }]);
      expect(await work(brought)).to.equal('left');
    });
    expect(await work(brought)).to.equal('ready');
    expect(await work(brought)).to.equal('left');
    expect(await work({ ...brought, upload: randomUUID() })).to.equal('left');
  });

  it('can be given up while it reads: then nothing of it is there, and it can be begun again', async () => {
    const features = Array.from({ length: 5_000 }, (_, n) => point(1, 15, { n }));
    const brought = await bring('long.geojson', collection(...features));
    const error = await work(brought, { signal: AbortSignal.abort() }).catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(RequestAborted);
    expect((await rowOf(brought.upload)).state).to.equal('reading');
    expect(await work(brought)).to.equal('ready');
    expect(await readRows(brought.upload)).to.have.length(5_000);
  });

  it('takes its tables out when the upload is removed meanwhile', async () => {
    const brought = await bring('removed.geojson', collection(point(1, 15)));
    const { run, transaction } = database;
    const imported = await runImport({
      upload: brought.upload,
      database: { run, transaction, copy: openCopies(database.connection) },
      file: () => openFile(brought.file, 'removed.geojson'),
      limits: LIMITS,
      today: TODAY,
      // After the reading, before anything of it is stored.
      catalogue: async () => {
        await database.run(deleteUpload(brought.upload, []));
        return readCatalogue(run);
      },
    });
    expect(imported).to.equal('left');
    const tables = await query(`SELECT FROM pg_tables WHERE tablename LIKE '${brought.upload.replaceAll('-', '')}%'`);
    expect(tables).to.have.length(0);
  });

  it('waits for a database that is slower than the file, and passes large records', async () => {
    const upload = randomUUID();
    const file = path.join(folder, upload);
    const long = 'é'.repeat(1_000_000);
    writeFileSync(
      file,
      collection(
        point(1, 15, { long }),
        ...Array.from({ length: 300 }, () => point(1, 15, { t: long.slice(0, 9_000) })),
      ),
    );
    const source = await openFile(file, 'long.geojson');
    const copy = openCopies(database.connection);
    let waited = 0;
    const job = { upload, file: source, limits: LIMITS, today: TODAY, mapping: null };
    await stageFile({
      ...job,
      copy: async (before, statement) => {
        const copying = await copy(before, statement);
        const write = (text: string) => {
          const wait = copying.write(text);
          if (wait) waited += 1;
          return wait;
        };
        return { ...copying, write };
      },
    });
    await source.close();
    expect(waited).to.be.greaterThan(0);
    const [row] = await query<{ long: number; all: number }>(
      `SELECT max(length(properties ->> 'long'))::integer AS long, count(*)::integer AS all FROM ${tableOf(upload, 'read')}`,
    );
    expect(row).to.deep.equal({ long: 1_000_000, all: 301 });
  });

  it('says so when the connection is lost on the way, and leaves no table', async () => {
    const upload = randomUUID();
    const file = path.join(folder, upload);
    writeFileSync(
      file,
      collection(...Array.from({ length: 20_000 }, (_, n) => point(1, 15, { n, text: 'x'.repeat(100) }))),
    );
    const source = await openFile(file, 'lost.geojson');
    let isCut = false;
    const error = await stageFile({
      ...{ upload, file: source, limits: LIMITS, today: TODAY, mapping: null },
      copy: async (before, statement) => {
        const copying = await openCopies(database.connection)(before, statement);
        const write = async (text: string) => {
          await copying.write(text);
          if (isCut) return;
          isCut = true;
          await query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'azalai copy'`);
        };
        return { ...copying, write };
      },
    }).catch((cause: Error) => cause);
    await source.close();
    expect((error as Error).name).to.equal('DatabaseUnavailable');
    expect(await query(`SELECT FROM pg_tables WHERE tablename LIKE '${upload.replaceAll('-', '')}%'`)).to.have.length(
      0,
    );
  });

  it('reads real settlements and a shapefile with all their records', async function () {
    if (!existsSync(DATA)) {
      console.log(`      skipped: there is no ${DATA}`);
      this.skip();
    }
    const settlements = await bring('mli_settlements.csv', null);
    expect(await work(settlements)).to.equal('ready');
    expect(await query(`SELECT count(*) AS n FROM ${tableOf(settlements.upload, 'read')}`)).to.deep.equal([
      { n: 18769 },
    ]);
    const { account } = (await rowOf(settlements.upload)).report as unknown as { account: Record<string, number> };
    expect(account.read).to.equal(18769);
    const shapes = await bring('mli_adm1_shapefile.zip', null);
    expect(await work(shapes)).to.equal('ready');
    expect(
      await query(`SELECT count(*) AS n FROM ${tableOf(shapes.upload, 'read')} WHERE ST_IsValid(geom)`),
    ).to.deep.equal([{ n: 9 }]);
  });
});
