import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import type { Feature, FeatureCollection } from 'geojson';
import { after, before, describe, it } from 'mocha';
import type { Layer } from '../../server/core/layer.ts';
import { flatgeobuf } from '../../server/ingest/flatgeobuf.ts';
import { geopackage } from '../../server/ingest/geopackage.ts';
import { archiveFolder } from '../../server/jobs/export/archive-folder.ts';
import type { Query, Run } from '../../server/query/sql.ts';
import { until } from '../support/process.ts';
import { inMemory, readAll } from '../support/readings.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { AUTHORIZED } from '../support/uploads.ts';

/** Of archives that are kept. */
const MAX_BYTES = 500_000;
/** Of the layer that is filled for the test of memory. */
const MANY = 50_000;

describe('export over HTTP', () => {
  let server: TestServer;
  let folder: string;
  /** Rows that each question of an export was answered with, and the signals that came with them. */
  const pages: { readonly rows: number; readonly bytes: () => number; readonly signal: AbortSignal | undefined }[] = [];
  const watched =
    (run: Run): Run =>
    async <Row>(query: Query, signal?: AbortSignal) => {
      const rows = await run<Row>(query, signal);
      pages.push({ rows: rows.length, bytes: () => JSON.stringify(rows).length, signal });
      return rows;
    };

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'azalai-export-'));
    server = await startServer(({ archives }) => ({
      archives: {
        ...archives,
        source: { ...archives.source, run: watched(archives.source.run) },
        kept: archiveFolder(path.join(folder, 'exports'), MAX_BYTES),
      },
    }));
  });
  after(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  const get = (address: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/collections/${address}`, { headers });
  const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());
  const collectionOf = async (response: Response) => (await response.json()) as FeatureCollection & { azalai: object };
  const generationOf = (id: string) => server.context.catalogue().get(id).generation;
  const sql = async <Row>(text: string) => server.database.run<Row>({ text, values: [] });
  async function numbers(id: string, condition = 'true'): Promise<number[]> {
    const table = await server.database.tableOf(id);
    const rows = await sql<{ fid: number }>(
      `SELECT fid FROM ${table} WHERE handling = 'public' AND ${condition} ORDER BY fid`,
    );
    return rows.map(({ fid }) => fid);
  }
  async function expectProblem(address: string, status: number, text: RegExp) {
    const response = await get(address);
    const problem = (await response.json()) as { status: number; detail: string };
    expect([response.status, problem.status], JSON.stringify(problem)).to.deep.equal([status, status]);
    expect(problem.detail).to.match(text);
    for (const header of ['etag', 'content-disposition']) expect(response.headers.get(header), header).to.equal(null);
  }

  it('gives a whole collection as GeoJSON under a file name, with where it comes from', async () => {
    const response = await get('mines/export');
    expect(response.status).to.equal(200);
    expect(response.headers.get('content-type')).to.equal('application/geo+json');
    expect(response.headers.get('content-disposition')).to.equal(
      `attachment; filename="mines-v${generationOf('mines')}.geojson"`,
    );
    expect(response.headers.get('link')).to.equal(
      `<${server.url}/collections/mines>; rel="collection", <https://creativecommons.org/licenses/by/4.0/>; rel="license"`,
    );
    const { features, azalai } = await collectionOf(response);
    expect(features.map(({ id }) => id)).to.deep.equal(await numbers('mines'));
    const layer = server.context.catalogue().get('mines');
    const { licence, attribution, provenance, sources, nature } = layer;
    expect(azalai).to.deep.include({
      collection: 'mines',
      generation: generationOf('mines'),
      licence,
      attribution,
      provenance,
      sources,
      nature,
    });
    expect(azalai).to.deep.include({ disclaimer: server.context.mapSettings.disclaimer });
    expect(azalai).to.not.have.property('known_at');
  });

  it('gives the same features as items, in every format that is streamed', async () => {
    for (const id of ['mines', 'corridors', 'control_areas'] as const) {
      const items = ((await (await get(`${id}/items?limit=10000`)).json()) as FeatureCollection).features;
      const exported = (await collectionOf(await get(`${id}/export`))).features;
      expect(exported, id).to.deep.equal(items);

      const sequence = (await (await get(`${id}/export?f=geojsonseq`)).text()).split('\u001e').slice(1);
      const lines = (await (await get(`${id}/export?f=ndjson`)).text()).trimEnd().split('\n');
      for (const texts of [sequence, lines]) {
        const features = texts.map((text) => JSON.parse(text) as Feature & { azalai?: unknown });
        expect(features.shift(), id).to.have.property('azalai');
        expect(features, id).to.deep.equal(items.slice(1));
      }
      const rows = parse(await bytesOf(await get(`${id}/export?f=csv`)), { columns: true }) as Record<string, string>[];
      expect(
        rows.map(({ fid }) => Number(fid)),
        id,
      ).to.deep.equal(items.map((item) => item.id));
      expect(rows[0]).to.include({ collection: id, generation: String(generationOf(id)) });

      const flat = await readAll(flatgeobuf, inMemory(await bytesOf(await get(`${id}/export?f=fgb`)), 'x.fgb'));
      expect(flat.issues).to.deep.equal([]);
      expect(
        flat.features.map(({ properties: { fid, ...rest } }) => ({ fid, rest })),
        id,
      ).to.deep.equal(items.map((item) => ({ fid: item.id, rest: item.properties })));
    }
  });

  it('gives a GeoPackage that our own reader reads, made once and then kept', async () => {
    const response = await get('control_areas/export?f=gpkg');
    expect(response.status).to.equal(200);
    expect(response.headers.get('content-type')).to.equal('application/geopackage+sqlite3');
    expect(response.headers.get('content-disposition')).to.equal(
      `attachment; filename="control_areas-v${generationOf('control_areas')}.gpkg"`,
    );
    const file = path.join(folder, 'x.gpkg');
    writeFileSync(file, await bytesOf(response));
    const read = await readAll(geopackage, {
      ...inMemory(await bytesOf(await get('control_areas/export?f=gpkg'))),
      path: file,
    });
    expect(read.issues).to.deep.equal([]);
    expect(read.layers.map(({ name, crs }) => ({ name, crs }))).to.deep.equal([{ name: 'control_areas', crs: 4326 }]);
    const items = ((await (await get('control_areas/items?limit=10000')).json()) as FeatureCollection).features;
    expect(read.features.map(({ id }) => id)).to.deep.equal(items.map(({ id }) => id));
    const plain = (value: unknown) => (Array.isArray(value) ? JSON.stringify(value) : value);
    for (const [index, { properties }] of read.features.entries()) {
      const wanted = Object.entries(items[index]?.properties ?? {}).map(([name, value]) => [name, plain(value)]);
      expect(properties).to.deep.equal(Object.fromEntries(wanted));
    }
    const etag = response.headers.get('etag') as string;
    const asked = pages.length;
    const again = await get('control_areas/export?f=gpkg', { 'If-None-Match': etag, 'Cache-Control': 'max-age=0' });
    expect(again.status).to.equal(304);
    const part = await get('control_areas/export?f=gpkg', { Range: 'bytes=0-15' });
    expect([part.status, await part.text()]).to.deep.equal([206, 'SQLite format 3\0']);
    expect(pages.length, 'pages asked for').to.equal(asked);
    expect(readdirSync(path.join(folder, 'exports'))).to.have.length(1);
  });

  it('takes what items take: box, time, filter, fields by value, properties', async () => {
    const features = async (query: string) => (await collectionOf(await get(`attacks/export?${query}`))).features;
    const ids = async (query: string) => (await features(query)).map(({ id }) => id);
    expect(await ids('bbox=-5,14,0,17')).to.deep.equal(
      await numbers('attacks', 'geom && ST_MakeEnvelope(-5, 14, 0, 17, 4326)'),
    );
    expect(await ids('datetime=2022-01-01/2022-12-31')).to.deep.equal(
      await numbers('attacks', "valid && tstzrange('2022-01-01', '2023-01-01')"),
    );
    const some = await numbers('attacks', 'killed > 5');
    expect(some).to.have.length.above(0);
    expect(await ids('filter=killed%20%3E%205')).to.deep.equal(some);
    const [{ kind } = { kind: '' }] = await sql<{ kind: string }>(
      `SELECT kind FROM ${await server.database.tableOf('attacks')} LIMIT 1`,
    );
    expect(await ids(`kind=${kind}`)).to.deep.equal(await numbers('attacks', `kind = '${kind}'`));
    const [first] = await features('properties=killed,place');
    expect(Object.keys(first?.properties ?? {})).to.deep.equal(['place', 'killed'].toSorted(inOrderOf('attacks')));
    const response = await get('attacks/export?f=csv&properties=killed');
    expect(response.headers.get('content-disposition')).to.equal(
      `attachment; filename="attacks-v${generationOf('attacks')}-part.csv"`,
    );
    const [header] = (await response.text()).split('\r\n');
    expect(header).to.match(/^fid,longitude,latitude,killed,collection,generation,/);
  });

  it('gives an empty file where nothing is, in every format', async () => {
    const query = 'filter=killed%20%3E%201000000';
    expect((await collectionOf(await get(`attacks/export?${query}`))).features).to.deep.equal([]);
    expect(await (await get(`attacks/export?f=ndjson&${query}`)).text()).to.equal('');
    expect((await (await get(`attacks/export?f=csv&${query}`)).text()).trimEnd().split('\r\n')).to.have.length(1);
    const flat = await bytesOf(await get(`attacks/export?f=fgb&${query}`));
    expect((await readAll(flatgeobuf, inMemory(flat, 'x.fgb'))).features).to.deep.equal([]);
    const file = path.join(folder, 'empty.gpkg');
    writeFileSync(file, await bytesOf(await get(`attacks/export?f=gpkg&${query}`)));
    const read = await readAll(geopackage, {
      ...inMemory(''),
      readAt: inMemory(await bytesOf(await get(`attacks/export?f=gpkg&${query}`))).readAt,
      path: file,
    });
    expect([read.features, read.issues]).to.deep.equal([[], []]);
  });

  it('refuses what is wrong with a sentence', async () => {
    await expectProblem('nowhere/export', 404, /no collection "nowhere"/);
    await expectProblem('mines/export?f=xls', 400, /f must be one of geojson, geojsonseq, ndjson, csv, fgb, gpkg/);
    await expectProblem('mines/export?f=csv&f=fgb', 400, /f is given 2 times/);
    await expectProblem('mines/export?limit=3', 400, /"limit" is not a parameter of an export/);
    await expectProblem('mines/export?f=gpkg&filter=nothing%20%3D%201', 400, /nothing/);
    await expectProblem('mines/export?properties=nothing', 400, /properties names "nothing"/);
    await expectProblem('attacks_modelled/export?f=gpkg&colour=red', 400, /"colour" is not a parameter/);
  });

  it('tells by its ETag that nothing has changed, and answers HEAD without a file', async () => {
    const response = await get('mines/export?f=csv');
    const etag = response.headers.get('etag') as string;
    await response.text();
    const asked = pages.length;
    expect((await get('mines/export?f=csv', { 'If-None-Match': etag, 'Cache-Control': 'max-age=0' })).status).to.equal(
      304,
    );
    const head = await fetch(`${server.url}/collections/mines/export?f=csv`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-type')]).to.deep.equal([
      200,
      'text/csv; charset=utf-8; header=present',
    ]);
    expect(pages.length).to.equal(asked);
    expect(
      (await get('mines/export?f=ndjson', { 'If-None-Match': etag, 'Cache-Control': 'max-age=0' })).status,
    ).to.equal(200);
  });

  it('answers HEAD for a GeoPackage without making it, and as GET would when it is there', async () => {
    const head = () => fetch(`${server.url}/collections/mines/export?f=gpkg`, { method: 'HEAD' });
    const asked = pages.length;
    const before = await head();
    expect([before.status, before.headers.get('content-type')]).to.deep.equal([200, 'application/geopackage+sqlite3']);
    expect(before.headers.get('content-length')).to.equal(null);
    expect(before.headers.get('etag')).to.equal(null);
    expect(pages.length, 'pages asked for').to.equal(asked);
    const got = await get('mines/export?f=gpkg');
    const bytes = await bytesOf(got);
    const after = await head();
    expect(after.headers.get('etag')).to.equal(got.headers.get('etag'));
    expect(after.headers.get('content-length')).to.equal(String(bytes.length));
  });

  it('has `confidence` where records are not documented, whatever is asked for', async () => {
    const names = async (query: string) =>
      Object.keys((await collectionOf(await get(`corridors/export?${query}`))).features[0]?.properties ?? {});
    expect(await names('properties=note')).to.deep.equal(['confidence', 'note']);
    expect(await names('properties=')).to.deep.equal(['confidence']);
    const [line = ''] = (await (await get('corridors/export?f=ndjson&properties=')).text()).split('\n');
    expect((JSON.parse(line) as Feature).properties).to.have.all.keys('confidence');
    const csv = (await (await get('control_areas/export?f=csv&properties=note')).text()).split('\r\n')[0];
    expect(csv).to.match(/^fid,WKT,confidence,note,collection,/);
    const [documented] = (await collectionOf(await get('mines/export?properties=note'))).features;
    expect(documented?.properties).to.have.all.keys('note');
  });

  it('says on pages of items and of an item how far they may be trusted', async () => {
    for (const address of ['corridors/items?f=html', 'corridors/items/1?f=html']) {
      const page = async (query = '') => (await get(`${address}${query}`, { Accept: 'text/html' })).text();
      expect(await page()).to.include('<dt>Nature</dt><dd>approximate</dd>');
      expect(await page('&lang=fr')).to.include('<dt>Nature</dt><dd>approximatif</dd>');
    }
    expect(await (await get('attacks_modelled/items?f=html&limit=1')).text()).to.include('<dd>modelled</dd>');
  });

  it('has a GeoPackage that is larger than what is kept refused, and leaves nothing of it', async () => {
    await expectProblem('attacks_modelled/export?f=gpkg', 400, /larger than the 0.5 MB that this server keeps/);
    expect(readdirSync(path.join(folder, 'exports')).filter((name) => name.includes('.part'))).to.deep.equal([]);
  });

  it('leaves out what is not public, unless the caller has the token', async () => {
    const table = await server.database.tableOf('camps');
    const [hidden] = await numbers('camps');
    await sql(`UPDATE ${table} SET handling = 'internal' WHERE fid = ${hidden}`);
    const ids = async (headers: Record<string, string> = {}) =>
      (await collectionOf(await get('camps/export', headers))).features.map(({ id }) => id);
    expect(await ids()).to.deep.equal(await numbers('camps'));
    expect(await ids()).to.not.include(hidden);
    expect(await ids(AUTHORIZED)).to.include(hidden);
    const [open, secret] = await Promise.all([get('camps/export?f=gpkg'), get('camps/export?f=gpkg', AUTHORIZED)]);
    expect(open.headers.get('etag')).to.not.equal(secret.headers.get('etag'));
    expect(secret.headers.get('cache-control')).to.equal('private, no-store');
    expect((await bytesOf(secret)).includes(`camps/`)).to.equal(true);
  });

  describe('a GeoPackage with records that are not public', () => {
    const kept = () => readdirSync(path.join(folder, 'exports')).toSorted();

    it('is removed when it is sent, and made for nobody else', async () => {
      const before = kept();
      for (const range of [undefined, 'bytes=0-15']) {
        const response = await get('camps/export?f=gpkg', { ...AUTHORIZED, ...(range ? { Range: range } : {}) });
        expect(response.status).to.equal(range ? 206 : 200);
        expect((await bytesOf(response)).subarray(0, 15).toString()).to.equal('SQLite format 3');
        await until('the file is removed', () => kept().join() === before.join());
      }
      const asked = pages.length;
      await bytesOf(await get('camps/export?f=gpkg', AUTHORIZED));
      expect(pages.length, 'it is made anew').to.be.above(asked);
      const head = await fetch(`${server.url}/collections/camps/export?f=gpkg`, {
        method: 'HEAD',
        headers: AUTHORIZED,
      });
      expect([head.status, head.headers.get('cache-control')]).to.deep.equal([200, 'private, no-store']);
      await until('the file is removed', () => kept().join() === before.join());
    });

    it('is removed when its reader leaves, before and after it is made', async () => {
      const before = kept();
      const ask = (onRequest: (leave: () => void) => void, onResponse: (response: IncomingMessage) => void) => {
        const address = `${server.url}/collections/attacks/export?f=gpkg`;
        const request = httpGet(address, { agent: false, headers: AUTHORIZED }, onResponse);
        request.on('error', () => undefined);
        onRequest(() => request.destroy());
      };
      const first = pages.length;
      ask(
        (leave) => void until('it is being made', () => pages.length > first).then(leave),
        (response) => response.destroy(),
      );
      await until('it is being made', () => pages.length > first);
      await until('nothing is left', () => kept().join() === before.join());
      const isSent = new Promise<void>((resolve) => {
        ask(
          () => undefined,
          (response) => {
            expect(response.statusCode).to.equal(200);
            response.on('error', () => undefined);
            response.once('data', () => {
              response.destroy();
              resolve();
            });
          },
        );
      });
      await isSent;
      await until('nothing is left', () => kept().join() === before.join());
    });
  });

  it('keeps a page near 2 MB, and one huge record alone in its own', async () => {
    const table = await server.database.tableOf('hubs');
    const found = await numbers('hubs');
    // Repeated texts are packed in the database: how large they are is told without unpacking them.
    await sql(
      `UPDATE ${table} SET note = repeat('0123456789', CASE WHEN fid = ${found[3]} THEN 900000 ELSE 90000 END)`,
    );
    pages.splice(0);
    const { features } = await collectionOf(await get('hubs/export'));
    expect(features.map(({ id }) => id)).to.deep.equal(found);
    expect(found.length).to.be.above(4);
    for (const { rows, bytes } of pages) expect(rows <= 1 ? 0 : bytes()).to.be.below(2_500_000);
    expect(pages.filter(({ rows, bytes }) => rows === 1 && bytes() > 9_000_000)).to.have.length(1);
    expect(Math.max(...pages.map(({ rows }) => rows)), 'rows that fit together').to.equal(2);

    // Lines of 1,400,000 bytes; those with one place all along are packed to a hundredth.
    const lines = await server.database.tableOf('corridors');
    for (const places of ['ST_MakePoint(-4 + random(), 14 + random())', 'ST_MakePoint(-4.123456, 14.123456)']) {
      await sql(`UPDATE ${lines} SET geom = (SELECT ST_SetSRID(ST_MakeLine(${places}), 4326)
        FROM generate_series(1, 60000) WHERE fid > 0)`);
      pages.splice(0);
      const wanted = await numbers('corridors');
      expect(wanted).to.have.length.above(2);
      expect((await collectionOf(await get('corridors/export'))).features.map(({ id }) => id)).to.deep.equal(wanted);
      expect(Math.max(...pages.map(({ rows }) => rows)), places).to.equal(1);
    }
  });

  it('names its licence by an address that is one, not encoded twice', async () => {
    const text = `UPDATE azalai.layer SET definition = jsonb_set(definition, '{licence,url}', '"https://example.org/a%20b?c=%C3%A9"'),
      generation = generation + 1 WHERE id = 'camps'`;
    await sql(text);
    await until(
      'the catalogue is read',
      () => !!server.context.catalogue().get('camps').licence.url?.includes('example'),
    );
    expect((await get('camps/export')).headers.get('link')).to.include(
      '<https://example.org/a%20b?c=%C3%A9>; rel="license"',
    );
  });

  it('keeps what may not be passed on', async () => {
    const set = (column: keyof Layer, value: object | string) =>
      server.database.run({
        text: `UPDATE azalai.layer SET definition = jsonb_set(definition, '{${column}}', $1::jsonb), generation = generation + 1 WHERE id = 'hubs'`,
        values: [JSON.stringify(value)],
      });
    await set('licence', { name: 'Not to be passed on', redistribution: false });
    await until('the catalogue is read', () => !server.context.catalogue().get('hubs').licence.redistribution);
    for (const f of ['csv', 'gpkg']) await expectProblem(`hubs/export?f=${f}`, 403, /does not allow passing it on/);
    expect((await get('hubs/export', AUTHORIZED)).status).to.equal(403);
    await set('licence', { name: 'CC0', redistribution: true });
    await set('handling', 'internal');
    await until('the catalogue is read', () => server.context.catalogue().get('hubs').handling === 'internal');
    expect((await get('hubs/export')).status).to.be.oneOf([403, 404]);
  });

  describe(`of ${MANY} records`, () => {
    before(async function () {
      this.timeout(60_000);
      const table = await server.database.tableOf('materiel');
      const columns = await sql<{ column_name: string }>(
        `SELECT column_name FROM information_schema.columns WHERE table_schema = 'layer'
          AND table_name = '${server.context.catalogue().get('materiel').table}' AND column_name NOT IN ('fid', 'note')`,
      );
      const list = columns.map(({ column_name }) => `"${column_name}"`).join(', ');
      await sql(`DELETE FROM ${table} WHERE fid > (SELECT min(fid) FROM ${table})`);
      await sql(`INSERT INTO ${table} (fid, note, ${list}) SELECT 1000 + n, repeat(md5(n::text), 20), ${list}
        FROM ${table}, generate_series(1, ${MANY}) AS n`);
      await sql(`ANALYZE ${table}`);
      pages.splice(0);
    });

    const address = () => `${server.url}/collections/materiel/export?f=ndjson`;
    const open = () =>
      new Promise<IncomingMessage>((resolve, reject) => {
        httpGet(address(), { agent: false }, resolve).once('error', reject);
      });
    const asked = () => pages.reduce((sum, { rows }) => sum + rows, 0);

    it('waits for a reader that does not read, and stops asking when he leaves', async () => {
      const response = await open();
      expect(response.statusCode).to.equal(200);
      response.once('readable', () => undefined);
      // What the system's buffers take is the most that is made; then nothing more is asked for.
      let before = -1;
      await until('nothing more is asked for', async () => {
        const same = asked() === before;
        before = asked();
        await new Promise((resolve) => setTimeout(resolve, 300));
        return same && asked() === before;
      });
      expect(asked()).to.be.within(10, MANY / 2);
      response.on('error', () => undefined);
      response.destroy();
      await until('the question is given up', () => pages.at(-1)?.signal?.aborted === true);
      const then = asked();
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(asked()).to.equal(then);
    });

    it('gives every record once, in pages of a bounded size', async function () {
      this.timeout(60_000);
      pages.splice(0);
      const response = await open();
      let text = '';
      const seen: number[] = [];
      for await (const piece of response.setEncoding('utf8')) {
        text += piece;
        const lines = text.split('\n');
        text = lines.pop() as string;
        for (const line of lines) seen.push(Number(/"id":(\d+)/.exec(line)?.[1]));
      }
      expect(seen).to.have.length(MANY + 1);
      expect(seen.every((id, index) => index === 0 || id > (seen[index - 1] as number))).to.equal(true);
      expect(asked()).to.equal(MANY + 1);
      expect(Math.max(...pages.map(({ rows }) => rows))).to.be.at.most(4_000);
    });

    it('turns away who comes when all places are taken, and takes him when one is free', async function () {
      this.timeout(60_000);
      const readers = await Promise.all([open(), open(), open(), open()]);
      for (const reader of readers) reader.on('error', () => undefined);
      const late = get('mines/export');
      let isAnswered = false;
      void late.then(() => {
        isAnswered = true;
      });
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(isAnswered).to.equal(false);
      readers[0]?.destroy();
      expect((await late).status).to.equal(200);
      for (const reader of readers) reader.destroy();
    });
  });

  /** As the layer has them. */
  function inOrderOf(id: string) {
    const names = server.context
      .catalogue()
      .get(id)
      .fields.map(({ name }) => name);
    return (a: string, b: string) => names.indexOf(a) - names.indexOf(b);
  }
});
