import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { type Layer, LayerSchema } from '../../server/core/layer.ts';
import { publish } from '../../server/jobs/publish.ts';
import { mapPerTest, runInPage, serverUrl, settled, textOf } from '../support/browser.ts';
import { json } from '../support/json.ts';
import { EVENTS, eventRecord } from '../support/layers.ts';
import { startServer, type TestServer } from '../support/server.ts';

const LAYER = 'attacks_modelled';
const VIEW = `#map=5/14.5/-4.2&layers=${LAYER},attacks,countries`;

interface Drawn {
  /** West, south, east, north. */
  readonly bounds: readonly [number, number, number, number];
  readonly resolution: number;
  readonly counts: Readonly<Record<string, number>>;
}

const monthOf2022 = (month: number) => {
  const last = new Date(Date.UTC(2022, month, 0)).toISOString().slice(0, 10);
  return `${last.slice(0, 8)}01/${last}`;
};

/** Holds each hexagon in view to the server's count, and that none is missing; how many records there are in view. */
async function expectCounts(page: Page, datetime: string | null, layer = LAYER, url?: string): Promise<number> {
  const { bounds, resolution, counts } = await runInPage<Drawn>(page, 'hexagon-counts', layer);
  const query = `${url ?? (await serverUrl())}/hexes/${layer}?res=${resolution}${datetime ? `&datetime=${datetime}` : ''}`;
  const fetchCounts = async (address: string) => {
    const { cells } = await json<{ cells: { cell: string; count: number }[] }>(fetch(address));
    return new Map(cells.map(({ cell, count }) => [cell, count]));
  };
  const all = await fetchCounts(query);
  for (const [cell, count] of Object.entries(counts))
    expect(count, `${cell} in ${datetime}`).to.equal(all.get(cell) ?? 0);
  // Well inside the view, so that no hexagon is in question.
  const [west, south, east, north] = bounds;
  const inside = await fetchCounts(`${query}&bbox=${west + 1},${south + 1},${east - 1},${north - 1}`);
  expect(Object.keys(counts)).to.include.members([...inside.keys()]);
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

describe('hexagons in any window', function suite() {
  this.timeout(90_000);
  const open = mapPerTest();

  it('are counted month by month over a year without a request and without a tile', async () => {
    const { page, requests, expectClean } = await open({ hash: `${VIEW}&time=2021-12-01/2021-12-31` });
    const [start, end] = [/^Start of the window/, /^End of the window/].map((name) =>
      page.getByRole('slider', { name }),
    );
    await runInPage(page, 'tile-loads', LAYER);
    const before = requests.length;
    for (let month = 1; month <= 12; month++) {
      await end?.press('ArrowRight');
      await start?.press('ArrowRight');
      await settled(page);
      const window = monthOf2022(month);
      if (month % 4 === 0) expect(await expectCounts(page, window), window).to.be.greaterThan(10);
    }
    // Chromium takes the icon from its cache each time the address changes. Why a layer shows nothing is asked at rest.
    const isOther = (address: string) => !address.endsWith('.svg') && !/\/items\?limit=1&.*properties=$/.test(address);
    expect(requests.slice(before).filter(isOther)).to.deep.equal([]);
    expect(await runInPage(page, 'tile-loads', LAYER), 'tiles of hexagons').to.equal(0);
    expectClean();
  });

  it('are fetched once for each resolution, and hold in wider windows and at other zooms', async () => {
    const { page, requests, expectClean } = await open({ hash: `${VIEW}&time=2022-01-01/2023-12-31` });
    await expectCounts(page, '2022-01-01/2023-12-31');
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await settled(page);
    await page.getByRole('button', { name: 'Show 2018 only' }).click();
    await settled(page);
    await expectCounts(page, '2018-01-01/2018-12-31');
    for (const time of [1, 2]) {
      void time;
      await page.getByRole('button', { name: 'Zoom out' }).click();
      await settled(page);
      await expectCounts(page, '2018-01-01/2018-12-31');
    }
    await page.getByRole('button', { name: 'All dates' }).click();
    await settled(page);
    await expectCounts(page, null);
    const series = requests.flatMap((address) => /\/series\?res=(\d+)/.exec(address)?.[1] ?? []);
    expect(series)
      .to.deep.equal([...new Set(series)])
      .and.to.have.length.within(2, 3);
    expect(requests.filter((address) => /\.mvt.*datetime/.test(address))).to.deep.equal([]);
    expectClean();
  });

  it('are counted by the server in a window that cuts a month, which the row says', async () => {
    const { page, expectClean } = await open({ hash: `${VIEW}&time=2022-01-01/2022-06-30` });
    const row = page.locator(`[data-layer=${LAYER}]`);
    const whole = await textOf(row.locator('.in-view'));
    expect(whole).to.match(/^[\d,]+ modelled records in view, in 45\u00a0km hexagons$/);
    const asked = page.waitForRequest(/\/hexes\/.*mvt.*datetime=2022-01-01\/2022-06-15/);
    await page.getByLabel('To (included)').fill('2022-06-15');
    await asked;
    await settled(page);
    const count = await expectCounts(page, '2022-01-01/2022-06-15');
    // The row follows at the map's next rest.
    await row.locator('.in-view', { hasText: `${count} modelled` }).waitFor();
    expect(await textOf(row.locator('.in-view'))).to.match(/window is not whole months/);
    await page.getByLabel('To (included)').fill('2022-06-30');
    await settled(page);
    await expectCounts(page, '2022-01-01/2022-06-30');
    expect(await textOf(row.locator('.in-view'))).to.equal(whole);
    expectClean();
  });

  it('open in a window that cuts a month', async () => {
    const { page, expectClean } = await open({ hash: `${VIEW}&time=2022-02-10/2022-11-05` });
    expect(await expectCounts(page, '2022-02-10/2022-11-05')).to.be.greaterThan(100);
    expectClean();
  });

  it('keep their counts when the language changes', async () => {
    const { page, expectClean } = await open({ hash: `${VIEW}&time=2022-01-01/2022-12-31` });
    const count = await expectCounts(page, '2022-01-01/2022-12-31');
    await page.getByRole('button', { name: 'Français' }).click();
    await page.getByText('Tous les', { exact: false }).or(page.getByText('Toutes les dates')).first().waitFor();
    await settled(page);
    expect(await expectCounts(page, '2022-01-01/2022-12-31')).to.equal(count);
    expect(await textOf(page.locator(`[data-layer=${LAYER}] .in-view`))).to.match(
      /^[\d\u202f]+\u00a0fiches modélisées à l’écran, en hexagones de 45\u00a0km$/,
    );
    await page.getByRole('button', { name: 'Ne montrer que 2019' }).click();
    await settled(page);
    await expectCounts(page, '2019-01-01/2019-12-31');
    expectClean();
  });

  it('are counted by the server when the series does not come, which the row says', async () => {
    const { page } = await open({
      hash: `${VIEW}&time=2022-01-01/2022-12-31`,
      prepare: (page) => page.route('**/series?**', (route) => route.fulfill({ status: 503, body: '{}' })),
    });
    await expectCounts(page, '2022-01-01/2022-12-31');
    expect(await textOf(page.locator(`[data-layer=${LAYER}] .in-view`))).to.match(/monthly counts did not load/);
    expect(await page.locator('.failure').count()).to.equal(0);
  });

  it('that count nothing in the window are neither listed nor in the way', async () => {
    const { page } = await open({
      hash: `${VIEW.replace(',attacks,', ',')}&time=2012-01-01/2012-12-31&at=14.4843/-4.1828`,
    });
    expect(await textOf(page.locator('.records'))).to.match(/Nothing is recorded here/);
    await page.getByRole('button', { name: 'Show 2022 only' }).click();
    await page.locator('.records .card .kinds li').first().waitFor();
    await settled(page);
    const card = page.locator('.records .card').first();
    const total = Number((await textOf(card.locator('h3').first())).replace(/\D/g, ''));
    const kinds = (await card.locator('.kind-count').allTextContents()).map(Number);
    expect(kinds.reduce((sum, number) => sum + number, 0)).to.equal(total);
  });
});

/** Records of a day, of some months and without an end, around two towns. */
const manyEvents = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const [lon, lat] = index % 2 ? [-4.2, 14.5] : [-0.05, 16.27];
    const turn = index * 2.4;
    const away = 1.5 * Math.sqrt(index / count);
    const day = (offset: number) => new Date(Date.UTC(2020, 0, 1 + offset)).toISOString().slice(0, 10);
    const start = (index * 7) % 1400;
    const end = [day(start + 1), day(start + 100), null][index % 3];
    const place = [(lon as number) + away * Math.cos(turn), (lat as number) + away * Math.sin(turn)] as const;
    return eventRecord(index + 1, ...place, { valid_from: day(start), valid_to: end });
  });

describe('hexagons of a layer of many points', function suite() {
  this.timeout(90_000);
  const layer: Layer = LayerSchema.parse({ ...EVENTS, time: 'interval' });
  let server: TestServer;
  const open = mapPerTest();
  const put = async (records: number, generation: number) => {
    await server.database.transaction((run) =>
      publish(run, layer, manyEvents(records), { generation, seedHash: null, budget: { records: 60, bytes: 1e6 } }),
    );
    const isServed = () =>
      server.context.catalogue().layers.some((each) => each.id === layer.id && each.generation === generation);
    while (!isServed()) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  before(async () => {
    server = await startServer();
    await put(900, 1);
  });
  after(() => server.close());

  it('count intervals by two series, follow a new version, and become records from their zoom on', async () => {
    const { page, requests, expectClean } = await open({
      url: server.url,
      hash: '#map=5.5/14.6/-4&layers=events,countries&time=2021-03-01/2021-05-31',
    });
    const expected = await expectCounts(page, '2021-03-01/2021-05-31', 'events', server.url);
    expect(expected).to.be.greaterThan(100);
    const row = page.locator('[data-layer=events] .in-view');
    expect(await textOf(row)).to.match(/records in view, in 45\u00a0km hexagons$/);
    await page.getByRole('slider', { name: /^End of the window/ }).press('ArrowRight');
    await settled(page);
    await expectCounts(page, '2021-03-01/2021-06-30', 'events', server.url);
    expect(requests.filter((address) => /\.mvt.*datetime/.test(address))).to.deep.equal([]);

    await put(700, 2);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await page.waitForRequest(/\/hexes\/events\/series\?.*generation=2/);
    await settled(page);
    await expectCounts(page, '2021-03-01/2021-06-30', 'events', server.url);

    for (let zoom = 7; zoom <= 10; zoom++) {
      await page.getByRole('button', { name: 'Zoom in' }).click();
      await settled(page);
    }
    expect(await textOf(row)).to.match(/^\d+ records? in view$/);
    expectClean();
  });
});
