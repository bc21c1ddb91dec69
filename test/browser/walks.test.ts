import { existsSync, mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import { after, afterEach, before, describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { type MapPage, openMap, settled, textOf } from '../support/browser.ts';
import { seededDatabase, type TestDatabase } from '../support/database.ts';
import { json } from '../support/json.ts';
import { ogr } from '../support/ogr.ts';
import { type Running, start } from '../support/process.ts';

/**
 * Three people go through the page from beginning to end, as docs/walks.md tells it. `PICTURES=docs/images npm test --
 * test/browser/walks.test.ts` takes its pictures on the way.
 */

const FILE = path.resolve(import.meta.dirname, '../../../shared/data/mli_settlements.csv');
const TOKEN = 'a-token-of-the-walks';
const PICTURES = process.env.PICTURES;

describe('walks through the workbench', function suite() {
  this.timeout(300_000);
  let database: TestDatabase;
  let server: Running;
  let map: MapPage | undefined;
  before(async () => {
    database = await seededDatabase();
    const { connectionString: DATABASE_URL = '' } = database.connection as { connectionString?: string };
    server = await start({ DATABASE_URL, ADMIN_TOKEN: TOKEN });
  });
  afterEach(async () => {
    await map?.close();
    map = undefined;
  });
  after(async () => {
    server.child.kill('SIGKILL');
    await server.ended;
    await database.close();
  });

  async function open(hash: string): Promise<Page> {
    map = await openMap({ url: server.url, hash });
    const read = map.page.locator('.notice .button');
    if (await read.isVisible()) await read.click();
    return map.page;
  }

  /** For the reader of docs/walks.md; in a test run nothing is written. */
  async function picture(page: Page, name: string): Promise<void> {
    if (!PICTURES) return;
    await settled(page);
    await page.waitForTimeout(4_000);
    mkdirSync(PICTURES, { recursive: true });
    await page.screenshot({ path: path.join(PICTURES, `walk-${name}.png`) });
  }

  async function until(page: Page, condition: string): Promise<void> {
    for (let n = 0; n < 300; n += 1) {
      if (await page.evaluate(condition)) return;
      await page.waitForTimeout(100);
    }
    expect.fail(`never: ${condition}`);
  }

  const drawnOf = (page: Page, start: string) =>
    page.evaluate<number>(`(() => {
      const { map } = document.querySelector('.map');
      const layers = map.getStyle().layers.filter(({ id }) => id.startsWith('${start}')).map(({ id }) => id);
      return layers.length === 0 ? 0 : map.queryRenderedFeatures({ layers }).length;
    })()`);

  /** What a colleague did before: the file as it is, in a layer of its own. */
  async function bringAsItIs(): Promise<void> {
    const headers = { authorization: `Bearer ${TOKEN}` };
    const named = { ...headers, 'x-file-name': 'mli_settlements.csv', 'content-type': 'text/csv' };
    const brought = await fetch(`${server.url}/uploads`, {
      method: 'POST',
      headers: named,
      body: await readFile(FILE),
    });
    const { id } = await json<{ id: string }>(brought);
    const reached = async (wanted: string) => {
      for (let n = 0; n < 900; n += 1) {
        const { state } = await json<{ state: string }>(await fetch(`${server.url}/uploads/${id}`, { headers }));
        if (state === wanted) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      expect.fail(`it was never ${wanted}`);
    };
    await reached('ready');
    await fetch(`${server.url}/uploads/${id}/publish`, { method: 'POST', headers });
    await reached('published');
  }

  it('a planner sets 2022, finds the hotspots of the centre, and compares with 2019', async () => {
    const page = await open('#layers=places,regions,countries,attacks_modelled');
    await page.locator('.clock').getByRole('button', { name: 'Show 2022 only' }).click();
    await until(page, "location.hash.includes('time=2022-01-01/2022-12-31')");
    await settled(page);
    await picture(page, 'planner-1-year');

    await page.getByRole('button', { name: 'Ask a question' }).click();
    await page.locator('.ask-list button', { hasText: 'Hot and cold spots' }).click();
    const form = page.locator('.ask-form');
    await form.getByLabel('Events', { exact: true }).selectOption('attacks_modelled');
    await form.getByLabel('Where', { exact: true }).selectOption('admin');
    await form.getByLabel('In an administrative unit').fill('Mopti');
    // The model places its records within 40 km: left out as too imprecise, nothing would be counted, which the answer says.
    await form.locator('details > summary', { hasText: 'settings' }).click();
    await form.getByLabel('Imprecise records').selectOption('spread');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.locator('.ask-answer').waitFor({ timeout: 60_000 });
    expect(await textOf(page.locator('.ask-words'))).to.contain('Mopti');
    expect(await textOf(page.locator('.ask-caveats'))).to.match(/[Mm]odelled/);
    await until(
      page,
      "document.querySelector('.map').map.getStyle().layers.some(({ id }) => id.startsWith('answer:'))",
    );
    await settled(page);
    expect(await drawnOf(page, 'answer:')).to.be.greaterThan(10);
    await picture(page, 'planner-2-hotspots');

    await page.keyboard.press('Escape');
    await page.locator('.ask').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Compare two periods' }).click();
    const period = page.locator('.compare-bar input[type=text]');
    await period.fill('2019');
    await period.press('Enter');
    await until(page, '/compare=swipe(,|%2C)2019-01-01(,|%2C)2019-12-31/.test(location.hash)');
    await until(page, "document.querySelectorAll('.maplibregl-canvas').length === 2");
    await settled(page);
    await picture(page, 'planner-3-compared');
    map?.expectClean();
  });

  it('an analyst asks what lies on the arms corridor from Libya, and keeps the answer as a layer for GDAL', async () => {
    const page = await open('#layers=places,countries,corridors,control_areas&time=2022-01-01/2022-12-31');
    await page.getByRole('button', { name: 'Ask a question' }).click();
    await page.locator('.ask-list button', { hasText: 'Along a line' }).click();
    await page.getByRole('button', { name: 'Take it from the map' }).click();
    // Where the arms from southern Libya cross northern Niger, on the way to Gao.
    const { features } = await json<{ features: { id: number; geometry: { coordinates: [number, number][] } }[] }>(
      await fetch(
        `${server.url}/collections/corridors/items?f=json&filter=${encodeURIComponent("commodity = 'arms' AND from_place = 'Southern Libya (Ubari)' AND to_place = 'Gao'")}`,
      ),
    );
    expect(features).to.have.length(1);
    const line = features[0];
    await page.evaluate(
      `document.querySelector('.map').map.jumpTo({ center: ${JSON.stringify(line?.geometry.coordinates.at(-1))}, zoom: 5 })`,
    );
    await settled(page);
    const [x, y] = await page.evaluate<[number, number]>(`(() => {
      const { map } = document.querySelector('.map');
      const on = map.queryRenderedFeatures().filter((f) => f.sourceLayer === 'corridors' && f.id === ${line?.id} && f.geometry.type.includes('Line'));
      const free = (point) => document.elementFromPoint(point.x, point.y)?.classList.contains('maplibregl-canvas') &&
        new Set(map.queryRenderedFeatures([[point.x - 6, point.y - 6], [point.x + 6, point.y + 6]])
          .filter((f) => f.sourceLayer === 'corridors').map((f) => f.id)).size === 1;
      const points = on.flatMap((f) => f.geometry.type === 'LineString' ? [f.geometry.coordinates] : f.geometry.coordinates)
        .flatMap((line) => line.slice(1).flatMap((to, n) => [0.25, 0.5, 0.75].map((share) => map.project([0, 1].map((axis) => line[n][axis] + share * (to[axis] - line[n][axis]))))));
      const point = points.find(free);
      return [point.x, point.y];
    })()`);
    const box = await page.locator('.map').boundingBox();
    await page.mouse.click((box?.x ?? 0) + x, (box?.y ?? 0) + y);
    await page.locator('.ask-form').waitFor();
    await page.getByLabel('Within', { exact: false }).first().fill('25');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.locator('.ask-answer').waitFor({ timeout: 60_000 });
    const words = await textOf(page.locator('.ask-words'));
    expect(words).to.contain('25 km');
    expect(words).to.match(/control|recorded|holds|held/);
    await page.locator('.strip').first().waitFor();
    await picture(page, 'analyst-1-strip');

    await page.locator('.ask-keep summary').click();
    await page.getByLabel('For whom').selectOption('public');
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.locator('.ask-keep input[type=password]').fill(TOKEN);
    await page.locator('.ask-keep').getByRole('button', { name: 'Enter', exact: true }).click();
    await page.locator('.ask-kept').first().waitFor({ timeout: 60_000 });
    await picture(page, 'analyst-2-kept');
    const command = await textOf(page.locator('.ask-kept code').first());
    const [, source = '', collection = ''] = /ogrinfo -so "(OAPIF:[^"]+)" (\S+)/.exec(command) ?? [];
    const told = await ogr('ogrinfo', ['-so', source, collection]);
    expect(told).to.match(/Feature Count: [1-9]/);
    map?.expectClean();
  });

  it('a GIS officer drops the settlements file, accepts two fixes, publishes, sees it, and rolls it back', async function run() {
    if (!existsSync(FILE)) {
      console.log('      mli_settlements.csv is not in ../shared/data');
      this.skip();
    }
    await bringAsItIs();
    const page = await open('#upload&layers=countries,regions');
    await page.locator('.upload input[type=password]').fill(TOKEN);
    await page.locator('.upload button[type=submit]').click();
    await page.locator('.upload-drop').waitFor();
    await page.locator('.upload input[type=file]').setInputFiles(FILE);
    const publish = page.locator('.upload-publish .button:enabled');
    await publish.waitFor({ timeout: 90_000 });
    expect(await textOf(page.locator('.upload-lead').first())).to.contain('18,769 records were read.');
    await picture(page, 'officer-1-account');
    // The first fix is offered by the account, the second is the officer's own.
    await page.getByRole('button', { name: 'Flip the signs' }).click();
    await page.getByText(/\d+ were mended\./).waitFor({ timeout: 60_000 });
    await page.locator('.upload-fields-part > summary, summary:has-text("Columns")').first().click();
    await page.getByLabel('featureRef', { exact: true }).uncheck();
    await page.locator('.upload').getByLabel('Where it goes').selectOption('replace');
    await page.locator('.upload').getByLabel('Layer', { exact: true }).selectOption('mli_settlements');
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.locator('.upload-draft').waitFor({ state: 'detached' });
    await publish.waitFor({ timeout: 60_000 });
    await publish.click();
    await page.getByText('It is published as').waitFor({ timeout: 90_000 });
    await page.getByRole('button', { name: 'Show on the map' }).click();
    await page.locator('.upload').waitFor({ state: 'detached' });
    await settled(page);
    await until(
      page,
      `document.querySelector('.map').map.queryRenderedFeatures().some((f) => f.sourceLayer === 'mli_settlements_hex')`,
    );
    await picture(page, 'officer-2-published');

    const generation = async () =>
      (await json<{ azalai: { generation: number } }>(await fetch(`${server.url}/collections/mli_settlements`))).azalai
        .generation;
    const mended = await generation();
    const row = page.locator('.layer[data-layer=mli_settlements]');
    await row.locator('.about-button').click();
    await row.locator('.versions summary').click();
    await row
      .getByRole('button', { name: /^Restore this one/ })
      .first()
      .click();
    await row.getByRole('button', { name: /^Restore version/ }).click();
    await row.getByText('is in service again').waitFor({ timeout: 90_000 });
    expect(await generation()).to.be.greaterThan(mended);
    await picture(page, 'officer-3-rolled-back');
    map?.expectClean();
  });
});
