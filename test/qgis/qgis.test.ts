import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { PublishedLayer } from '../../server/core/catalogue.ts';
import { recordFields } from '../../server/core/layer.ts';
import { recordsInSql } from '../support/ogr.ts';
import { qgisPython } from '../support/qgis.ts';
import { requestLog } from '../support/request-log.ts';
import { startServer, type TestServer } from '../support/server.ts';

/** Records on a page: small enough that most collections have several. */
const PAGE = 40;
/** Degrees, for every collection: the west of Mali and around. */
const RECT = [-8, 11, -3, 16] as const;
/** For every collection, since every record has it. */
const FILTER = '"precision_m" <= 5000';

/** A part of tile 5/15/14, in metres; what is asked of it. */
const TILES = [
  { id: 'control_areas', tile: 'control_areas/5/15/14.mvt', rect: [-1_252_344, 1_252_344, 0, 2_504_688] },
  { id: 'mines', tile: 'mines/0/0/0.mvt', rect: [-1_400_000, 1_100_000, 300_000, 2_200_000] },
] as const;

interface Collection {
  valid: boolean;
  fields: Record<string, string>;
  extent: number[];
  crs: string;
  geometry: string;
  ids: string[];
  count: number;
  inRect: string[];
  byExpression: string[];
  isNarrowed: boolean;
  bySubset: string[];
}
interface Answer {
  collections: Record<string, Collection>;
  tiles: Record<string, { valid: boolean; painted: number; numbers: number[] | null }>;
  definitions: Record<
    string,
    { isRead: boolean; error: string; layers: { name: string; valid: boolean; ids: string[] | null }[] }
  >;
}

describe('QGIS', function () {
  this.timeout(180_000);
  let server: TestServer;
  let folder: string;
  let answer: Answer;
  let layers: readonly PublishedLayer[];
  const { log, addresses } = requestLog();

  /** Not waited for in place: the server that it asks is in this process. */
  const run = (program: string, plan: object) =>
    new Promise<Answer>((resolve, reject) => {
      const script = path.join(import.meta.dirname, 'read-layers.py');
      const env = {
        ...process.env,
        ...{ QT_QPA_PLATFORM: 'offscreen', HOME: folder, XDG_RUNTIME_DIR: folder, PYTHONDONTWRITEBYTECODE: '1' },
        ...{ no_proxy: '*', NO_PROXY: '*', http_proxy: '', https_proxy: '', HTTP_PROXY: '', HTTPS_PROXY: '' },
      };
      const limits = { timeout: 150_000, maxBuffer: 100_000_000, env };
      execFile(program, [script, JSON.stringify(plan)], limits, (error, output, complaints) => {
        if (error) reject(new Error(`${error.message}\n${complaints}`));
        else resolve(JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as Answer);
      });
    });

  before(async function () {
    const program = await qgisPython();
    if (!program) {
      console.log('      skipped: QGIS (Debian: python3-qgis) is not here, and this user may not install it');
      this.skip();
    }
    folder = mkdtempSync(path.join(tmpdir(), 'azalai-qgis-'));
    server = await startServer({ log });
    ({ layers } = server.context.catalogue());
    const definitions: Record<string, string> = {};
    for (const [name, address] of [
      ['records', '/collections/mines.qlr'],
      ['tiles', '/collections/mines.qlr?source=tiles'],
    ] as const) {
      const file = path.join(folder, `${name}.qlr`);
      const response = await fetch(server.url + address);
      expect(response.status, address).to.equal(200);
      writeFileSync(file, await response.text());
      definitions[name] = file;
    }
    addresses.splice(0);
    answer = await run(program, {
      ...{ url: server.url, profile: path.join(folder, 'profile'), page: PAGE, definitions, tiles: TILES },
      collections: layers.map(({ id }) => ({ id, rect: RECT, filter: FILTER })),
    });
  });
  after(async () => {
    await server?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const inSql = async (layer: PublishedLayer, condition = 'true') =>
    (await recordsInSql(server.database, layer, condition))
      .map(({ properties }) => properties.record_id as string)
      .toSorted((a, b) => (a < b ? -1 : 1));
  const ordered = (ids: readonly string[]) => ids.toSorted((a, b) => (a < b ? -1 : 1));
  const each = async (check: (layer: PublishedLayer, read: Collection) => Promise<void> | void) => {
    for (const layer of layers) {
      const read = answer.collections[layer.id];
      if (!read) expect.fail(`${layer.id} was not read`);
      await check(layer, read);
    }
  };

  it('adds every collection by OGC API - Features, with its fields, extent and kind of geometry', async () => {
    await each(async (layer, { valid, fields, extent, crs, geometry }) => {
      expect(valid, layer.id).to.equal(true);
      expect(Object.keys(fields), layer.id).to.include.members(recordFields(layer).map(({ name }) => name));
      expect(crs).to.be.oneOf(['OGC:CRS84', 'EPSG:4326']);
      expect(geometry, layer.id).to.equal({ point: 'Point', line: 'Line', polygon: 'Polygon' }[layer.geometry]);
      const { west = 0, south = 0, east = 0, north = 0 } = layer.bbox ?? {};
      for (const [index, side] of [west, south, east, north].entries()) {
        expect(extent[index], `${layer.id} ${index}`).to.be.closeTo(side, 1e-6);
      }
    });
  });

  it('counts the records of every collection, read page by page, as SQL does', async () => {
    await each(async (layer, { ids, count }) => {
      const wanted = await inSql(layer);
      expect(ordered(ids), layer.id).to.deep.equal(wanted);
      expect(count, layer.id).to.equal(wanted.length);
    });
    const pages = addresses.filter((address) => /^\/collections\/attacks_modelled\/items\?.*cursor=/.test(address));
    expect(pages).to.have.length.above(40);
  });

  it('asks for a rectangle and gets what SQL finds there', async () => {
    const box = `ST_MakeEnvelope(${RECT.join(', ')}, 4326)`;
    await each(async (layer, { inRect }) => {
      expect(ordered(inRect), layer.id).to.deep.equal(await inSql(layer, `ST_Intersects(geom, ${box})`));
    });
    expect(addresses.filter((address) => /items\?.*bbox=/.test(address))).to.have.length.above(layers.length - 1);
  });

  it('filters by an expression and by a subset', async () => {
    let left = 0;
    await each(async (layer, { byExpression, isNarrowed, bySubset }) => {
      const wanted = await inSql(layer, 'precision_m <= 5000');
      left += wanted.length;
      expect(ordered(byExpression), layer.id).to.deep.equal(wanted);
      expect(isNarrowed, layer.id).to.equal(true);
      expect(ordered(bySubset), layer.id).to.deep.equal(wanted);
    });
    expect(left).to.be.above(100);
  });

  it('adds vector tiles by URL, draws them, and counts what is in one', async () => {
    for (const { id } of TILES) {
      const { valid, painted, numbers } = answer.tiles[id] ?? { valid: false, painted: 0, numbers: [] };
      expect(valid, id).to.equal(true);
      expect(painted, `pixels of ${id}`).to.be.above(20);
      expect(numbers, id).to.have.length.above(0);
    }
    const mines = server.context.catalogue().get('mines');
    const wanted = (await recordsInSql(server.database, mines)).map(({ fid }) => fid);
    expect(answer.tiles.mines?.numbers).to.deep.equal(wanted);
  });

  it('opens the layer definitions that the server hands out', async () => {
    const mines = server.context.catalogue().get('mines');
    const { records, tiles } = answer.definitions;
    expect(records?.isRead, records?.error).to.equal(true);
    expect(records?.layers.map(({ name, valid }) => ({ name, valid }))).to.deep.equal([
      { name: mines.title.en, valid: true },
    ]);
    expect(ordered(records?.layers[0]?.ids ?? [])).to.deep.equal(await inSql(mines));
    expect(tiles?.isRead, tiles?.error).to.equal(true);
    expect(tiles?.layers.map(({ name, valid }) => ({ name, valid }))).to.deep.equal([
      { name: mines.title.en, valid: true },
    ]);
  });
});
