import { readFile } from 'node:fs/promises';
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

  describe('for the holder of the token', () => {
    let opened: MapPage;
    let generation: number;
    const publishNow = async (of: object, records: Parameters<typeof publish>[2]) => {
      generation += 1;
      const layer = LayerSchema.parse(of);
      await server.database.transaction((run) => publish(run, layer, records, { generation, seedHash: null }));
      await served(server, layer.id, generation);
    };
    before(async () => {
      generation = server.context.catalogue().get('events').generation + 10;
      await publishNow(EVENTS, [
        eventRecord(1, -3, 14),
        eventRecord(2, -2, 14, { handling: 'internal', note: 'a well' }),
      ]);
      const hidden = { ...EVENTS, id: 'wells', title: { en: 'Wells', fr: 'Puits' }, handling: 'internal' };
      await publishNow(hidden, [eventRecord(7, -1, 15)]);
      await publishNow(
        EVENTS,
        [1, 2, 3, 4].map((n) => eventRecord(n, n - 4, 14)),
      );
      opened = await openMap({
        ...{ url: server.url, hash: '#layers=events&time=../..&map=6/14/-1' },
        prepare: (page) => page.addInitScript(`sessionStorage.setItem('azalai.token', '${TEST_TOKEN}')`),
      });
    });
    after(() => opened.close());

    const tool = (name: RegExp) => opened.page.locator('.tools').getByRole('button', { name });
    const row = (layer: string) => opened.page.locator(`.layer[data-layer=${layer}]`);

    it('are brought back by a step that undo and redo take, and not over what others have published since', async () => {
      const { page } = opened;
      const before = generation - 2;
      await row('events').locator('.about-button').click();
      await row('events').locator('.versions summary').click();
      const list = row('events').locator('.versions');
      await list.getByRole('button', { name: `Restore this one: Version ${before}` }).click();
      await list.getByRole('button', { name: `Restore version ${before}`, exact: true }).click();
      await list.getByText(`Version ${before} is in service again.`).waitFor();
      await settled(page);
      expect(await inPlace(page), 'with what only the holder sees').to.equal(2);

      const step = `version ${before} of “Events” again$`;
      await tool(new RegExp(`^Undo: ${step}`)).click();
      await tool(new RegExp(`^Redo: ${step}`)).waitFor();
      await settled(page);
      expect(await inPlace(page)).to.equal(4);
      await list.locator('.version-name').first().waitFor();
      expect(await list.locator('.versions-done').count(), 'what is no longer so').to.equal(0);
      await tool(new RegExp(`^Redo: ${step}`)).click();
      await tool(/^Nothing to redo$/).waitFor();
      await settled(page);
      expect(await inPlace(page)).to.equal(2);

      generation = server.context.catalogue().get('events').generation;
      await publishNow(EVENTS, [eventRecord(9, -1, 14)]);
      await tool(new RegExp(`^Undo: ${step}`)).click();
      const note = page.locator('.undo-problem');
      await note.getByText('Another version of the layer has been published since.').waitFor();
      await note.getByRole('button', { name: 'Drop this step' }).click();
      await note.waitFor({ state: 'detached' });
      await tool(/^Nothing to undo$/).waitFor();
      expect(server.context.catalogue().get('events').generation, 'in service').to.equal(generation);
    });

    it('lets a layer be taken along that the others do not see', async () => {
      const { page } = opened;
      const open = await fetch(`${server.url}/collections/wells/export?f=geojson`);
      expect(await open.text(), 'without the token').not.to.contain('events/7');
      await row('wells').locator('.about-button').click();
      const files = row('wells').locator('.take');
      await files.locator('summary').click();
      for (const [name, says] of [
        ['GeoJSON', '"events/7"'],
        ['CSV', 'events/7'],
      ] as const) {
        const arrives = page.waitForEvent('download');
        await files.getByRole('link', { name, exact: false }).first().click();
        const download = await arrives;
        const bytes = await readFile(await download.path());
        expect(download.suggestedFilename()).to.match(/^wells\.(geojson|csv)$/);
        expect(bytes.toString(), name).to.contain(says);
      }
      // Kept as the links say it where nobody holds a token.
      expect(await files.getByRole('link').first().getAttribute('href')).to.match(
        /^collections\/wells\/export\?f=geojson/,
      );
    });
  });
});
