import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import { expect } from 'chai';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { type ExportArguments, parseArguments } from '../../scripts/export/arguments.ts';
import { toOfflineRequest, toRequest } from '../../scripts/export/request.ts';
import { Catalogue, type PublishedLayer } from '../../server/core/catalogue.ts';
import { RequestAborted } from '../../server/core/errors.ts';
import { MapSettingsSchema } from '../../server/core/map-settings.ts';
import { countInWindow, parseSeries, toSums } from '../../server/core/series.ts';
import type { TileCoord } from '../../server/core/tile.ts';
import { readCatalogue } from '../../server/db/catalogue.ts';
import { openArchiveFile } from '../../server/jobs/export/archive-file.ts';
import { CannotWrite, NotExportable, NothingToExport } from '../../server/jobs/export/errors.ts';
import { exportFolder } from '../../server/jobs/export/offline-folder.ts';
import { type ExportOptions, exportArchive } from '../../server/jobs/export.ts';
import { postgisTiles } from '../../server/tiles/postgis.ts';
import type { EncodedTile, TileSource } from '../../server/tiles/source.ts';
import { GEODATA, seededDatabase, type TestDatabase } from '../support/database.ts';
import { readFileArchive, readTile } from '../support/pmtiles.ts';
import { decodeTile } from '../support/vector-tile.ts';

const MAP = MapSettingsSchema.parse(JSON.parse(readFileSync(path.join(GEODATA, 'map.json'), 'utf8')));
const NOW = new Date('2026-11-21T06:00:00Z');

const toPlain = ({ bytes, encoding }: EncodedTile) => (encoding === 'gzip' ? gunzipSync(bytes) : Buffer.from(bytes));

/** Every tile of a zoom that meets a box in degrees, with a row of neighbours around it. */
function around(z: number, [west, south, east, north]: readonly [number, number, number, number]): TileCoord[] {
  const column = (lon: number) => Math.floor(((lon + 180) / 360) * 2 ** z);
  const row = (lat: number) =>
    Math.floor((0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI)) * 2 ** z);
  const span = (from: number, to: number) =>
    Array.from({ length: to - from + 3 }, (_, index) => from - 1 + index).filter((at) => at >= 0 && at < 2 ** z);
  return span(column(west), column(east)).flatMap((x) => span(row(north), row(south)).map((y) => ({ z, x, y })));
}
const WORLD = [-179.9, -85, 179.9, 85] as const;
const GAO = [-1, 15, 1.5, 17.5] as const;

describe('export', () => {
  let database: TestDatabase;
  let catalogue: Catalogue;
  let tiles: TileSource;
  let folder: string;
  let out: string;

  before(async () => {
    database = await seededDatabase();
    catalogue = await readCatalogue(database.run);
    tiles = postgisTiles(database.runTile);
  });
  after(() => database.close());
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'azalai-export-'));
    out = path.join(folder, 'map.pmtiles');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const typed = (collections: string, ...rest: string[]) =>
    parseArguments(['pmtiles', '--collections', collections, '--out', out, ...rest]);
  const requestOf = (args: ExportArguments, from = catalogue) => toRequest(args, from, MAP, NOW);
  const write = (args: ExportArguments, source = tiles, options?: ExportOptions) =>
    exportArchive({ run: database.run, tiles: source }, requestOf(args), () => openArchiveFile(args.out), options);
  const failureOf = async (work: Promise<unknown>) =>
    work.then(
      () => expect.fail('it did not fail'),
      (error: Error) => error,
    );

  /** Tile by tile: what the archive has is what the server would serve, and what it lacks would be empty. */
  async function expectSame(coords: readonly TileCoord[], served: (coord: TileCoord) => Promise<EncodedTile>) {
    const archive = readFileArchive(out);
    let full = 0;
    for (const coord of coords) {
      const [read, wanted] = [await readTile(archive, coord), toPlain(await served(coord))];
      expect(read ?? Buffer.alloc(0), `${coord.z}/${coord.x}/${coord.y}`).to.deep.equal(wanted);
      if (read) full += 1;
    }
    return full;
  }

  it('holds every tile that the server would serve, byte for byte, and no other', async () => {
    const counts = await write(typed('attacks_modelled,control_areas,rivers', '--maxzoom', '6'));
    const { layers, filters } = requestOf(typed('attacks_modelled,control_areas,rivers'));
    const everywhere = [0, 1, 2, 3, 4].flatMap((z) => around(z, WORLD));
    const nearby = [5, 6].flatMap((z) => around(z, [-20, 5, 20, 30]));
    const full = await expectSame([...everywhere, ...nearby], (coord) => tiles.tile(layers, coord, filters));
    expect(counts.tiles).to.equal(full).and.above(30);
  });

  it('holds the tiles of high zooms too, where most of the world is empty', async () => {
    await write(typed('hubs,mines', '--minzoom', '9', '--maxzoom', '10'));
    const { layers, filters } = requestOf(typed('hubs,mines'));
    const coords = [9, 10].flatMap((z) => around(z, GAO));
    expect(await expectSame(coords, (coord) => tiles.tile(layers, coord, filters))).to.be.above(0);
    expect(await readTile(readFileArchive(out), { z: 0, x: 0, y: 0 })).to.equal(null);
  });

  it('holds hexagons also where they reach into a tile that has no record', async () => {
    const args = typed('attacks', '--hexagons', '--maxzoom', '9', '--datetime', '2014-01-01/2018-12-31');
    const counts = await write(args);
    const { layers, filters } = requestOf(args);
    const [layer, filter] = [layers[0], filters[0]];
    if (!layer || !filter) throw new Error('no layer');
    const coords = [
      ...[0, 1, 2, 3, 4].flatMap((z) => around(z, WORLD)),
      ...[5, 6, 7].flatMap((z) => around(z, [-12, 10, 5, 24])),
      ...[8, 9].flatMap((z) => around(z, GAO)),
    ];
    const full = await expectSame(coords, (coord) => tiles.hexTile(layer, coord, filter));
    expect(full).to.be.above(20).and.at.most(counts.tiles);
  });

  it('holds the hexagons that stand for records where those are too many', async () => {
    const crowded = (layer: PublishedLayer) => ({
      ...layer,
      prepared: { ...layer.prepared, pointZoom: 9, storedItems: null, storedHexes: null },
    });
    const request = requestOf(
      typed('attacks', '--maxzoom', '9'),
      new Catalogue(catalogue.layers.map((layer) => (layer.id === 'attacks' ? crowded(layer) : layer))),
    );
    await exportArchive({ run: database.run, tiles }, request, () => openArchiveFile(out));
    const coords = [5, 6, 7].flatMap((z) => around(z, [-12, 10, 5, 24]));
    const near = [8, 9].flatMap((z) => around(z, GAO));
    const full = await expectSame([...coords, ...near], (coord) => tiles.tile(request.layers, coord, request.filters));
    expect(full).to.be.above(20);
  });

  it('narrows by window and filter like the server', async () => {
    const kinds = async (...rest: string[]) => {
      await write(typed('attacks', '--maxzoom', '0', ...rest));
      const tile = await readTile(readFileArchive(out), { z: 0, x: 0, y: 0 });
      return (decodeTile(tile ?? Buffer.alloc(0)).attacks ?? []).map(({ properties }) => properties.kind);
    };
    const all = await kinds();
    const wanted = all[0];
    const some = await kinds('--filter', `kind = '${wanted}'`);
    expect(some).to.have.length(all.filter((kind) => kind === wanted).length);
    expect(some.length).to.be.below(all.length);
    const early = await kinds('--datetime', '2014-01-01/2015-12-31');
    expect(early.length).to.be.above(0).and.below(all.length);
  });

  it('asks only for tiles with something near', async () => {
    const asked: EncodedTile[] = [];
    const counting: TileSource = {
      ...tiles,
      tile: async (...args) => {
        const tile = await tiles.tile(...args);
        asked.push(tile);
        return tile;
      },
    };
    await write(typed('mines', '--maxzoom', '10'), counting);
    const full = asked.filter(({ bytes }) => bytes.length > 0).length;
    expect(full).to.be.above(50);
    // A quarter of a tile on each side: 2.25 tiles ask where one has something, and fewer where they lie close.
    expect(asked.length).to.be.below(full * 2.5);
  });

  it('says what it is, of which versions, when, and what must be shown beside it', async () => {
    await write(typed('attacks,control_areas', '--maxzoom', '3', '--datetime', '2018-01-01/..'));
    const archive = readFileArchive(out);
    const [areas, attacks] = [catalogue.get('control_areas'), catalogue.get('attacks')];
    const metadata = (await archive.getMetadata()) as Record<string, unknown> & { vector_layers: { id: string }[] };
    expect(metadata.name).to.equal(`${attacks.title.en}, ${areas.title.en}`);
    expect(metadata.attribution).to.include(attacks.attribution.en).and.include(areas.attribution.en);
    expect(metadata.vector_layers.map(({ id }) => id)).to.include.members(['attacks', 'control_areas']);
    expect(metadata.azalai).to.deep.include({
      exported_at: '2026-11-21T06:00:00.000Z',
      datetime: '2018-01-01/..',
      disclaimer: MAP.disclaimer,
    });
    const { collections } = metadata.azalai as { collections: Record<string, unknown>[] };
    expect(collections.map(({ id, generation, nature }) => ({ id, generation, nature }))).to.deep.equal([
      { id: 'attacks', generation: attacks.generation, nature: 'documented' },
      { id: 'control_areas', generation: areas.generation, nature: 'approximate' },
    ]);
    const west = Math.min(attacks.bbox?.west ?? 0, areas.bbox?.west ?? 0);
    const header = await archive.getHeader();
    expect(header).to.include({ minZoom: 0, maxZoom: 3 });
    expect(header.minLon).to.be.closeTo(west, 1e-6);
  });

  it('lets out only what is public and may be passed on, and names what may not', async () => {
    const changed = (id: string, changes: object) =>
      new Catalogue(catalogue.layers.map((layer) => (layer.id === id ? { ...layer, ...changes } : layer)));
    const attempt = (from: Catalogue) =>
      failureOf(
        exportArchive({ run: database.run, tiles }, requestOf(typed('attacks,mines', '--maxzoom', '2'), from), () =>
          openArchiveFile(out),
        ),
      );
    const internal = await attempt(changed('mines', { handling: 'internal' }));
    expect(internal).to.be.instanceOf(NotExportable);
    expect(internal.message).to.include('"mines" is internal').and.not.include('"attacks"');
    const closed = await attempt(
      changed('attacks', { licence: { name: 'All rights reserved', redistribution: false } }),
    );
    expect(closed).to.be.instanceOf(NotExportable);
    expect(closed.message).to.include('"attacks" is under "All rights reserved"');
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('says when there is nothing, and writes no file', async () => {
    const failure = await failureOf(write(typed('attacks', '--maxzoom', '4', '--datetime', '1900-01-01')));
    expect(failure).to.be.instanceOf(NothingToExport);
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('leaves the file before as it was when it fails on the way', async () => {
    writeFileSync(out, 'the archive of yesterday');
    let left = 5;
    const failing: TileSource = {
      ...tiles,
      tile: (...args) => {
        left -= 1;
        return left > 0 ? tiles.tile(...args) : Promise.reject(new Error('the database went away'));
      },
    };
    expect((await failureOf(write(typed('attacks', '--maxzoom', '6'), failing))).message).to.include('went away');
    expect(readdirSync(folder)).to.deep.equal(['map.pmtiles']);
    expect(readFileSync(out, 'utf8')).to.equal('the archive of yesterday');
    await write(typed('attacks', '--maxzoom', '2'));
    expect(readdirSync(folder)).to.deep.equal(['map.pmtiles']);
    expect((await readFileArchive(out).getHeader()).maxZoom).to.equal(2);
  });

  it('stops when it is told to, and leaves nothing', async () => {
    const stop = new AbortController();
    const onProgress = ({ z }: { z: number }) => z === 3 && stop.abort();
    const options = { signal: stop.signal, onProgress };
    const failure = await failureOf(write(typed('attacks', '--maxzoom', '12'), tiles, options));
    expect(failure).to.be.instanceOf(RequestAborted);
    expect(failure.message).to.include('export was stopped');
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('is a command, which says what it wrote and where', async () => {
    const command = ['--import', './scripts/test/strip.mjs', 'scripts/export.ts', 'pmtiles', '--maxzoom', '3'];
    const run = (...rest: string[]) =>
      spawnSync(process.execPath, [...command, '--out', out, ...rest], {
        cwd: path.dirname(GEODATA),
        env: { PATH: process.env.PATH, DATABASE_URL: String(database.connection.connectionString) },
        encoding: 'utf8',
      });
    const good = run('--collections', 'attacks,mines');
    expect(good.stderr).to.equal('');
    expect(good.status).to.equal(0);
    const header = await readFileArchive(out).getHeader();
    expect(good.stdout).to.include(`${out}: ${header.numAddressedTiles} tiles`).and.include('zooms 0 to 3');
    const bad = run('--collections', 'attacks,nothing');
    expect(bad.status).to.equal(1);
    expect(bad.stderr).to.match(/^There is no collection "nothing"\. Known collections: [^\n]+\n$/);
    expect(run().status).to.equal(2);
  }).timeout(60_000);

  describe('of the page with it', () => {
    const client = () => {
      const built = path.join(folder, 'client');
      mkdirSync(path.join(built, 'assets'), { recursive: true });
      writeFileSync(path.join(built, 'index.html'), '<!doctype html>\n<html><head><title>Azalai</title></head></html>');
      writeFileSync(path.join(built, 'assets/index.js'), 'let page;');
      return built;
    };
    const args = () => parseArguments(['pmtiles', '--with-client', '--out', out, '--maxzoom', '3']);
    const writeFolder = (from = catalogue, clientFolder = client()) =>
      exportFolder({ run: database.run, tiles }, toOfflineRequest(args(), from, MAP, clientFolder, NOW), out);
    const readJson = (name: string) => JSON.parse(readFileSync(path.join(out, name), 'utf8'));

    it('has the page, marked, and everything that its style names', async () => {
      await writeFolder();
      expect(readFileSync(path.join(out, 'index.html'), 'utf8')).to.include(
        '<meta name="azalai-offline" content="2026-11-21T06:00:00.000Z" />',
      );
      expect(readFileSync(path.join(out, 'index.html'), 'utf8')).to.match(
        /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; [^"]+" \/>[\s\S]*<title>/,
      );
      expect(readFileSync(path.join(out, 'assets/index.js'), 'utf8')).to.equal('let page;');
      for (const language of ['en', 'fr']) {
        const style = readJson(`style.${language}.json`) as StyleSpecification;
        expect(style.name).to.equal(MAP.title[language as 'en' | 'fr']);
        const dark = readJson(`style.${language}.dark.json`) as StyleSpecification;
        expect(dark.sources).to.deep.equal(style.sources);
        expect(JSON.stringify(dark.layers[0])).not.to.equal(JSON.stringify(style.layers[0]));
        expect(style.layers.length).to.be.above(20);
        const archives = Object.values(style.sources).map((source) => ('url' in source ? String(source.url) : 'none'));
        for (const url of archives) {
          expect(url).to.match(/^pmtiles:\/\/tiles\/[a-z_-]+\.pmtiles$/);
          const header = await readFileArchive(path.join(out, url.replace('pmtiles://', ''))).getHeader();
          expect(header.numAddressedTiles, url).to.be.above(0);
        }
        expect(new Set(archives).size).to.equal(readdirSync(path.join(out, 'tiles')).length);
      }
      expect(readdirSync(folder)).to.deep.equal(['client', 'map.pmtiles']);
    });

    it('has the collections and every public record of those that can be clicked', async () => {
      const table = await database.tableOf('mines');
      await database.run({ text: `UPDATE ${table} SET handling = 'restricted' WHERE fid = 2`, values: [] });
      await writeFolder();
      const { collections } = readJson('collections.json') as { collections: { id: string }[] };
      expect(collections.map(({ id }) => id)).to.deep.equal(catalogue.layers.map(({ id }) => id));
      const numbers = (id: string) =>
        readdirSync(path.join(out, 'items', id)).flatMap((name) => {
          const { features } = readJson(`items/${id}/${name}`) as { features: { id: number }[] };
          expect(features.map((feature) => Math.floor(feature.id / 1000))).to.include(Number.parseInt(name, 10));
          expect(new Set(features.map((feature) => Math.floor(feature.id / 1000))).size).to.equal(1);
          return features.map((feature) => feature.id);
        });
      for (const { id, count, group } of catalogue.layers) {
        if (group === 'base') expect(readdirSync(path.join(out, 'items'))).to.not.include(id);
        else expect(new Set(numbers(id)).size, id).to.equal(id === 'mines' ? count - 1 : count);
      }
      expect(numbers('mines')).to.not.include(2);
      await database.run({ text: `UPDATE ${table} SET handling = 'public' WHERE fid = 2`, values: [] });
    });

    it('has what counts hexagons over time, wherever its tiles have hexagons', async () => {
      const crowded = catalogue.layers.map((layer) =>
        layer.id === 'attacks' ? { ...layer, prepared: { ...layer.prepared, pointZoom: 9, storedItems: null } } : layer,
      );
      await writeFolder(new Catalogue(crowded));
      expect(readdirSync(path.join(out, 'series')).toSorted()).to.deep.equal(['attacks', 'attacks_modelled']);
      const { collections } = readJson('collections.json') as { collections: { id: string; azalai: object }[] };
      for (const id of ['attacks', 'attacks_modelled']) {
        expect(readdirSync(path.join(out, 'series', id)).toSorted(), 'resolutions of zooms 0 to 3').to.deep.equal([
          '1.azs',
          '2.azs',
        ]);
        const { buffer, byteOffset, length } = readFileSync(path.join(out, 'series', id, '2.azs'));
        const sums = toSums(parseSeries(buffer.slice(byteOffset, byteOffset + length) as ArrayBuffer));
        const counts = Array.from(sums.ordinals, (_, cell) => countInWindow(sums, cell, { from: null, to: null }));
        expect(
          counts.reduce((sum, count) => sum + count, 0),
          id,
        ).to.equal(catalogue.get(id).count);
        const tile = await readTile(
          readFileArchive(path.join(out, `tiles/${id === 'attacks' ? 'records' : id}.pmtiles`)),
          {
            ...{ z: 2, x: 1, y: 1 },
          },
        );
        const drawn = decodeTile(tile ?? Buffer.alloc(0))[`${id}_hex`] ?? [];
        for (const { id: ordinal, properties } of drawn) {
          expect(counts[sums.ordinals.indexOf(Number(ordinal))], `${id} ${ordinal}`).to.equal(properties.count);
        }
        expect(drawn).to.not.be.empty;
        expect(collections.find((one) => one.id === id)?.azalai).to.include({ seriesResolution: 2 });
      }
      // Tiles beyond zoom 3 are those of zoom 3 stretched: records never come.
      expect(collections.find(({ id }) => id === 'attacks')?.azalai).to.include({ pointZoom: 23 });
      expect(collections.find(({ id }) => id === 'mines')?.azalai).to.include({ pointZoom: 0, seriesResolution: null });
    });

    it('leaves nothing when a layer may not go, the page is not built, or something is there', async () => {
      const closed = catalogue.layers.map((layer) => ({ ...layer, handling: 'restricted' as const }));
      expect(await failureOf(writeFolder(new Catalogue(closed)))).to.be.instanceOf(NotExportable);
      const notBuilt = await failureOf(writeFolder(catalogue, path.join(folder, 'elsewhere')));
      expect(notBuilt).to.be.instanceOf(CannotWrite);
      expect(notBuilt.message).to.include('not built');
      expect(readdirSync(folder)).to.deep.equal(['client']);
      mkdirSync(out);
      writeFileSync(path.join(out, 'letter.txt'), 'dear');
      expect((await failureOf(writeFolder())).message).to.include('is not empty');
      expect(readdirSync(out)).to.deep.equal(['letter.txt']);
    });
  });

  it('says at once when the file cannot be written', async () => {
    const untouched: TileSource = { ...tiles, tile: () => expect.fail('a tile was made for nothing') };
    const refuse = async (target: string) =>
      failureOf(write({ ...typed('attacks'), out: target }, untouched)) as Promise<Error>;
    const missing = await refuse(path.join(folder, 'nowhere/map.pmtiles'));
    expect(missing).to.be.instanceOf(CannotWrite);
    expect(missing.message).to.include(`there is no folder ${path.join(folder, 'nowhere')}`);
    mkdirSync(out);
    expect((await refuse(out)).message).to.include('is a folder');
    expect(readdirSync(folder)).to.deep.equal(['map.pmtiles']);
  });
});
