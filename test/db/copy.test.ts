import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import { expect } from 'chai';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { Brief } from '../../server/core/brief.ts';
import { Catalogue } from '../../server/core/catalogue.ts';
import { tilesAcross } from '../../server/core/copy-area.ts';
import { MapSettingsSchema } from '../../server/core/map-settings.ts';
import type { CopyFacts } from '../../server/core/offline.ts';
import { readCatalogue } from '../../server/db/catalogue.ts';
import { openArchiveFile } from '../../server/jobs/export/archive-file.ts';
import { toCopyRequest } from '../../server/jobs/export/copy-request.ts';
import { ArchiveTooLarge } from '../../server/jobs/export/errors.ts';
import { exportFolder } from '../../server/jobs/export/offline-folder.ts';
import { exportSingleFile } from '../../server/jobs/export/single-file.ts';
import type { ExportSource } from '../../server/jobs/export/source.ts';
import { postgisTiles } from '../../server/tiles/postgis.ts';
import { briefToCopy, COPIED_FILTER, COPIED_VIEWS } from '../support/copied-brief.ts';
import { GEODATA, seededDatabase, type TestDatabase } from '../support/database.ts';
import { readFileArchive, readTile } from '../support/pmtiles.ts';
import { decodeTile } from '../support/vector-tile.ts';

const MAP = MapSettingsSchema.parse(JSON.parse(readFileSync(path.join(GEODATA, 'map.json'), 'utf8')));
const NOW = new Date('2026-11-22T06:00:00Z');
const GAO = { west: -1, south: 15, east: 1.5, north: 17.5 };

describe('copies of a brief or an area', () => {
  let database: TestDatabase;
  let catalogue: Catalogue;
  let source: ExportSource;
  let brief: Brief;
  let temp: string;
  let out: string;

  before(async () => {
    database = await seededDatabase();
    catalogue = await readCatalogue(database.run);
    source = { run: database.run, tiles: postgisTiles(database.runTile) };
    brief = await briefToCopy(database, catalogue);
  });
  after(() => database.close());
  beforeEach(() => {
    temp = mkdtempSync(path.join(tmpdir(), 'azalai-copy-test-'));
    out = path.join(temp, 'copy');
    mkdirSync(path.join(temp, 'client/assets'), { recursive: true });
    mkdirSync(path.join(temp, 'single'));
    writeFileSync(path.join(temp, 'client/index.html'), '<!doctype html>\n<html><head><title>A</title></head></html>');
    writeFileSync(path.join(temp, 'client/assets/icon-a.svg'), '<svg/>');
    for (const name of ['page.js', 'page.css', 'worker.js']) writeFileSync(path.join(temp, 'single', name), '');
  });
  afterEach(() => rmSync(temp, { recursive: true }));

  const readJson = (name: string) => JSON.parse(readFileSync(path.join(out, name), 'utf8'));
  const wish = () => ({ catalogue, map: MAP, now: NOW, maxzoom: 7 });
  const ofBrief = () => ({ ...wish(), brief, views: brief.views.map(({ view }) => view) });
  const writeFolder = (request: ReturnType<typeof toCopyRequest>) =>
    exportFolder(source, { ...request, clientFolder: path.join(temp, 'client') }, out);

  it('have the layers of the views and the base map, and open with what they were made of', () => {
    const copy = toCopyRequest(ofBrief());
    const base = catalogue.layers.filter(({ group, visible }) => group === 'base' && visible).map(({ id }) => id);
    const shown = ['hubs', 'corridors', 'attacks_modelled', 'countries'];
    expect(copy.layers.map(({ id }) => id)).to.have.members([...new Set([...shown, ...base])]);
    expect(copy.opens).to.equal(`#lang=fr&brief=${brief.id}/1&present`);
    expect(copy.brief?.views.map(({ title }) => title)).to.deep.equal(brief.views.map(({ title }) => title));
    expect(copy.brief?.views[2]?.view.address, 'the records of the copy').to.equal(
      COPIED_VIEWS[2].replace(/&asof=.*/, ''),
    );
    const view = brief.views[1]?.view;
    expect(toCopyRequest({ ...wish(), views: view ? [view] : [] }).opens).to.equal(COPIED_VIEWS[1]);
  });

  it('go two zooms nearer than the nearest view, and an area to zoom 9', () => {
    const last = (more: object) => {
      const copy = toCopyRequest({ ...ofBrief(), maxzoom: undefined, ...more });
      return copy.requestOf(copy.layers.slice(0, 1)).maxzoom;
    };
    expect(last({})).to.equal(9);
    const far = brief.views.slice(1).map(({ view }) => view);
    expect(last({ views: far })).to.equal(8);
    expect(last({ brief: undefined, views: undefined, area: GAO })).to.equal(9);
    expect(last({ maxzoom: 4 })).to.equal(4);
  });

  it('leave out what may not be passed on, and say so; what is named is refused', async () => {
    const changed = catalogue.layers.map((layer) => {
      if (layer.id === 'hubs') return { ...layer, handling: 'internal' as const };
      if (layer.id === 'corridors') return { ...layer, licence: { ...layer.licence, redistribution: false } };
      return layer;
    });
    const closed = new Catalogue(changed);
    const copy = toCopyRequest({ ...ofBrief(), catalogue: closed });
    expect(copy.layers.map(({ id }) => id))
      .to.include('attacks_modelled')
      .and.not.include.members(['hubs', 'corridors']);
    expect(copy.leftOut).to.deep.equal([catalogue.get('corridors').title]);
    expect(copy.notPublic, 'not by its title').to.equal(1);
    expect(
      copy.narrowed?.map(({ layer }) => layer.id),
      'nor by its filter',
    ).to.deep.equal(['attacks_modelled']);
    const named = toCopyRequest({ ...wish(), catalogue: closed, area: GAO, collections: ['hubs'] });
    const failure = await writeFolder(named).then(
      () => null,
      (error: unknown) => error,
    );
    expect((failure as Error).message).to.contain('"hubs" is internal');
  });

  it('have nothing outside their area', async () => {
    const request = toCopyRequest({
      ...wish(),
      area: GAO,
      collections: ['hubs', 'attacks', 'attacks_modelled', 'countries'],
    });
    await writeFolder(request);
    const { metadata } = readJson('style.fr.json') as StyleSpecification & { metadata: Record<string, object> };
    expect(metadata['azalai:map']).to.deep.include({ bounds: [-1, 15, 1.5, 17.5], max_bounds: [-1, 15, 1.5, 17.5] });
    const facts = readJson('copy.json') as CopyFacts;
    expect(facts).to.deep.equal({
      ...{ exportedAt: NOW.toISOString(), area: [-1, 15, 1.5, 17.5], leftOut: [], notPublic: 0, narrowed: {} },
    });

    for (const id of ['hubs', 'attacks', 'attacks_modelled']) {
      const table = await database.tableOf(id);
      const text = `SELECT fid FROM ${table} WHERE handling = 'public' AND ST_Intersects(geom, ST_MakeEnvelope(-1, 15, 1.5, 17.5, 4326))`;
      const rows = await database.run<{ fid: string }>({ text, values: [] });
      const written = readdirSync(path.join(out, 'items', id)).flatMap((name) =>
        (readJson(`items/${id}/${name}`) as { features: { id: number }[] }).features.map((feature) => feature.id),
      );
      expect(written, id).to.have.members(rows.map(({ fid }) => Number(fid)));
      expect(written, id).to.not.be.empty;
    }

    const archive = readFileArchive(path.join(out, 'tiles/attacks_modelled.pmtiles'));
    const header = await archive.getHeader();
    expect([header.minLon, header.minLat, header.maxLon, header.maxLat]).to.deep.equal([-1, 15, 1.5, 17.5]);
    const { columns, rows } = tilesAcross(GAO, 7);
    const places = [-2, -1, 0, 1, 2].flatMap((dx) =>
      [-2, -1, 0, 1, 2].map((dy) => [columns[0] + dx, rows[0] + dy] as const),
    );
    let inside = 0;
    for (const [x, y] of places) {
      const isInside = x >= columns[0] && x <= columns[1] && y >= rows[0] && y <= rows[1];
      const tile = await readTile(archive, { z: 7, x, y });
      if (tile) inside += 1;
      if (!isInside) expect(tile, `7/${x}/${y}`).to.equal(null);
    }
    expect(inside).to.be.above(0);
  });

  it('have what the filters of their views leave', async () => {
    const copy = toCopyRequest(ofBrief());
    await writeFolder(copy);
    const { narrowed } = readJson('copy.json') as CopyFacts;
    const [[layer, filter] = ['', '']] = Object.entries(JSON.parse(COPIED_FILTER) as Record<string, string>);
    const archive = readFileArchive(path.join(out, narrowed[layer]?.[filter] ?? ''));
    const drawn = decodeTile((await readTile(archive, { z: 5, x: 15, y: 14 })) ?? Buffer.alloc(0))[layer] ?? [];
    expect(drawn).to.not.be.empty;
    expect(new Set(drawn.map(({ properties }) => properties.commodity))).to.deep.equal(new Set(['fuel']));
    expect(Object.keys(narrowed)).to.have.members(['corridors', 'attacks_modelled']);
    const kept = readJson(`briefs/${brief.id}.json`) as Brief;
    expect({ ...kept, views: [] }).to.deep.equal({ ...brief, views: [] });
    expect(readFileSync(path.join(out, 'index.html'), 'utf8'), 'the page of the folder').to.contain(
      `<meta name="azalai-opens" content="#lang=fr&amp;brief=${brief.id}/1&amp;present" />`,
    );
  });

  it('in one file say what is too large, and write nothing', async () => {
    const folders = { client: path.join(temp, 'client'), single: path.join(temp, 'single') };
    const openSink = () => openArchiveFile(out);
    const failure = await exportSingleFile(source, toCopyRequest(ofBrief()), folders, openSink, {
      maxBytes: 500_000,
    }).then(
      () => null,
      (error: unknown) => error,
    );
    expect(failure).to.be.instanceOf(ArchiveTooLarge);
    expect((failure as Error).message).to.match(
      /^The file would have \d\.\d MB, and 0\.5 MB are the most: (tiles|records) [\d.]+ MB \(most of them: \w+/,
    );
    expect(readdirSync(temp).toSorted()).to.deep.equal(['client', 'single']);
  });

  it('are written by the command', function command() {
    this.timeout(60_000);
    const program = ['--import', './scripts/test/strip.mjs', 'scripts/export.ts'];
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [...program, ...args], {
        cwd: path.dirname(GEODATA),
        env: {
          ...{ PATH: process.env.PATH, CLIENT_FOLDER: path.join(temp, 'client') },
          DATABASE_URL: String(database.connection.connectionString),
        },
        encoding: 'utf8',
      });
    const file = path.join(temp, 'brief.html');
    const good = run('html', '--brief', brief.id, '--maxzoom', '5', '--out', file);
    expect(good.stderr.replaceAll(/^zoom .*\n/gm, '')).to.equal('');
    expect(good.stdout).to.match(/brief\.html: "Les couloirs de Gao" with \d+ collections, [\d.]+ [kM]B\.\n$/);
    expect(readFileSync(file, 'utf8')).to.contain('<title>Les couloirs de Gao</title>');
    const missing = run('folder', '--brief', '00000000-0000-4000-8000-000000000000', '--out', out);
    expect([missing.status, missing.stderr]).to.deep.equal([
      1,
      'There is no brief "00000000-0000-4000-8000-000000000000" that you may read. One that is internal takes the token.\n',
    ]);
    expect(run('html', '--out', file).status).to.equal(2);
  });
});
