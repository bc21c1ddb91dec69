import { expect } from 'chai';
import { after, afterEach, before, describe, it } from 'mocha';
import type { Locator, Page } from 'playwright-core';
import { LayerSchema } from '../../server/core/layer.ts';
import { publish } from '../../server/jobs/publish.ts';
import { lockLayer } from '../../server/query/versions.ts';
import { type MapPage, openMap, settled, textOf } from '../support/browser.ts';
import { EVENTS, eventRecord } from '../support/layers.ts';
import { served } from '../support/served.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';

const [FIRST, SECOND] = [1_000_000, 1_000_001];

describe('versions of a layer in the page', function suite() {
  this.timeout(120_000);
  let server: TestServer;
  let map: MapPage | undefined;
  before(async () => {
    server = await startServer();
    const layer = LayerSchema.parse(EVENTS);
    const old = [1, 2, 3].map((n) => eventRecord(n, -4 + n, 14));
    const now = [
      eventRecord(1, -3, 14),
      eventRecord(2, -2, 14, { killed: 7 }),
      eventRecord(4, 0, 14),
      eventRecord(5, 1, 14),
    ];
    for (const [generation, records] of [
      [FIRST, old],
      [SECOND, now],
    ] as const) {
      await server.database.transaction((run) => publish(run, layer, records, { generation, seedHash: null }));
    }
    await served(server, 'events', SECOND);
  });
  afterEach(async () => {
    await map?.close();
    map = undefined;
  });
  after(() => server.close());

  async function open(hash: string): Promise<{ page: Page; list: Locator }> {
    map = await openMap({ url: server.url, hash });
    const { page } = map;
    const layer = page.locator('.layer[data-layer=events]');
    await layer.locator('.about-button').click();
    await layer.locator('.versions summary').click();
    const list = layer.locator('.versions');
    await list.locator('.version-name').first().waitFor();
    return { page, list };
  }

  const inPlace = (page: Page) =>
    page.evaluate<number>(
      "new Set(document.querySelector('.map').map.querySourceFeatures('records', { sourceLayer: 'events' }).map((f) => f.id)).size",
    );

  it('are listed with what each changed, and one is brought back by who has the token, and taken back again', async () => {
    const { page, list } = await open('#layers=events&time=../..&map=6/14/-1');
    await list.getByText('2 new, 1 changed, 1 gone.').waitFor();
    expect(await textOf(list.locator('li').first())).to.match(/Version 1000001in service.*4 records, shipped/);
    expect(await textOf(list.locator('li').nth(1))).to.contain('The first one.');

    await list.getByRole('button', { name: `Restore this one: Version ${FIRST}` }).click();
    await list.locator('input[type=password]').fill('wrong');
    await list.getByRole('button', { name: 'Enter', exact: true }).click();
    await list.getByText('The server does not know this token.').waitFor();
    await list.locator('input[type=password]').fill(TEST_TOKEN);
    await list.getByRole('button', { name: 'Enter', exact: true }).click();
    await list.getByText(`everybody sees version ${FIRST} again`).waitFor();
    await server.database.transaction(async (hold) => {
      // Somebody else publishes to the layer: it waits, and that is shown.
      await hold(lockLayer('events'));
      await list.getByRole('button', { name: `Restore version ${FIRST}`, exact: true }).click();
      await list.getByText('Copying its records and making its indexes').waitFor();
      expect(await list.getByRole('progressbar', { name: 'Restoring…' }).getAttribute('value')).to.equal(null);
      const text = `UPDATE azalai.restoration SET progress = '{"step": "items tiles", "done": 3, "total": 12}'`;
      await server.database.run({ text, values: [] });
      await list.getByText('Making the tiles: zoom 3 of 12').waitFor();
      expect(await list.getByRole('progressbar').getAttribute('value')).to.equal('3');
    });
    await list.getByText(`Version ${FIRST} is in service again.`).waitFor();
    expect(await textOf(list.locator('li').first())).to.contain(`3 records, version ${FIRST} again`);
    await settled(page);
    expect(await inPlace(page)).to.equal(3);

    await list.getByRole('button', { name: `Undo: back to version ${SECOND}` }).click();
    await list.getByText(`Version ${SECOND} is in service again.`).waitFor();
    expect(await textOf(list.locator('li').first())).to.contain(`4 records, version ${SECOND} again`);
    await settled(page);
    expect(await inPlace(page)).to.equal(4);
    expect(await list.locator('li').count()).to.equal(4);
  });

  it('are not brought back where the server could not, and why is told', async () => {
    const { page, list } = await open('#layers=events');
    const row = list.locator('li').last();
    await page.route('**/restorations/*', (route) =>
      route.fulfill({
        body: JSON.stringify({ state: 'failed', progress: null, error: { code: 'x', detail: 'There was no room.' } }),
      }),
    );
    await row.getByRole('button', { name: 'Restore this one' }).click();
    await list.locator('input[type=password]').fill(TEST_TOKEN);
    await list.getByRole('button', { name: 'Enter', exact: true }).click();
    await server.database.transaction(async (hold) => {
      await hold(lockLayer('events'));
      await row.getByRole('button', { name: `Restore version ${FIRST}`, exact: true }).click();
      await list.getByRole('alert').getByText('It was not restored. There was no room.').waitFor();
    });
  });

  it('are told in French, and a list that cannot be loaded is asked for again', async () => {
    const { page, list } = await open('#lang=fr&layers=events');
    await list.getByText('2 nouvelles, 1 modifiée, 1 disparue.').first().waitFor();
    expect(await textOf(list)).to.contain('en service');
    await list.locator('summary').click();
    await page.route('**/versions', (route) => route.fulfill({ status: 503, body: '{}' }));
    await list.locator('summary').click();
    await list.getByRole('alert').waitFor();
    await page.unroute('**/versions');
    await list.getByRole('button', { name: 'Réessayer' }).click();
    await list.locator('.version-name').first().waitFor();
  });
});
