import { expect } from 'chai';
import { afterEach, describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { faultsIn, withAxe } from '../support/axe.ts';
import { type MapPage, openMap, openPage, serverUrl, settled } from '../support/browser.ts';
import { fakeUploads, TOKEN, UPLOAD } from '../support/fake-uploads.ts';
import { TEST_TOKEN } from '../support/server.ts';

const LAYERS = 'layers=places,countries,corridors,control_areas,attacks,attacks_modelled';
const START = `#map=5/16/-2&${LAYERS}&time=2022-01-01/2022-12-31`;

const AS_HOLDER = { authorization: `Bearer ${TEST_TOKEN}`, 'content-type': 'application/json' };

/** A brief of two views that everybody may see; its id. */
async function writeBrief(language: string): Promise<string> {
  const view = (title: string) => ({ title, note: 'Words.\n\nMore words.', view: { address: START, layers: {} } });
  const response = await fetch(`${await serverUrl()}/briefs`, {
    method: 'POST',
    headers: AS_HOLDER,
    body: JSON.stringify({ title: 'Brief', language, handling: 'public', views: [view('One'), view('Two')] }),
  });
  const text = await response.text();
  expect(response.status, text).to.equal(201);
  return (JSON.parse(text) as { id: string }).id;
}

/** Opens all that can be opened in a part of the page. */
async function unfold(page: Page, part: string): Promise<void> {
  for (const summary of await page.locator(`${part} details:not([open]) > summary`).all()) {
    if (await summary.isVisible()) await summary.click();
  }
}

/** Of the page with everything that it opens, one after another: what axe-core finds against WCAG 2.2 AA, in both themes. */
describe('accessibility, by axe', function suite() {
  this.timeout(180_000);
  let map: MapPage | undefined;
  afterEach(async () => {
    await map?.close();
    map = undefined;
  });

  for (const [language, colorScheme, other] of [
    ['en', 'light', 'dark'],
    ['fr', 'dark', 'light'],
  ] as const) {
    it(`finds nothing in whatever is open (${language})`, async () => {
      map = await openMap({
        hash: `${START}&lang=${language}`,
        context: { reducedMotion: 'reduce', colorScheme },
        prepare: async (page) => {
          await withAxe(page);
          await fakeUploads(page);
        },
      });
      const { page } = map;
      const look = async (what: string) => {
        expect(await faultsIn(page), `${what}, ${colorScheme}`).to.deep.equal([]);
        await page.evaluate(`document.documentElement.dataset.theme = '${other}'`);
        expect(await faultsIn(page, 'html', ['color-contrast']), `${what}, ${other}`).to.deep.equal([]);
        await page.evaluate(`document.documentElement.dataset.theme = '${colorScheme}'`);
      };
      /** What the address opens, looked at when it is there. */
      const visit = async (opens: string, there: string, parts = there) => {
        await page.evaluate(`location.hash = ${JSON.stringify(`${START}&lang=${language}&${opens}`)}`);
        await page.locator(there).first().waitFor();
        await unfold(page, parts);
        await look(opens);
      };

      await look('the map, for a newcomer');
      await page.locator('.notice .button').click();
      const row = page.locator('.layer[data-layer=attacks]');
      await row.locator('.about-button').click();
      await row.locator('.layer-tools .tool-link[aria-expanded]').click();
      await row.locator('.filter-rules, .filter').first().waitFor();
      await unfold(page, '.layer[data-layer=attacks]');
      await look('the menu of a layer');
      await row.locator('.about-button').click();
      await page.locator('.list-views button').nth(1).click();
      await look('layers by order');
      await page.locator('.list-views button').first().click();
      await page.locator('.clock-text button').first().click();
      await look('the clock, written by hand');

      await visit('table=attacks', '.table-dock tbody tr', '.table-dock');
      await visit('counts=all', '.counts tbody tr');
      await visit('counts=attacks_modelled', '.counts .table-foot');
      await visit('at=14.35/-3.6&rec=mines/1', '.records .card h3', '.records');
      await visit('at=14.46/-3.99', '.records .card .kinds', '.records');
      await visit('ask', '.ask-list button');
      await visit('ask=hotspots', '.ask-form');
      await visit('ask=corridor', '.ask-form');
      await page.getByLabel(language === 'en' ? 'Choose a line' : 'Choisir une ligne').selectOption({ index: 1 });
      await page.locator('.ask-form .is-main').click();
      await page.locator('.ask-answer .strip').first().waitFor({ timeout: 60_000 });
      await unfold(page, '.ask-answer');
      await look('an answer');
      await visit('watch', '.panel .panel-head');
      await visit('saver=1', '.tools');
      await page.locator('.export-button').click();
      await page.locator('.panel .panel-head').waitFor();
      await unfold(page, '.panel');
      await look('what can be taken along');
      await page.locator('.panel .panel-head button').last().click();
      const id = await writeBrief(language);
      await visit('brief', '.briefs .brief-entry');
      await visit(`brief=${id}`, '.briefs :is(.brief-title, .brief-name)', '.briefs');
      await visit(`brief=${id}/1&present`, '.present .present-text');
      await page.keyboard.press('Escape');
      await page.locator('.present').waitFor({ state: 'detached' });
      await fetch(`${await serverUrl()}/briefs/${id}`, { method: 'DELETE', headers: AS_HOLDER });
      await visit('connect', '.connect .panel-part, .connect li');
      await visit('upload', '.upload input[type=password]');
      await page.locator('.upload input[type=password]').fill(TOKEN);
      await page.locator('.upload button[type=submit]').click();
      await page.locator('.upload-drop').waitFor();
      await look('bringing a file');
      await visit(`upload=${UPLOAD}`, '.upload-publish', '.upload');
      await visit('correct=mines/1', '.correct .form-field', '.correct');
      await visit('settings=mines', '.layer-settings .form-field', '.layer-settings');
      await visit('compare=swipe,2019-01-01,2019-12-31,0.40&ruler=area:16/-3,17/-2,15/-1&grid=mgrs', '.compare-bar');
      await settled(page);
      await page.locator('.search input').fill('Gao');
      await page.locator('.search [role=option]').first().waitFor();
      await look('what was found');
      await page.keyboard.press('Escape');
      await page.locator('.help-button, .tools [aria-label*="eys"], .tools [aria-label*="ccourcis"]').first().click();
      await page.locator('dialog.shortcuts').waitFor();
      await look('the list of keys');
      await page.keyboard.press('Escape');
      await page.setViewportSize({ width: 390, height: 844 });
      await page.locator('.tools-toggle').click();
      await look('a phone');
      await page.locator('.drawer-button').click();
      await look('the drawer of a phone');
    });
  }

  it('finds nothing on the pages of the interfaces', async () => {
    const attacks = '/collections/attacks';
    for (const path of [
      ...['/api.html', '/?f=html', '/conformance?f=html', '/collections?f=html', `${attacks}?f=html`],
      ...[`${attacks}/items?f=html`, `${attacks}/items/1?f=html`, `${attacks}/queryables?f=html`],
      ...[`${attacks}/schema?f=html`, '/processes?f=html', '/processes/corridor?f=html', `${attacks}/tiles?f=html`],
      ...[
        '/picture.html?lang=fr',
        '/tileMatrixSets?f=html',
        '/tileMatrixSets/WebMercatorQuad?f=html',
        `${attacks}?f=html&lang=fr`,
      ],
    ]) {
      map = await openPage(path, { prepare: withAxe });
      const { page } = map;
      await page.locator('h1').waitFor();
      if (path === '/api.html') await unfold(page, 'section:nth-of-type(-n + 2)');
      expect(await faultsIn(page), path).to.deep.equal([]);
      await map.close();
    }
  });
});
