import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import { after, afterEach, before, describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { type MapPage, openMap, settled, textOf } from '../support/browser.ts';
import { seededDatabase, type TestDatabase } from '../support/database.ts';
import { json } from '../support/json.ts';
import { type Running, start } from '../support/process.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../shared/data');
const FILE = path.join(FOLDER, 'mli_settlements.csv');

/** Real files, with how many records each has, and how they are drawn from afar. */
const FILES = [
  { name: 'mli_adm1_shapefile.zip', count: 9, drawn: 'Polygon' },
  { name: 'mli_adm2.geojson', count: 50, drawn: 'Polygon' },
  { name: 'ne10m_rivers_sahel.geojson', count: 19, drawn: 'LineString' },
  { name: 'ucdp_ged_231_sample.csv', count: 1_000, drawn: 'Point' },
  { name: 'mli_settlements.csv', count: 18_769, drawn: 'Polygon' },
] as const;
const TOKEN = 'a-token-of-the-browser-test';

describe('a file on its way to the map, by the page and the real server', function suite() {
  this.timeout(240_000);
  let database: TestDatabase;
  let server: Running | undefined;
  let map: MapPage | undefined;
  before(async () => {
    database = await seededDatabase();
    const { connectionString: DATABASE_URL = '' } = database.connection as { connectionString?: string };
    // One worker: a second one may answer a tile of records by the version before for a moment, which the page does not notice.
    server = await start({ DATABASE_URL, ADMIN_TOKEN: TOKEN, WORKERS: '1' });
  });
  afterEach(async () => {
    await map?.close();
    map = undefined;
  });
  after(async () => {
    server?.child.kill('SIGKILL');
    await server?.ended;
    await database.close();
  });

  async function open(hash = '#upload'): Promise<MapPage> {
    // No larger than it has to be: the map is drawn without a graphics card.
    map = await openMap({
      ...{ url: server?.url ?? '', hash },
      context: { viewport: { width: 1000, height: 640 } },
    });
    await map.page.locator('.upload input[type=password]').fill(TOKEN);
    await map.page.locator('.upload button[type=submit]').click();
    await map.page.locator('.upload-drop').waitFor();
    return map;
  }

  const listed = (page: Page) =>
    page.evaluate<string[]>("[...document.querySelectorAll('.layer')].map((layer) => layer.dataset.layer)");

  /** Types of the geometries of a layer that the map has drawn; hexagons are polygons. */
  const drawnOf = (page: Page, id: string) =>
    page.evaluate<string[]>(
      `[...new Set(document.querySelector('.map').map.queryRenderedFeatures().filter((f) => ['${id}', '${id}_hex'].includes(f.sourceLayer)).map((f) => f.geometry.type.replace('Multi', '')))]`,
    );

  /** Lets a file fall where files are dropped, as a person does. */
  async function drop(page: Page, name: string): Promise<void> {
    const bytes = (await readFile(path.join(FOLDER, name))).toString('base64');
    const transfer = await page.evaluateHandle(
      `(() => { const data = new DataTransfer(); data.items.add(new File([Uint8Array.from(atob('${bytes}'), (c) => c.charCodeAt(0))], '${name}')); return data; })()`,
    );
    await page.locator('.upload-drop').dispatchEvent('drop', { dataTransfer: transfer });
  }

  it('has the places of Mali looked at, mended, published and shown', async function run() {
    if (!existsSync(FILE)) {
      console.log('      mli_settlements.csv is not in ../shared/data');
      this.skip();
    }
    const { page, expectClean } = await open();
    await page.locator('.upload input[type=file]').setInputFiles(FILE);
    const lead = page.locator('.upload-lead').first();
    const publish = page.locator('.upload-publish .button');
    await publish.waitFor({ timeout: 60_000 });
    expect(await textOf(lead)).to.contain('18,769 records were read.');
    const outside = page.locator('.upload-issue', { hasText: 'Outside the region that is named' });
    await outside.getByRole('button', { name: 'Show the records' }).click();
    await outside
      .getByRole('button', { name: /^Show record [\d,]+ on the map$/ })
      .first()
      .click();
    await outside.locator('tr.is-chosen').waitFor();
    expect(await outside.locator('tr.is-chosen').count()).to.equal(1);
    const flipped = page.locator('.upload-issue', { hasText: 'Fits with the other sign' });
    await page
      .getByText(
        /^\d+ lie outside the region they name, \d+ of those fit with the sign of a coordinate flipped: flip them\?$/,
      )
      .waitFor();
    await page.getByRole('button', { name: 'Flip the signs' }).click();
    await page.getByText(/\d+ were mended\./).waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Undo the last change' }).click();
    await flipped.getByRole('button', { name: 'Repair', exact: true }).waitFor({ timeout: 60_000 });
    await lead.filter({ hasNotText: 'mended' }).waitFor({ timeout: 60_000 });
    await page.getByLabel('Title (English)').fill('Places of the file');
    await page.getByLabel('Title (English)').blur();
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.locator('.upload-draft').waitFor({ state: 'detached' });
    await page.locator('.upload-publish .button:enabled').waitFor({ timeout: 60_000 });
    await publish.click();
    await page.getByText('It is published as “Places of the file”.').waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Show on the map' }).click();
    await page.locator('.upload').waitFor({ state: 'detached' });
    await settled(page);
    const row = page.locator('.layer[data-layer=mli_settlements]');
    await row.waitFor();
    expect(await textOf(row)).to.contain('Places of the file');
    expectClean();
  });

  it('shows what is published and leaves all else as it is, and takes a publication back', async () => {
    const filter = encodeURIComponent('{"attacks":"killed > 3"}');
    const { page, expectClean } = await open(
      `#upload&map=9/14.5/-4.2&layers=countries,attacks&time=2022-01-01/2022-12-31&filter=${filter}`,
    );
    await page.evaluate('globalThis.isSamePage = true');
    const row = (n: number) => `w${n},Well ${n},${14 + n / 10},${-4 + n / 10},2022-05-0${n}`;
    const bring = async (count: number) => {
      const lines = ['well_id,name,latitude,longitude,date', ...Array.from({ length: count }, (_, n) => row(n + 1))];
      const buffer = Buffer.from(`${lines.join('\n')}\n`);
      await page.locator('.upload input[type=file]').setInputFiles({ name: 'wells.csv', mimeType: 'text/csv', buffer });
      await page.getByText(`${count} records were read.`).waitFor({ timeout: 60_000 });
      await page.locator('.upload-publish .button:enabled').waitFor({ timeout: 60_000 });
    };
    const publishIt = async () => {
      await page.locator('.upload-publish .button:enabled').click();
      await page.getByText('It is published as').waitFor({ timeout: 60_000 });
    };
    const showIt = async () => {
      await page.getByRole('button', { name: 'Show on the map' }).click();
      await page.locator('.upload').waitFor({ state: 'detached' });
    };
    const tool = (name: RegExp) => page.locator('.tools').getByRole('button', { name });
    const known = await listed(page);

    await bring(3);
    await publishIt();
    await page.getByText('Undo cannot take it back: no version before it is kept.').waitFor();
    await showIt();
    const [id = ''] = (await listed(page)).filter((each) => !known.includes(each));
    for (let n = 0; n < 200 && !(await drawnOf(page, id)).includes('Point'); n += 1) await page.waitForTimeout(100);
    expect(await drawnOf(page, id), 'tiles of the new layer').to.include('Point');
    expect(await page.evaluate('globalThis.isSamePage'), 'without a reload').to.equal(true);
    const kept = await page.evaluate<string>('decodeURIComponent(location.hash)');
    expect(kept).to.contain('killed > 3').and.to.contain('time=2022-01-01/2022-12-31');
    expect(kept)
      .to.match(/layers=[^&]*attacks[^&]*/)
      .and.to.contain(id);
    await tool(/^Undo: layers switched on$/).waitFor();

    await page.getByRole('button', { name: 'Add data' }).click();
    await page.locator('.upload-drop').waitFor();
    await bring(4);
    await page.locator('.upload').getByLabel('Where it goes').selectOption('replace');
    await page.locator('.upload').getByLabel('Layer', { exact: true }).selectOption(id);
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.locator('.upload-draft').waitFor({ state: 'detached' });
    await publishIt();
    await tool(/^Undo: publication of/).waitFor();
    await showIt();
    const inPlace = () =>
      page.evaluate<number>(
        `new Set(document.querySelector('.map').map.queryRenderedFeatures().filter((f) => f.sourceLayer === '${id}').map((f) => f.id)).size`,
      );
    const come = async (count: number) => {
      for (let n = 0; n < 200 && (await inPlace()) !== count; n += 1) await page.waitForTimeout(100);
      expect(await inPlace()).to.equal(count);
      const { azalai } = await json<{ azalai: { count: number } }>(await fetch(`${server?.url}/collections/${id}`));
      expect(azalai.count).to.equal(count);
    };
    await come(4);
    await tool(/^Undo: publication of/).click();
    await tool(/^Redo: publication of/).waitFor();
    await come(3);
    await tool(/^Redo: publication of/).click();
    await tool(/^Nothing to redo$/).waitFor();
    await come(4);
    expectClean();
  });

  it('has five real files dropped, published and drawn without a hand on them', async function run() {
    if (!existsSync(FOLDER)) {
      console.log('      there is no ../shared/data with the real files');
      this.skip();
    }
    const { page, expectClean } = await open();
    let known = await listed(page);
    for (const { name, count, drawn } of FILES) {
      await drop(page, name);
      await page.getByText(`${count.toLocaleString('en')} records were read.`).waitFor({ timeout: 60_000 });
      const publish = page.locator('.upload-publish .button:enabled');
      await publish.waitFor({ timeout: 60_000 });
      expect(await textOf(publish), name).to.equal(`Publish ${count.toLocaleString('en')} records`);
      await publish.click();
      await page.getByText('It is published as').waitFor({ timeout: 60_000 });
      await page.getByRole('button', { name: 'Show on the map' }).click();
      await page.locator('.upload').waitFor({ state: 'detached' });
      await settled(page);
      const ids = await listed(page);
      const [id = ''] = ids.filter((each) => !known.includes(each));
      known = ids;
      const { azalai } = await json<{ azalai: { count: number } }>(await fetch(`${server?.url}/collections/${id}`));
      expect(azalai.count, name).to.equal(count);
      // Its tiles are asked for once the catalogue is there anew.
      for (let n = 0; n < 200 && !(await drawnOf(page, id)).includes(drawn); n += 1) await page.waitForTimeout(100);
      expect(await drawnOf(page, id), name).to.include(drawn);
      await page.getByRole('button', { name: 'Add data' }).click();
      await page.locator('.upload-drop').waitFor();
    }
    await page
      .locator('.tag.is-published')
      .nth(FILES.length - 1)
      .waitFor();
    expectClean();
  });

  it('says why a file cannot be read, and can throw it away', async () => {
    const { page } = await open();
    const buffer = Buffer.from([0, 1, 2, 3, 255, 254, 0, 0, 7]);
    await page.locator('.upload input[type=file]').setInputFiles({ name: 'x.bin', mimeType: 'x/x', buffer });
    await page.getByText('This file could not be taken in.').waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Throw away' }).click();
    await page.getByRole('button', { name: 'Throw away' }).click();
    await page.locator('.upload-drop').waitFor();
    expect(await page.locator('.upload-listed', { hasText: 'x.bin' }).count()).to.equal(0);
  });
});
