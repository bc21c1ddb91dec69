import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { after, afterEach, before, describe, it } from 'mocha';
import { FetchSource, PMTiles } from 'pmtiles';
import { RequestAborted } from '../../server/core/errors.ts';
import { archiveFolder } from '../../server/jobs/export/archive-folder.ts';
import { CannotWrite, DiskFull } from '../../server/jobs/export/errors.ts';
import type { TileSource } from '../../server/tiles/source.ts';
import { readBytes, readTile } from '../support/pmtiles.ts';
import { until } from '../support/process.ts';
import { startServer, type TestServer } from '../support/server.ts';

const SMALL = '/tiles/mines,hubs.pmtiles?maxzoom=3';

describe('archives over HTTP', () => {
  let server: TestServer;
  let folder: string;
  let release: () => void;
  let held: Promise<void> | undefined;
  let isSlow = false;
  let refusal: Error | undefined;
  const signals: (AbortSignal | undefined)[] = [];

  /** Tiles that are made once they may be, and say when they are given up. */
  const slowed = (tiles: TileSource): TileSource => ({
    tile: async (layers, coord, filters, signal) => {
      signals.push(signal);
      const over = new Promise<never>((_, reject) => {
        signal?.addEventListener('abort', () => reject(new RequestAborted('over')));
      });
      if (held) await Promise.race([held, over]);
      return tiles.tile(layers, coord, filters, signal);
    },
    hexTile: (...parameters) => tiles.hexTile(...parameters),
  });
  const hold = () => {
    held = new Promise((resolve) => {
      release = resolve;
    });
  };

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), '.azalai-archives-'));
    const kept = archiveFolder(path.join(folder, 'exports'), 3_000_000);
    server = await startServer(({ archives }) => ({
      archives: {
        source: { run: archives.source.run, tiles: slowed(archives.source.tiles as TileSource) },
        kept: { ...kept, openSink: (name) => (refusal ? Promise.reject(refusal) : kept.openSink(name)) },
        maxTiles: 400,
      },
      isFresh: () => !isSlow,
    }));
  });
  after(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });
  afterEach(() => {
    release?.();
    held = undefined;
    isSlow = false;
    refusal = undefined;
    signals.splice(0);
  });

  const get = (address: string, headers: Record<string, string> = {}) => fetch(server.url + address, { headers });
  const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());
  const files = () => readdirSync(path.join(folder, 'exports'));
  async function expectProblem(address: string, status: number, text: RegExp) {
    const response = await get(address);
    const problem = (await response.json()) as { status: number; detail: string };
    expect([response.status, problem.status], JSON.stringify(problem)).to.deep.equal([status, status]);
    expect(response.headers.get('content-type')).to.equal('application/problem+json; charset=utf-8');
    expect(problem.detail).to.match(text);
    expect(response.headers.get('etag')).to.equal(null);
    return response;
  }
  /** Every tile of some zooms, in the archive and by its own address. */
  async function expectSame(archive: PMTiles, tile: (z: number, x: number, y: number) => string, zooms: number[]) {
    let full = 0;
    for (const z of zooms) {
      for (let place = 0; place < 4 ** z; place += 1) {
        const [x, y] = [place % 2 ** z, Math.floor(place / 2 ** z)];
        const served = Buffer.from(await (await get(tile(z, x, y))).arrayBuffer());
        const read = await readTile(archive, { z, x, y });
        expect(read ?? Buffer.alloc(0), `${z}/${x}/${y}`).to.deep.equal(served);
        if (read) full += 1;
      }
    }
    return full;
  }

  it('hold the tiles that the server serves, of the window and filter that were asked for', async () => {
    const narrow = `datetime=2018-01-01/2022-12-31&filter=${encodeURIComponent("precision_m > 5 OR confidence = 'modelled'")}`;
    const response = await get(`/tiles/attacks,control_areas.pmtiles?minzoom=1&maxzoom=4&${narrow}`);
    expect(response.status, await response.clone().text()).to.equal(200);
    expect(response.headers.get('content-type')).to.equal('application/vnd.pmtiles');
    expect(response.headers.get('content-disposition')).to.equal(
      'attachment; filename="attacks-control_areas.pmtiles"',
    );
    const archive = readBytes(await bytesOf(response));
    expect(
      await expectSame(archive, (z, x, y) => `/tiles/attacks,control_areas/${z}/${x}/${y}.mvt?${narrow}`, [1, 2, 3, 4]),
    ).to.be.at.least(8);
    expect((await archive.getHeader()).minZoom).to.equal(1);
    expect(((await archive.getMetadata()) as { azalai: object }).azalai).to.include({
      datetime: '2018-01-01/2022-12-31',
    });
  });

  it('hold hexagons', async () => {
    const response = await get('/hexes/attacks.pmtiles?maxzoom=4');
    expect(response.headers.get('content-disposition')).to.include('"attacks-hexagons.pmtiles"');
    const archive = readBytes(await bytesOf(response));
    expect(await expectSame(archive, (z, x, y) => `/hexes/attacks/${z}/${x}/${y}.mvt`, [0, 1, 2, 3, 4])).to.be.at.least(
      8,
    );
  });

  it('are read by ranges straight from the address, and made once', async () => {
    const archive = new PMTiles(new FetchSource(`${server.url}/tiles/mines.pmtiles?maxzoom=3`));
    expect(await readTile(archive, { z: 3, x: 3, y: 3 })).to.have.length.above(50);
    const made = signals.length;
    const [header] = [await archive.getHeader(), await readTile(archive, { z: 2, x: 1, y: 1 })];
    expect(header.etag).to.match(/^"/);
    expect(signals.length).to.equal(made);
  });

  it('answer ranges, If-Range, If-None-Match, If-Match and HEAD', async () => {
    const whole = await get(SMALL);
    const body = await bytesOf(whole);
    const tag = whole.headers.get('etag') ?? '';
    expect(tag).to.match(/^"[^"]+"$/);
    expect(whole.headers.get('accept-ranges')).to.equal('bytes');
    expect(whole.headers.get('content-encoding')).to.equal(null);
    const part = await get(SMALL, { Range: 'bytes=0-6', 'If-Range': tag });
    expect([part.status, await part.text()]).to.deep.equal([206, 'PMTiles']);
    expect(part.headers.get('content-range')).to.equal(`bytes 0-6/${body.length}`);
    expect(part.headers.get('etag')).to.equal(tag);
    const stale = await get(SMALL, { Range: 'bytes=0-6', 'If-Range': '"other"' });
    expect([stale.status, (await bytesOf(stale)).length]).to.deep.equal([200, body.length]);
    const known = await get(SMALL, { 'If-None-Match': tag, 'Cache-Control': 'max-age=0' });
    expect([known.status, (await bytesOf(known)).length]).to.deep.equal([304, 0]);
    const beyond = await get(SMALL, { Range: `bytes=${body.length}-` });
    expect([beyond.status, beyond.headers.get('content-range')]).to.deep.equal([416, `bytes */${body.length}`]);
    expect(await beyond.json()).to.include({ status: 416 });
    expect((await get(SMALL, { 'If-Match': '"other"' })).status).to.equal(412);
    const head = await fetch(server.url + SMALL, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).to.deep.equal([200, String(body.length)]);
  });

  it('may be kept shortly, under their generation too: what is said of the layers may change', async () => {
    const generation = ['mines', 'hubs'].map((id) => server.context.catalogue().get(id).generation).join('.');
    const cacheControl = async (more: string) => (await get(`${SMALL}${more}`)).headers.get('cache-control');
    expect(await cacheControl(`&generation=${generation}`)).to.equal('public, max-age=60, must-revalidate');
    expect(await cacheControl('')).to.equal('public, max-age=60, must-revalidate');
    expect(await cacheControl('&generation=1.1')).to.equal('no-cache');
    isSlow = true;
    expect(await cacheControl('')).to.equal('no-cache');
  });

  it('say what is wrong with a request', async () => {
    await expectProblem('/tiles/mines.pmtiles?maxzoom=23', 400, /maxzoom must be from 0 to 22/);
    await expectProblem('/tiles/mines.pmtiles?minzoom=x', 400, /minzoom/);
    await expectProblem('/tiles/mines.pmtiles?minzoom=5&maxzoom=4', 400, /maxzoom 4 is below minzoom 5/);
    await expectProblem('/tiles/mines.pmtiles?zoom=5', 400, /"zoom" is not a parameter/);
    await expectProblem('/tiles/mines.pmtiles?filter=nonsense%20%3D%201', 400, /nonsense/);
    await expectProblem('/tiles/nowhere.pmtiles', 404, /no collection "nowhere"/);
    await expectProblem('/hexes/rivers.pmtiles', 400, /no points/);
    await expectProblem('/tiles/attacks.pmtiles?maxzoom=3&datetime=1650-01-01', 404, /nothing in what was asked for/i);
    await expectProblem('/tiles/countries.pmtiles?maxzoom=9', 400, /more than 400 tiles.*npm run export/);
  });

  it('are not made of what may not be passed on, at any address', async () => {
    const set = (column: string, value: string) =>
      server.database.run({
        text: `UPDATE azalai.layer SET definition = jsonb_set(definition, '{${column}}', $1::jsonb), generation = generation + 1 WHERE id = 'camps'`,
        values: [value],
      });
    const isThere = (wanted: string) => () => server.context.catalogue().get('camps').handling === wanted;
    expect((await get('/tiles/camps.pmtiles?maxzoom=2')).status).to.equal(200);
    await set('handling', '"internal"');
    await until('the catalogue is read', isThere('internal'));
    await expectProblem('/tiles/camps.pmtiles?maxzoom=2', 403, /"camps" is internal/);
    await expectProblem('/tiles/mines,camps.pmtiles?maxzoom=2', 403, /"camps" is internal/);
    await set('handling', '"public"');
    await until('the catalogue is read', isThere('public'));
  });

  it('are made once for all who ask at once', async () => {
    hold();
    const { tiles, jobs } = server.database.lanes;
    const counts = () => [tiles.stats().completed, jobs.stats().completed] as const;
    const [tilesBefore, jobsBefore] = counts();
    const asked = Array.from({ length: 5 }, () => get('/tiles/roads.pmtiles?maxzoom=0'));
    await until('it has begun', () => signals.length > 0);
    release();
    const answers = await Promise.all(asked);
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200, 200, 200]);
    expect(new Set(answers.map(({ headers }) => headers.get('etag'))).size).to.equal(1);
    expect(signals).to.have.lengthOf(1);
    expect(counts()[0], 'tiles that people look at do not wait').to.equal(tilesBefore);
    expect(counts()[1]).to.be.above(jobsBefore);
  });

  it('are made one after the other, and the process says when too many wait', async () => {
    hold();
    const asked = [1, 2, 3, 4, 5].map((zoom) => get(`/tiles/hubs.pmtiles?minzoom=0&maxzoom=${zoom}`));
    await until('the first has begun', () => signals.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const refused = await expectProblem('/tiles/hubs.pmtiles?maxzoom=6', 503, /Another archive is being made/);
    expect(refused.headers.get('retry-after')).to.equal('30');
    expect(new Set(signals).size, 'exports under way').to.equal(1);
    release();
    expect((await Promise.all(asked)).map(({ status }) => status)).to.deep.equal([200, 200, 200, 200, 200]);
  });

  it('are given up when all who wait have gone, with nothing left behind', async () => {
    hold();
    const before = files();
    const address = `${server.url}/tiles/rivers.pmtiles?maxzoom=2`;
    const clients = [1, 2].map(() => httpRequest(address).on('error', () => undefined));
    for (const client of clients) client.end();
    await until('it has begun', () => signals.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 100));
    clients[0]?.destroy();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(signals[0]?.aborted).to.equal(false);
    clients[1]?.destroy();
    await until('its queries are given up', () => signals[0]?.aborted === true);
    await until('its file is gone', () => files().length === before.length);
    expect(server.database.lanes.jobs.stats().active).to.equal(0);
    release();
    held = undefined;
    expect((await get('/tiles/rivers.pmtiles?maxzoom=2')).status).to.equal(200);
  });

  it('say why they cannot be stored', async () => {
    refusal = new DiskFull('There is no room.');
    await expectProblem('/tiles/mines.pmtiles?maxzoom=1', 507, /no room/);
    refusal = new CannotWrite('There is no folder.');
    await expectProblem('/tiles/mines.pmtiles?maxzoom=1', 500, /no folder/);
  });

  it('are made again when their file has gone', async () => {
    const first = await get(SMALL);
    await first.arrayBuffer();
    for (const name of files()) rmSync(path.join(folder, 'exports', name));
    const again = await get(SMALL, { 'If-None-Match': first.headers.get('etag') ?? '', 'Cache-Control': 'max-age=0' });
    expect(again.status).to.equal(200);
    expect(again.headers.get('etag')).to.not.equal(first.headers.get('etag'));
  });
});

describe('the folder of archives', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'azalai-kept-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('loses what was not used for longest, and what was never finished', async () => {
    const exportsFolder = path.join(folder, 'exports');
    mkdirSync(exportsFolder);
    const put = (name: string, size: number, minutesAgo: number) => {
      writeFileSync(path.join(exportsFolder, name), Buffer.alloc(size));
      const at = new Date(Date.now() - minutesAgo * 60_000);
      utimesSync(path.join(exportsFolder, name), at, at);
    };
    const kept = archiveFolder(exportsFolder, 1000);
    put('old.pmtiles', 400, 30);
    put('older.pmtiles', 400, 60);
    put('new.pmtiles', 400, 1);
    put('lost.pmtiles.1.part', 5000, 90);
    put('growing.pmtiles.2.part', 5000, 2);
    const before = await kept.find('older.pmtiles');
    await kept.sweep('new.pmtiles');
    expect(readdirSync(exportsFolder).toSorted()).to.deep.equal([
      'growing.pmtiles.2.part',
      'new.pmtiles',
      'older.pmtiles',
    ]);
    expect(await kept.find('older.pmtiles'), 'used, and still the same').to.deep.equal(before);
    put('huge.pmtiles', 4000, 0);
    await kept.sweep('huge.pmtiles');
    expect(readdirSync(exportsFolder)).to.include('huge.pmtiles').and.not.include('new.pmtiles');
  });

  it('says by what is known outside why it cannot take one', async () => {
    const refusal = async (place: string) =>
      archiveFolder(place, 10)
        .openSink('a.pmtiles')
        .then(() => '', String);
    expect(await refusal(path.join(folder, 'nowhere/exports'))).to.match(
      /^CannotWrite: DATA_DIR\/exports\/a\.pmtiles cannot be written: there is no folder DATA_DIR\/exports/,
    );
    const sink = await archiveFolder(path.join(folder, 'small'), 1_000_000).openSink('a.pmtiles');
    await sink.append(new Uint8Array(800_000));
    expect(await sink.append(new Uint8Array(800_000)).catch(String)).to.match(
      /^ArchiveTooLarge: This server keeps archives of 1 MB at most/,
    );
    await sink.discard();
    expect(readdirSync(path.join(folder, 'small'))).to.deep.equal([]);
  });
});
