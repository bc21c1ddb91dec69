import { expect } from 'chai';
import { after, afterEach, before, describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { LayerSchema } from '../../server/core/layer.ts';
import { publish } from '../../server/jobs/publish.ts';
import { type MapPage, openMap } from '../support/browser.ts';
import { json } from '../support/json.ts';
import { EVENTS, eventRecord } from '../support/layers.ts';
import { until } from '../support/process.ts';
import { served } from '../support/served.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';

const FIRST = 1_000_000;

/** The paint of the layer's points, as the map has it now. */
const PAINT = (property: string) =>
  `JSON.stringify(document.querySelector('.map').map.getPaintProperty('events:point', '${property}'))`;

/** Waits until an expression is true in the page, whose policy lets no text run in it that waits by itself. */
const isSo = (page: Page, expression: string) => until(expression, () => page.evaluate<boolean>(expression));

describe('the settings of a layer in the page', function suite() {
  this.timeout(120_000);
  let server: TestServer;
  let map: MapPage | undefined;
  before(async () => {
    server = await startServer();
    const layer = LayerSchema.parse(EVENTS);
    const records = [1, 2, 3].map((n) => eventRecord(n, -4 + n, 14));
    await server.database.transaction((run) => publish(run, layer, records, { generation: FIRST, seedHash: null }));
    await served(server, 'events', FIRST);
  });
  afterEach(async () => {
    await map?.close();
    map = undefined;
  });
  after(() => server.close());

  async function open(language: string): Promise<Page> {
    map = await openMap({
      ...{ url: server.url, hash: `#layers=events&time=../..&map=6/14/-1&lang=${language}` },
      prepare: (page) => page.addInitScript(`sessionStorage.setItem('azalai.token', '${TEST_TOKEN}')`),
    });
    const { page } = map;
    await page.locator('.layer[data-layer=events] .about-button').click();
    await page.getByRole('button', { name: language === 'fr' ? 'Réglages' : 'Settings', exact: true }).click();
    await page.locator('.panel.layer-settings form').waitFor();
    return page;
  }
  const described = async () =>
    (
      await json<{ azalai: { title: { en: string }; style: { color: unknown; radius: number } } }>(
        fetch(`${server.url}/collections/events`),
      )
    ).azalai;

  it('are seen on the map before they are saved, and by nobody else; saving can be undone', async () => {
    const page = await open('en');
    const panel = page.locator('.panel.layer-settings');
    const save = panel.getByRole('button', { name: 'Save', exact: true });
    expect(await save.isDisabled()).to.equal(true);
    await panel.getByLabel('A', { exact: true }).fill('#aa00bb');
    await isSo(page, `${PAINT('circle-color')}.includes('#aa00bb')`);
    await panel.getByText('Not saved yet: only you see it.').waitFor();
    expect(JSON.stringify((await described()).style.color)).to.not.include('#aa00bb');
    await panel.getByRole('button', { name: 'Put it back as it was' }).click();
    await isSo(page, `!${PAINT('circle-color')}.includes('#aa00bb')`);

    await panel.getByRole('button', { name: 'Colours told apart by everybody' }).click();
    await panel.getByLabel('Title (English)').fill('Incidents');
    await save.click();
    await panel.getByText('Saved: everybody sees it.').waitFor();
    const saved = await described();
    expect(saved.title.en).to.equal('Incidents');
    expect(saved.style.color).to.deep.include({ classes: { a: '#0072b2', b: '#d55e00' } });
    await page.locator('.layer[data-layer=events] .layer-title', { hasText: 'Incidents' }).waitFor();

    await page.getByRole('button', { name: /^Undo/ }).click();
    await page.locator('.layer[data-layer=events] .layer-title', { hasText: 'Events' }).waitFor();
    expect((await described()).title.en).to.equal('Events');
    map?.expectClean();
  });

  it('say in French why something was not saved, with no text left in another language', async () => {
    const page = await open('fr');
    const panel = page.locator('.panel.layer-settings');
    await panel.getByText('Confiance et diffusion').click();
    await panel.getByLabel('Adresse de la licence').fill('nowhere');
    await panel.getByLabel('Adresse de la licence').blur();
    await panel.getByRole('button', { name: 'Enregistrer' }).click();
    await panel.getByText(/Rien n’a été enregistré/).waitFor();
    expect(await panel.textContent()).to.not.match(/settings\.[a-z]/);
    await panel.getByText('Versions et connexions').waitFor();
  });
});
