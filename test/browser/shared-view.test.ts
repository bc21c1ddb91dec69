import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { LayerSchema } from '../../server/core/layer.ts';
import { publish } from '../../server/jobs/publish.ts';
import { mapPerTest, settled, textOf, untilAddress } from '../support/browser.ts';
import { EVENTS, eventRecord } from '../support/layers.ts';
import { until } from '../support/process.ts';
import { served } from '../support/served.ts';
import { startServer, type TestServer } from '../support/server.ts';

const [FIRST, SECOND] = [1_000_000, 1_000_001];
const LAYER = LayerSchema.parse(EVENTS);

describe('views that are stored', function suite() {
  this.timeout(120_000);
  let server: TestServer;
  const open = mapPerTest();
  const put = async (generation: number, ids: readonly number[]) => {
    const records = ids.map((id) =>
      eventRecord(id, -4 + id, 14, id === 2 && generation === SECOND ? { killed: 9 } : {}),
    );
    await server.database.transaction((run) => publish(run, LAYER, records, { generation, seedHash: null }));
    await served(server, 'events', generation);
  };
  before(async () => {
    server = await startServer();
    await put(FIRST, [1, 2, 3]);
  });
  after(() => server.close());

  /** Numbers of the records in the tiles that the map has. */
  const drawn = (page: Page) =>
    page.evaluate<string>(
      "[...new Set(document.querySelector('.map').map.querySourceFeatures('records', { sourceLayer: 'events' }).map((f) => f.id))].sort().join()",
    );
  const drawnIs = (page: Page, ids: string) => until(`records ${ids}`, async () => (await drawn(page)) === ids);

  const VIEW =
    '#map=6.50/14.0000/-1.5000&layers=events&time=2022-01-01/2022-12-31&lang=en&opacity=events.60&grid=degrees';
  let short = '';

  it('have a short link, which opens the same page', async () => {
    const context = { permissions: ['clipboard-read', 'clipboard-write'] };
    const { page } = await open({ url: server.url, hash: VIEW, context });
    await untilAddress(page, 'grid=degrees');
    const plain = new URL(page.url()).hash;
    await page.getByRole('button', { name: 'Copy a link to this map' }).click();
    await page.getByRole('button', { name: 'Make it short' }).click();
    await page.locator('.share [role=status]', { hasText: 'Short link copied' }).waitFor();
    short = new URL((await page.evaluate('navigator.clipboard.readText()')) as string).hash;
    expect(short).to.match(/^#view=[\w-]{16}$/);

    const again = await open({ url: server.url, hash: short });
    await untilAddress(again.page, 'grid=degrees');
    expect(decodeURIComponent(new URL(again.page.url()).hash)).to.equal(decodeURIComponent(plain));
    await drawnIs(again.page, '1,2,3');
    expect(await again.page.locator('.as-of-note').count()).to.equal(0);
    again.expectClean();
  });

  it('open as they were, say what has changed since, and go on to now and back', async () => {
    await put(SECOND, [1, 2, 4, 5]);
    const { page, requests, expectClean } = await open({ url: server.url, hash: short });
    const note = page.locator('.as-of-note');
    await note.waitFor();
    expect(await textOf(note)).to.match(/As on \d.*UTC\. Since then: Events 2 new, 1 changed, 1 gone\./);
    await drawnIs(page, '1,2,3');
    expect(await textOf(page.locator('[data-layer=events] .in-view'))).to.contain('3 records');
    const asks = requests.filter(
      (address) => /\/(tiles|hexes|items|style\.json)/.test(address) && /events|style/.test(address),
    );
    expect(asks.filter((address) => !address.includes('known_at='))).to.deep.equal([]);
    expect(requests.some((address) => address.includes('/series'))).to.equal(false);
    await untilAddress(page, /asof=\d{4}-.*view=/);

    await note.getByRole('button', { name: 'Show it as it is now' }).click();
    await drawnIs(page, '1,2,4,5');
    expect(await textOf(note)).to.contain('As it is now.');
    await settled(page);
    await note.getByRole('button', { name: 'Show it as it was' }).click();
    await drawnIs(page, '1,2,3');
    expectClean();
  });

  it('show what is there now where what was shown is kept no longer, and say so', async () => {
    // As the server says it once the version has been swept: test/http/views.test.ts.
    const { page } = await open({
      url: server.url,
      hash: short,
      prepare: (each) =>
        each.route('**/views/*', async (route) => {
          const response = await route.fetch();
          const view = (await response.json()) as { changed: object[] };
          const changed = view.changed.map((layer) => ({ ...layer, isKept: false, counts: null }));
          await route.fulfill({ response, json: { ...view, changed } });
        }),
    });
    const note = page.locator('.as-of-note');
    await note.waitFor();
    expect(await textOf(note))
      .to.contain('Events changed')
      .and.to.contain('no longer kept');
    await drawnIs(page, '1,2,4,5');
    expect(await note.getByRole('button', { name: 'Show it as it was' }).count()).to.equal(0);
  });

  it('open the map as usual where the link leads nowhere', async () => {
    const { page } = await open({ url: server.url, hash: '#view=AAAAAAAAAAAAAAAA' });
    await page.locator('.link-problem').waitFor();
    expect(await textOf(page.locator('.link-problem'))).to.contain('not stored here');
    await page.locator('.link-problem').getByRole('button', { name: 'Hide this message' }).click();
    expect(await page.locator('.link-problem').count()).to.equal(0);
  });
});
