import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import { expect } from 'chai';
import { afterEach, describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { REGULAR } from '../../server/core/style/fonts.ts';
import { type MapPage, openMap, runInPage } from '../support/browser.ts';

/** Timbuktu in each script, far enough apart that all names are drawn. */
const NAMES = [
  { script: 'arabic', text: 'تمبكتو', lon: -6, file: 'noto-sans-arabic-arabic-400-normal.woff2' },
  { script: 'tifinagh', text: 'ⵜⵉⵏⴱⵓⴽⵜⵓ', lon: -2, file: 'noto-sans-tifinagh-tifinagh-400-normal.woff2' },
  { script: 'nko', text: 'ߕߎߡߎߕߎ', lon: 2, file: 'noto-sans-nko-nko-400-normal.woff2' },
];

/** The server's style with a layer that bears the names: fonts and policy are the real ones. */
async function nameInScripts(page: Page): Promise<void> {
  await page.route('**/style.json*', async (route) => {
    const response = await route.fetch();
    const style = (await response.json()) as StyleSpecification;
    style.sources.names = {
      type: 'geojson',
      data: {
        type: 'FeatureCollection',
        features: NAMES.map(({ text, lon }) => ({
          type: 'Feature',
          properties: { text },
          geometry: { type: 'Point', coordinates: [lon, 18] },
        })),
      },
    };
    style.layers.push({
      id: 'names',
      type: 'symbol',
      source: 'names',
      layout: { 'text-field': ['get', 'text'], 'text-font': [REGULAR], 'text-size': 28, 'text-allow-overlap': true },
    });
    await route.fulfill({ response, json: style });
  });
}

/** Files that were fetched, by name. What the machine's own fonts could draw does not show here. */
const fontFiles = (requests: readonly string[]) =>
  requests.filter((address) => address.includes('/fonts/')).map((address) => address.split('/').at(-1));

describe('fonts of the map', function suite() {
  this.timeout(90_000);
  let map: MapPage | undefined;
  afterEach(async () => {
    await map?.close();
    map = undefined;
  });

  it('are fetched from this server for Arabic, Tifinagh and N’Ko, and load', async () => {
    const failed: string[] = [];
    map = await openMap({
      prepare: async (page) => {
        page.on('response', (response) => {
          if (response.url().includes('/fonts/') && !response.ok()) failed.push(response.url());
        });
        await nameInScripts(page);
      },
    });
    expect(fontFiles(map.requests)).to.include.members(NAMES.map(({ file }) => file));
    expect(failed).to.deep.equal([]);
    // MapLibre registers each file as a face of its own: one that could not be read would stay in error.
    const ofMap = await runInPage<{ status: string }[]>(map.page, 'faces');
    expect(ofMap.length).to.be.at.least(NAMES.length + 1);
    expect(ofMap.filter(({ status }) => status !== 'loaded')).to.deep.equal([]);
    map.expectClean();
  });

  it('cost nothing where no name needs them', async () => {
    map = await openMap();
    expect(fontFiles(map.requests)).to.include('noto-sans-latin-400-normal.woff2');
    for (const { file } of NAMES) expect(fontFiles(map.requests)).to.not.include(file);
    map.expectClean();
  });
});
