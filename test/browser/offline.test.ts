import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { after, afterEach, before, describe, it } from 'mocha';
import { parseArguments } from '../../scripts/export/arguments.ts';
import { toOfflineRequest } from '../../scripts/export/request.ts';
import { MapSettingsSchema } from '../../server/core/map-settings.ts';
import { readCatalogue } from '../../server/db/catalogue.ts';
import { exportFolder } from '../../server/jobs/export/offline-folder.ts';
import { postgisTiles } from '../../server/tiles/postgis.ts';
import { type MapPage, mapColors, openMap, settled, textOf } from '../support/browser.ts';
import { GEODATA, seededDatabase } from '../support/database.ts';
import { type StaticServer, serveFolder } from '../support/static-server.ts';

const LAYERS = 'attacks,hubs,corridors,attacks_modelled,control_areas,countries';
const MAP = MapSettingsSchema.parse(JSON.parse(readFileSync(path.join(GEODATA, 'map.json'), 'utf8')));
/** Arms corridors, as geodata/layers/corridors.json paints them. */
const ARMS = '#d55e00';
const GAO = '#map=7/16.2870/-0.0440';
const DAY = 86_400_000;

describe('the map in a folder, without its server', function suite() {
  this.timeout(90_000);
  let temp: string;
  let folder: string;
  let server: StaticServer;
  let map: MapPage | undefined;

  before(async () => {
    temp = mkdtempSync(path.join(tmpdir(), 'azalai-offline-'));
    folder = path.join(temp, 'mali');
    const database = await seededDatabase();
    const args = ['pmtiles', '--with-client', '--collections', LAYERS, '--maxzoom', '6', '--out', folder];
    const request = toOfflineRequest(
      parseArguments(args),
      await readCatalogue(database.run),
      MAP,
      path.resolve(import.meta.dirname, '../../dist/client'),
      new Date(Date.now() - 3 * DAY),
    );
    await exportFolder({ run: database.run, tiles: postgisTiles(database.runTile) }, request, folder);
    await database.close();
    server = await serveFolder(folder, '/stick/mali');
  });
  after(async () => {
    await server.close();
    rmSync(temp, { recursive: true });
  });
  afterEach(async () => {
    await map?.close();
    map = undefined;
  });

  const open = async (hash = '') => {
    map = await openMap({ url: server.url, hash });
    return map;
  };
  /** Nothing failed, nothing was asked outside the folder, nothing that the folder does not have. */
  const expectWhole = ({ expectClean }: MapPage) => {
    expectClean();
    expect(server.answers.filter((answer) => answer.startsWith('404'))).to.deep.equal([]);
  };

  it('draws its layers from archives, and says how old they are', async () => {
    const opened = await open();
    const { page } = opened;
    const colors = await mapColors(page);
    expect(colors.size, 'colours on the map').to.be.greaterThan(100);
    expect(colors.get(ARMS) ?? 0, 'pixels of arms corridors').to.be.greaterThan(50);
    for (const source of ['records', 'base-map', 'attacks_modelled']) {
      expect(server.answers).to.include(`206 tiles/${source}.pmtiles`);
    }
    expect(await textOf(page.locator('.offline-note'))).to.match(/Offline copy.* of \d+ \w+ \d{4} \(3 days ago\)/);
    expect(await page.locator('[data-layer]').count()).to.be.at.least(5);
    expect(await page.locator('[data-layer=mines]').count()).to.equal(0);
    expectWhole(opened);
  });

  it('lets its page ask nobody else', async () => {
    const { page } = await open();
    const blocked = await page.evaluate(`new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective));
      fetch('http://127.0.0.1:9/').then(() => resolve('answered'), () => setTimeout(resolve, 1000, 'not blocked'));
    })`);
    expect(blocked).to.equal('connect-src');
  });

  it('reads the other language, with the map', async () => {
    const opened = await open();
    const { page } = opened;
    await page.getByRole('button', { name: 'Français' }).click();
    await settled(page);
    expect(await textOf(page.locator('.offline-note'))).to.match(/Copie hors ligne.*il y a 3 jours/);
    expect(await textOf(page.locator('[data-layer=corridors]'))).to.contain('Corridors de trafic');
    expect((await mapColors(page)).get(ARMS) ?? 0, 'pixels of arms corridors').to.be.greaterThan(50);
    expect(server.answers).to.include('200 style.fr.json');
    expectWhole(opened);
  });

  it('has the card of a record', async () => {
    const opened = await open(GAO);
    const { page } = opened;
    const box = await page.locator('.maplibregl-canvas').boundingBox();
    if (!box) throw new Error('the canvas has no box');
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.locator('.records .card h3').first().waitFor();
    await page.locator('.records .card.quiet').first().waitFor({ state: 'detached' });
    expect(await page.locator('.records .card h3').count()).to.be.greaterThan(1);
    const text = await textOf(page.locator('.records'));
    expect(text)
      .to.contain('UNU-CPR 2024')
      .and.to.match(/Position within about \d+\s+km/);
    expect(server.answers).to.include('200 items/hubs/0.json');
    expectWhole(opened);
  });

  it('counts hexagons in a window of months, and says what it does not have', async () => {
    const layers = 'layers=attacks_modelled,countries';
    const opened = await open(`#map=5/14.5/-4.2&${layers}&time=2019-01-01/2019-12-31&at=14.4843/-4.1828`);
    const { page } = opened;
    const card = page.locator('.records .card').first();
    await card.waitFor();
    const count = async () => Number((await textOf(card.locator('h3').first())).replace(/\D/g, ''));
    const inYear = await count();
    expect(inYear).to.be.above(0);
    expect(await textOf(card)).to.contain('not in this offline copy');
    expect(await card.getByRole('button').count(), 'nothing to try again').to.equal(0);
    expect(server.answers).to.include('200 series/attacks_modelled/4.azs');
    const before = server.answers.length;
    await page.getByRole('button', { name: 'All dates' }).click();
    await settled(page);
    expect(await count()).to.be.above(inYear);
    await page.getByRole('button', { name: 'Show 2014 only' }).click();
    await settled(page);
    // Chromium fetches the icon anew with each entry of the history.
    const asked = server.answers.slice(before).filter((answer) => !answer.includes('icon'));
    expect(asked, 'a window costs no request').to.deep.equal([]);
    expectWhole(opened);
  });

  it('says what it cannot count, and does not call it nothing', async () => {
    const layers = 'layers=attacks_modelled,countries';
    const opened = await open(`#map=5/14.5/-4.2&${layers}&time=2019-01-10/2019-12-31&at=14.4843/-4.1828`);
    const { page } = opened;
    const row = page.locator('[data-layer=attacks_modelled]');
    expect(await textOf(row))
      .to.contain('Not counted: without a server')
      .and.not.contain('Nothing');
    expect(await textOf(page.locator('.records'))).to.contain('hexagons are not counted');
    await page.getByLabel('From').first().fill('2019-01-01');
    await settled(page);
    expect(await textOf(row)).to.match(/\d+ modelled records in view/);
    expectWhole(opened);
  });

  it('stretches its last tiles, and counts their hexagons', async () => {
    const opened = await open('#map=8/14.5/-4.2&layers=attacks_modelled,countries&time=2012-01-01/2019-12-31');
    expect(await textOf(opened.page.locator('[data-layer=attacks_modelled]'))).to.match(/\d+ modelled records in view/);
    expectWhole(opened);
  });

  it('says what its server must do when that does not answer ranges', async () => {
    const plain = await serveFolder(folder, '', false);
    map = await openMap({ url: plain.url });
    expect(await textOf(map.page.locator('.offline-note'))).to.contain('must answer range requests');
    await map.close();
    map = undefined;
    await plain.close();
  });

  it('is whole: what its style names is there', () => {
    for (const language of ['en', 'fr']) {
      const style = readFileSync(path.join(folder, `style.${language}.json`), 'utf8');
      const { sources, sprite } = JSON.parse(style) as { sources: Record<string, { url: string }>; sprite: string };
      for (const { url } of Object.values(sources)) {
        expect(existsSync(path.join(folder, url.replace('pmtiles://', ''))), url).to.equal(true);
      }
      expect(existsSync(path.join(folder, `${sprite}.png`))).to.equal(true);
      for (const [font] of style.matchAll(/fonts\/[^"]+\.woff2/g)) {
        expect(existsSync(path.join(folder, font)), font).to.equal(true);
      }
    }
  });
});
