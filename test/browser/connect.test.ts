import { expect } from 'chai';
import { afterEach, describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { type MapPage, openMap, serverUrl, textOf } from '../support/browser.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describe('the page that connects other programs', function suite() {
  this.timeout(120_000);
  let map: MapPage | undefined;
  afterEach(async () => {
    await map?.close();
    map = undefined;
  });

  async function open(hash: string, prepare?: (page: Page) => Promise<unknown>, context = {}): Promise<Page> {
    map = await openMap({ hash, context, ...(prepare && { prepare }) });
    return map.page;
  }

  const choose = (page: Page, name: string) =>
    page.locator('.connect-programs').getByRole('button', { name, exact: true }).click();

  async function check(page: Page): Promise<string> {
    await page.locator('.connect-check > .button').click();
    await page.locator('.connect-conclusion').waitFor();
    return textOf(page.locator('.connect-conclusion'));
  }

  it('opens from the list of layers and by its address, and closes', async () => {
    const page = await open('');
    await page.locator('.connect-button').click();
    await page.locator('.connect').waitFor();
    const focused = page.locator('.connect :focus', { hasText: 'Use this data elsewhere' });
    await focused.waitFor();
    for (let n = 0; n < 40 && !(await page.evaluate<string>('location.hash')).includes('connect'); n += 1) {
      await page.waitForTimeout(50);
    }
    expect(await page.evaluate('location.hash')).to.match(/&connect$/);
    await page.reload();
    await page.locator('.connect').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.connect').waitFor({ state: 'detached' });
    await page.locator('.connect-button').click();
    await page.locator('.connect').getByRole('button', { name: 'Close' }).click();
    for (let n = 0; n < 40 && !(await page.locator('.connect-button:focus').count()); n += 1) {
      await page.waitForTimeout(50);
    }
    expect(await page.locator('.connect-button:focus').count(), 'the focus is back').to.equal(1);
    await page.getByRole('button', { name: 'Add data' }).click();
    await page.locator('.upload').waitFor();
    map?.expectClean();
  });

  it('gives each program the addresses of this server and of the layer, to be copied', async () => {
    const page = await open('#connect=mines', undefined, { permissions: ['clipboard-read', 'clipboard-write'] });
    const base = await serverUrl();
    const codes = async (program: string) => {
      await choose(page, program);
      return page.locator('.connect-ways code').allTextContents();
    };
    expect(await codes('QGIS')).to.deep.equal([base, `${base}/tiles/mines/{z}/{x}/{y}.mvt`]);
    expect(await page.locator('.connect-file').getAttribute('href')).to.equal(`${base}/collections/mines.qlr`);
    expect((await codes('GDAL, ogr2ogr'))[1]).to.equal(`ogr2ogr mines.gpkg "OAPIF:${base}" mines`);
    expect((await codes('Python')).join()).to.contain(`"OAPIF:${base}", layer="mines"`);
    expect((await codes('MapLibre')).join()).to.contain(`url: '${base}/tiles/mines.json'`);
    expect((await codes('MapLibre')).join()).to.contain("type: 'circle'");
    expect(await codes('Excel')).to.deep.equal([`${base}/collections/mines/export?f=csv`]);
    expect((await codes('curl'))[0]).to.equal(`curl "${base}/collections/mines/items?limit=10"`);
    await page.getByRole('button', { name: `Copy curl "${base}/collections/mines/items?limit=10"` }).click();
    await page.getByRole('button', { name: 'Copied' }).or(page.getByText('Copied').first()).first().waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).to.equal(
      `curl "${base}/collections/mines/items?limit=10"`,
    );
    await page.getByLabel('Layer', { exact: true }).selectOption('corridors');
    expect((await codes('MapLibre')).join()).to.contain("type: 'line'");
  });

  it('finds that GDAL and web maps can read points, lines and areas of the server', async () => {
    const page = await open('#connect=attacks_modelled');
    for (const layer of ['attacks_modelled', 'corridors', 'control_areas']) {
      await page.getByLabel('Layer', { exact: true }).selectOption(layer);
      for (const program of ['GDAL, ogr2ogr', 'MapLibre']) {
        await choose(page, program);
        const said = await check(page);
        const faults = await page.locator('.connect-fault').allTextContents();
        expect(faults, `${layer}, ${program}: ${said}`).to.deep.equal([]);
      }
    }
    expect(await page.locator('.connect-step.is-good').count()).to.equal(2);
    map?.expectClean();
  });

  it('says in words what is missing or wrong, in both languages', async () => {
    const page = await open('#lang=fr&connect=attacks', async (opened) => {
      await opened.route('**/tiles/attacks.json', (route) =>
        route.fulfill({ status: 200, contentType: 'text/html', body: '<p>no</p>' }),
      );
      await opened.route('**/tiles/attacks/0/0/0.mvt', (route) =>
        route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"detail":"Too busy."}' }),
      );
    });
    await choose(page, 'MapLibre');
    expect(await check(page)).to.equal(
      'MapLibre n’aura pas tout ce qu’il lui faut\u00a0: 2 requêtes sur 2 ont échoué.',
    );
    const faults = page.locator('.connect-step.is-bad .connect-fault');
    expect(await faults.allTextContents()).to.deep.equal([
      'Le type de contenu est text/html\u00a0; ce doit être application/json.',
      'Réponse 503 au lieu de 200. Too busy.',
    ]);
    await page.getByRole('button', { name: 'English' }).click();
    expect(await faults.first().textContent()).to.equal(
      'The content type is text/html; it has to be application/json.',
    );
    await page.unroute('**/tiles/attacks.json');
    await page.unroute('**/tiles/attacks/0/0/0.mvt');
    expect(await check(page)).to.match(/^MapLibre can use this layer: 2 of 2/);
  });

  for (const language of ['en', 'fr']) {
    it(`fits a phone (${language})`, async () => {
      const page = await open(`#lang=${language}&connect=attacks`, undefined, PHONE);
      await page.locator('.connect-check > .button').click();
      await page.locator('.connect-conclusion').waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(390);
      const wide = await page.evaluate(
        "[...document.querySelectorAll('.connect *')].filter((e) => !e.closest('pre, .visually-hidden') && e.getBoundingClientRect().right > innerWidth + 0.5).map((e) => e.outerHTML.slice(0, 80))",
      );
      expect(wide).to.deep.equal([]);
      const small = await page.evaluate(
        "[...document.querySelectorAll('.connect button, .connect select, .connect a')].filter((e) => e.getBoundingClientRect().height < 43.5).map((e) => e.outerHTML.slice(0, 80))",
      );
      expect(small).to.deep.equal([]);
    });
  }
});

describe('a layer as files', function suite() {
  this.timeout(90_000);
  let map: MapPage | undefined;
  afterEach(async () => {
    await map?.close();
    map = undefined;
  });

  it('are offered in each format, of what the clock and the map show when that is wanted', async () => {
    map = await openMap({ hash: '#time=2022-01-01/2022-12-31&map=6/14/-4' });
    const { page } = map;
    const layer = page.locator('.layer[data-layer=attacks]');
    await layer.locator('.about-button').click();
    await layer.locator('.take summary').click();
    const links = () =>
      page.evaluate<string[]>(
        "[...document.querySelectorAll('.layer[data-layer=attacks] .take a')].map((a) => a.getAttribute('href'))",
      );
    const files = (filter: string) => [
      ...['geojson', 'geojsonseq', 'csv', 'fgb', 'gpkg'].map((f) => `collections/attacks/export?f=${f}${filter}`),
      'collections/attacks.qlr',
    ];
    expect(await links()).to.deep.equal(files('&datetime=2022-01-01/2022-12-31'));
    await layer.getByLabel('Only the dates on the clock (1 January 2022 to 31 December 2022)').uncheck();
    expect(await links()).to.deep.equal(files(''));
    await layer.getByLabel('Only what the map shows now').check();
    const [first] = await links();
    const [west, south, east, north] = (/bbox=(.*)$/.exec(first ?? '')?.[1] ?? '').split(',').map(Number);
    const shown = (await page.evaluate(
      "(() => { const b = document.querySelector('.map').map.getBounds(); return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()]; })()",
    )) as number[];
    for (const [at, value] of [west, south, east, north].entries()) expect(value).to.be.closeTo(shown[at] ?? 0, 0.01);
    await layer.getByRole('button', { name: 'Connect QGIS, Python, Excel…' }).click();
    await page.locator('.connect').waitFor();
    expect(await page.getByLabel('Layer', { exact: true }).inputValue()).to.equal('attacks');
    map.expectClean();
  });

  it('are not offered of a layer whose licence forbids it', async () => {
    map = await openMap({
      prepare: (page) =>
        page.route('**/collections', async (route) => {
          const response = await route.fetch();
          const body = (await response.json()) as { collections: { id: string; azalai: { licence: object } }[] };
          for (const { id, azalai } of body.collections) {
            if (id === 'attacks') azalai.licence = { ...azalai.licence, redistribution: false };
          }
          await route.fulfill({ response, json: body });
        }),
    });
    const layer = map.page.locator('.layer[data-layer=attacks]');
    await layer.locator('.about-button').click();
    await layer.getByText('there is no download').waitFor();
    expect(await layer.locator('.take').count()).to.equal(0);
  });
});
