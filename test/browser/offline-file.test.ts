import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { after, afterEach, before, describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { parseArguments } from '../../scripts/export/arguments.ts';
import { toTypedCopy } from '../../scripts/export/request.ts';
import { MapSettingsSchema } from '../../server/core/map-settings.ts';
import { readCatalogue } from '../../server/db/catalogue.ts';
import { openArchiveFile } from '../../server/jobs/export/archive-file.ts';
import { exportSingleFile } from '../../server/jobs/export/single-file.ts';
import { postgisTiles } from '../../server/tiles/postgis.ts';
import { type MapPage, mapColors, openPage, settled, textOf } from '../support/browser.ts';
import { briefToCopy, COPIED_VIEWS } from '../support/copied-brief.ts';
import { GEODATA, seededDatabase } from '../support/database.ts';

const MAP = MapSettingsSchema.parse(JSON.parse(readFileSync(path.join(GEODATA, 'map.json'), 'utf8')));
const CLIENT = process.env.CLIENT_FOLDER ?? path.resolve(import.meta.dirname, '../../dist/client');
/** Arms corridors, as geodata/layers/corridors.json paints them. */
const ARMS = '#d55e00';
const DAY = 86_400_000;
const [GAO, EAST, FUEL] = COPIED_VIEWS;
const FUEL_COLOR = '#2e2e2e';

describe('a brief in one file, opened as a file', function suite() {
  this.timeout(90_000);
  let temp: string;
  let map: MapPage | undefined;

  before(async () => {
    temp = mkdtempSync(path.join(tmpdir(), 'azalai-file-'));
    const database = await seededDatabase();
    const catalogue = await readCatalogue(database.run);
    const brief = await briefToCopy(database, catalogue);
    const args = parseArguments(['html', '--brief', brief.id, '--maxzoom', '7', '--out', 'brief.html']);
    const request = toTypedCopy(args, brief, catalogue, MAP, new Date(Date.now() - 3 * DAY));
    const source = { run: database.run, tiles: postgisTiles(database.runTile) };
    const folders = { client: CLIENT, single: path.resolve(CLIENT, '../single') };
    const openSink = () => openArchiveFile(path.join(temp, 'brief.html'));
    const { bytes } = await exportSingleFile(source, request, folders, openSink);
    expect(bytes).to.be.within(3e6, 20e6);
    await database.close();
  });
  after(() => rmSync(temp, { recursive: true }));
  afterEach(async () => {
    await map?.close();
    map = undefined;
  });

  /** Without a network at all, by the browser's word. */
  const open = async (hash = ''): Promise<Page> => {
    map = await openPage(`/brief.html${hash}`, { url: `file://${temp}`, context: { offline: true } });
    await settled(map.page);
    return map.page;
  };
  /** The file, and what the page made of its own text: the map's worker. Nothing failed. */
  const expectAlone = () => {
    const asked = map?.requests.filter((address) => !/^(blob|data):/.test(address));
    expect(asked?.map((address) => address.replace(/#.*/, ''))).to.deep.equal([`file://${temp}/brief.html`]);
    map?.expectClean();
  };

  it('presents its views, in its language, by the keyboard', async () => {
    const page = await open();
    const presented = page.locator('.present');
    await presented.getByRole('heading', { name: 'Autour de Gao' }).waitFor();
    await settled(page);
    const text = await textOf(presented);
    expect(text).to.contain('Les couloirs de Gao').and.contain('Première note.').and.contain('2019');
    await page.keyboard.press('ArrowRight');
    await presented.getByRole('heading', { name: 'Vers l’est' }).waitFor();
    await settled(page);
    expect((await mapColors(page)).get(ARMS) ?? 0, 'pixels of arms corridors').to.be.greaterThan(50);
    await page.keyboard.press('Escape');
    await presented.waitFor({ state: 'detached' });
    expect(await textOf(page.locator('.offline-note'))).to.match(/Copie hors ligne.*il y a 3 jours/);
    await page.locator('.offline-note').getByRole('button', { name: 'Présentation' }).click();
    await presented.waitFor();
    expectAlone();
  });

  it('is the map: layers, clock, records, the other language and the dark one', async () => {
    const page = await open(EAST);
    const arms = async () => (await mapColors(page)).get(ARMS) ?? 0;
    const drawn = await arms();
    expect(drawn, 'pixels of arms corridors').to.be.greaterThan(500);
    expect(await page.locator('[data-layer=mines]').count(), 'a layer that no view shows').to.equal(0);

    await page.locator('[data-layer=corridors]').getByRole('switch').first().click();
    await settled(page);
    // The hubs of arms have the same colour.
    expect(await arms(), 'without its layer').to.be.lessThan(drawn / 2);

    const box = await page.locator('.maplibregl-canvas').boundingBox();
    if (!box) throw new Error('the canvas has no box');
    await page.evaluate(`location.hash = ${JSON.stringify(GAO)}`);
    await settled(page);
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.locator('.records .card h3').first().waitFor();
    await page.locator('.records .card.quiet').first().waitFor({ state: 'detached' });
    expect(await textOf(page.locator('.records'))).to.contain('UNU-CPR 2024');

    await page.getByRole('button', { name: 'English' }).click();
    await settled(page);
    expect(await textOf(page.locator('[data-layer=corridors]'))).to.contain('Trafficking corridors');
    expectAlone();
  });

  it('counts hexagons in a window of months', async () => {
    const page = await open(GAO);
    const row = page.locator('[data-layer=attacks_modelled]');
    const count = async () => Number(/\+([\d\s]+)\sfiches/.exec(await textOf(row))?.[1]?.replace(/\D/g, ''));
    const inYear = await count();
    expect(inYear).to.be.above(0);
    await page.getByRole('button', { name: 'Toutes les dates' }).click();
    await settled(page);
    expect(await count()).to.be.above(inYear);
    expectAlone();
  });

  it('shows what the filters of its views leave, and says which it does not have', async () => {
    const page = await open(FUEL);
    const corridors = page.locator('[data-layer=corridors]');
    expect((await mapColors(page)).get(ARMS) ?? 0, 'pixels of arms corridors').to.be.lessThan(10);
    expect((await mapColors(page)).get(FUEL_COLOR) ?? 0, 'pixels of fuel corridors').to.be.greaterThan(50);
    expect(await corridors.locator('.filter-note.is-refused').count()).to.equal(0);
    const modelled = page.locator('[data-layer=attacks_modelled]');
    const count = async () => Number(/\+([\d\s]+)\sfiches/.exec(await textOf(modelled))?.[1]?.replace(/\D/g, ''));
    const withDead = await count();
    expect(withDead).to.be.above(0);
    await modelled.locator('.filter-note').getByRole('button').click();
    await settled(page);
    expect(await count(), 'without the filter').to.be.above(withDead);

    await page.evaluate(`location.hash = ${JSON.stringify(`${EAST}&filter={"corridors":"commodity = 'gold'"}`)}`);
    await settled(page);
    expect(await textOf(corridors.locator('.filter-note.is-refused'))).to.contain('cette copie n’a pas');
    expect((await mapColors(page)).get(ARMS) ?? 0, 'all of them').to.be.greaterThan(50);
    expectAlone();
  });

  it('counts nothing in a window by a filter', async () => {
    const page = await open(FUEL.replace('time=../..', 'time=2019-01-01/2019-12-31'));
    expect(await textOf(page.locator('[data-layer=attacks_modelled]'))).to.match(/Non compté/);
    expectAlone();
  });

  it('may ask nobody', async () => {
    const page = await open(EAST);
    const policy = await page.locator('meta[http-equiv=Content-Security-Policy]').getAttribute('content');
    expect(policy).to.match(/^default-src 'none'; script-src 'sha256-[\w+/]{43}='; style-src 'sha256-[\w+/]{43}='; /);
    expect(policy).to.not.match(/https?:|'self'|'unsafe/);
    const blocked = await page.evaluate(`new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective));
      fetch('http://127.0.0.1:9/').then(() => resolve('answered'), () => setTimeout(resolve, 1000, 'not blocked'));
    })`);
    expect(blocked).to.equal('connect-src');
  });
});
