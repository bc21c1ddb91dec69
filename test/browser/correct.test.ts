import { expect } from 'chai';
import { after, afterEach, before, describe, it } from 'mocha';
import type { Locator, Page } from 'playwright-core';
import { LayerSchema } from '../../server/core/layer.ts';
import { publish } from '../../server/jobs/publish.ts';
import { type MapPage, openMap, textOf } from '../support/browser.ts';
import { json } from '../support/json.ts';
import { EVENTS, eventRecord } from '../support/layers.ts';
import { until } from '../support/process.ts';
import { served } from '../support/served.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';

const FIRST = 1_000_000;
const AT = '#layers=events&time=../..&map=6/14/-1';

/** Whether the map has so many records of the layer in its tiles. */
const DRAWN = (count: number) =>
  `new Set(document.querySelector('.map').map.querySourceFeatures('records', { sourceLayer: 'events' }).map((f) => f.id)).size === ${count}`;

/** Waits until an expression is true in the page, whose policy lets no text run in it that waits by itself. */
const isSo = (page: Page, expression: string) => until(expression, () => page.evaluate<boolean>(expression));

describe('correcting a record in the page', function suite() {
  this.timeout(120_000);
  let server: TestServer;
  let map: MapPage | undefined;
  before(async () => {
    server = await startServer();
    const layer = LayerSchema.parse({ ...EVENTS, area: [-13, 10, 5, 26] });
    const records = [1, 2, 3].map((n) => eventRecord(n, -4 + n, 14));
    await server.database.transaction((run) => publish(run, layer, records, { generation: FIRST, seedHash: null }));
    await served(server, 'events', FIRST);
  });
  afterEach(async () => {
    await map?.close();
    map = undefined;
  });
  after(() => server.close());

  async function open(hash: string): Promise<Page> {
    map = await openMap({
      ...{ url: server.url, hash },
      prepare: (page) => page.addInitScript(`sessionStorage.setItem('azalai.token', '${TEST_TOKEN}')`),
    });
    return map.page;
  }

  const item = async (id: number) =>
    json<{ geometry: { coordinates: number[] }; properties: Record<string, unknown> }>(
      fetch(`${server.url}/collections/events/items/${id}`),
    );
  const generation = async () =>
    (await json<{ azalai: { generation: number } }>(fetch(`${server.url}/collections/events`))).azalai.generation;
  const write = async (field: Locator, text: string) => {
    await field.fill(text);
    await field.blur();
  };

  it('adds one from the menu of its layer, tells what is missing at its field, and undoes it with a reason', async () => {
    const page = await open(AT);
    const layer = page.locator('.layer[data-layer=events]');
    await layer.locator('.about-button').click();
    await layer.getByRole('button', { name: 'Add a record' }).click();
    const panel = page.locator('.panel.correct');
    const check = panel.getByRole('button', { name: 'Check the correction' });
    await check.click();
    await panel.getByText('It was not taken. Look at what is marked.').waitFor();
    expect(await textOf(panel.locator('.form-field', { hasText: 'Reason for the correction' }))).to.include(
      'Say in a few words why.',
    );
    expect(await textOf(panel.locator('.correct-fault').first())).to.include('place it on the map');
    await write(panel.getByLabel('Latitude'), '15,25');
    await write(panel.getByLabel('Longitude'), '-1.5');
    await panel.getByLabel('Kind').selectOption('b');
    await write(panel.getByLabel('Killed'), 'many');
    await write(panel.getByLabel('From', { exact: true }), '2022-03-04');
    await write(panel.getByLabel('Source', { exact: true }), 'a report');
    await write(panel.getByLabel('Where in the source'), 'p. 7');
    await write(panel.getByLabel('Reason for the correction'), 'It was left out');
    await check.click();
    const wrong = panel.locator('.form-field', { hasText: 'Killed' });
    await wrong.locator('.correct-fault').waitFor();
    expect(await textOf(wrong)).to.include('Not a number');
    // By keyboard one stands where it is wrong.
    await isSo(page, "document.activeElement.closest('.form-field')?.textContent.includes('Killed')");
    await write(panel.getByLabel('Killed'), '4');
    await check.click();
    await panel.getByRole('heading', { name: 'What will change' }).waitFor();
    expect(await textOf(panel.locator('.changes'))).to.include('15.25000, -1.50000');
    expect(await generation()).to.equal(FIRST);
    await panel.getByRole('button', { name: 'Publish the correction' }).click();
    await panel.getByText(`Published as version ${FIRST + 1} (before: ${FIRST}).`).waitFor();
    expect((await item(4)).properties).to.include({
      killed: 4,
      kind: 'b',
      valid_from: '2022-03-04',
      valid_to: '2022-03-05',
    });
    await isSo(page, DRAWN(4));

    await page.getByRole('button', { name: /^Undo/ }).click();
    await isSo(page, DRAWN(3));
    expect(await generation()).to.equal(FIRST + 2);
    expect((await fetch(`${server.url}/collections/events/items/4`)).status).to.equal(404);
    const { entries } = await json<{ entries: { change: string; reason: string }[] }>(
      fetch(`${server.url}/collections/events/items/4/history`),
    );
    expect(entries[0]).to.include({ change: 'withdrawn', reason: 'Undone: record added' });
  });

  it('moves one from its card, in French, and shows its history', async () => {
    const page = await open('#layers=events&time=../..&map=7/14/-2&lang=fr&at=14/-2');
    const card = page.locator('.card').first();
    await card.getByRole('button', { name: 'Corriger', exact: true }).click();
    const panel = page.locator('.panel.correct');
    await panel.getByRole('heading', { name: 'Corriger une fiche' }).waitFor();
    await write(panel.getByLabel('Latitude'), '14.6');
    await panel.getByLabel('Confiance').selectOption('reported');
    await write(panel.getByLabel('Motif de la correction'), 'Le puits est au nord');
    await panel.getByLabel('À titre de').selectOption('field-team');
    await panel.getByRole('button', { name: 'Vérifier la correction' }).click();
    await panel.getByRole('heading', { name: 'Ce qui va changer' }).waitFor();
    expect(await textOf(panel.locator('.changes'))).to.match(/Position.*14\.00000, -2\.00000.*14\.60000, -2\.00000/);
    expect(await textOf(panel.locator('.changes'))).to.match(/Confiance.*documenté.*signalé/);
    await panel.getByRole('button', { name: 'Publier la correction' }).click();
    await panel.getByText('Publiée').waitFor();
    expect((await item(2)).geometry.coordinates).to.deep.equal([-2, 14.6]);
    await panel.locator('.history summary').click();
    await panel.getByText('« Le puits est au nord » (équipe de terrain)').waitFor();
    expect(await textOf(panel.locator('.history-entries'))).to.not.match(/history\.|correct\./);
  });

  it('tells that somebody else was quicker, and loads what is there now', async () => {
    const page = await open('#layers=events&time=../..&map=7/14/-1&at=14/-1');
    await page.getByRole('button', { name: 'Correct', exact: true }).click();
    const panel = page.locator('.panel.correct');
    await write(panel.getByLabel('Killed'), '8');
    await write(panel.getByLabel('Reason for the correction'), 'Counted again');
    const { headers } = await fetch(`${server.url}/collections/events/items/3`);
    const other = await fetch(`${server.url}/collections/events/items/3`, {
      method: 'PATCH',
      headers: {
        ...{ Authorization: `Bearer ${TEST_TOKEN}`, 'Content-Type': 'application/json', 'Change-Reason': 'Counted' },
        'If-Match': headers.get('etag') ?? '',
      },
      body: '{"properties":{"killed":9}}',
    });
    expect(other.status).to.equal(200);
    await panel.getByRole('button', { name: 'Check the correction' }).click();
    await panel.getByText('Somebody has changed this record since you opened it.').waitFor();
    await panel.getByRole('button', { name: 'Load it as it is now' }).click();
    await isSo(page, "[...document.querySelectorAll('.correct input')].some((input) => input.value === '9')");
    expect((await item(3)).properties.killed).to.equal(9);
  });

  it('asks for the token first, and fits on a phone', async () => {
    map = await openMap({
      ...{ url: server.url, hash: `${AT}&lang=en` },
      context: { viewport: { width: 390, height: 844 }, hasTouch: true },
    });
    const { page } = map;
    // In the drawer.
    await page.evaluate("document.querySelector('[data-layer=events] .about-button').click()");
    await page.waitForSelector('.tool-link', { state: 'attached' });
    await page.evaluate(
      "[...document.querySelectorAll('.tool-link')].find((each) => each.textContent === 'Add a record').click()",
    );
    const panel = page.locator('.panel.correct');
    await panel.locator('input[type=password]').fill('wrong');
    await panel.getByRole('button', { name: 'Enter', exact: true }).click();
    await panel.getByText('The server does not know this token.').waitFor();
    await panel.locator('input[type=password]').fill(TEST_TOKEN);
    await panel.getByRole('button', { name: 'Enter', exact: true }).click();
    await panel.getByRole('button', { name: 'Check the correction' }).waitFor();
    const wide = await page.evaluate<number>("document.querySelector('.panel.correct').scrollWidth");
    expect(wide).to.be.at.most(390);
  });
});
