import { expect } from 'chai';
import { afterEach, describe, it } from 'mocha';
import type { Locator, Page } from 'playwright-core';
import { type MapPage, openMap, serverUrl, settled, textOf } from '../support/browser.ts';

const PATIENCE = { timeout: 40_000 };

interface Found {
  readonly numberMatched: number;
  readonly features: readonly { readonly id: number; readonly properties: Readonly<Record<string, unknown>> }[];
}

async function items(layer: string, params: Record<string, string>): Promise<Found> {
  const answer = await fetch(`${await serverUrl()}/collections/${layer}/items?${new URLSearchParams(params)}`);
  return (await answer.json()) as Found;
}

/** Waits until something holds: the page's policy lets no string be run again and again in it. */
async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE.timeout;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`It never came true that ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
const untilAddress = (page: Page, part: string, is = true) =>
  until(
    `the address ${is ? 'says' : 'does not say'} ${part}`,
    async () => decodeURIComponent(new URL(page.url()).hash).includes(part) === is,
  );
const untilText = (locator: Locator, text: RegExp) =>
  until(`it says ${text}`, async () => text.test((await textOf(locator)).replaceAll(/[\u00a0\u202f]/g, ' ')));
/** Numbers of the records that are drawn as selected. */
const drawn = (page: Page) =>
  page.evaluate<number[]>(`(() => {
    const map = document.querySelector('.map').map;
    if (!map.getSource('selection')) return [];
    return [...new Set(map.querySourceFeatures('selection').filter(({ properties }) => properties.selected).map(({ properties }) => properties.id))].sort((a, b) => a - b);
  })()`);
const tickedIds = (page: Page) =>
  page.evaluate<number[]>(`[...document.querySelectorAll('tr.is-selected')].map((row) => Number(row.dataset.record))`);
const rowIds = (page: Page) =>
  page.evaluate<number[]>(`[...document.querySelectorAll('[data-record]')].map((row) => Number(row.dataset.record))`);

describe('table of records', function suite() {
  this.timeout(120_000);
  let map: MapPage | undefined;
  const open = async (...options: Parameters<typeof openMap>) => {
    map = await openMap(...options);
    return map;
  };
  afterEach(async () => {
    await map?.close();
    map = undefined;
  });

  it('opens from the layer, is sorted by the server and turned page by page, and says what is modelled', async () => {
    const { page, requests, expectClean } = await open({
      hash: '#lang=fr&layers=attacks_modelled,countries&time=../..',
    });
    await page.locator('[data-layer=attacks_modelled] .about-button').click();
    await page.getByRole('button', { name: 'Tableau de Attaques (modélisées)' }).click();
    const dock = page.getByRole('region', { name: 'Tableau : Attaques (modélisées)' });
    const foot = dock.locator('.table-foot');
    const { numberMatched } = await items('attacks_modelled', { limit: '1' });
    const all = new Intl.NumberFormat('fr').format(numberMatched).replaceAll(/[\u00a0\u202f]/g, ' ');
    await untilText(foot, new RegExp(`Lignes 1 à 50 sur ${all}`));
    expect(await dock.locator('tbody tr').count()).to.equal(50);
    expect(await textOf(foot)).to.contain('ce ne sont pas des événements rapportés');
    expect(await dock.locator('tbody tr .tag.is-modelled').count()).to.equal(50);

    const killed = dock.getByRole('columnheader', { name: 'Tués' });
    await killed.getByRole('button').click();
    await killed.getByRole('button').click();
    await untilAddress(page, 'table=attacks_modelled/-killed');
    expect(await killed.getAttribute('aria-sort')).to.equal('descending');
    const sorted = await items('attacks_modelled', { limit: '100', sortby: '-killed' });
    const expected = sorted.features.map(({ id }) => id);
    await until('the first page is sorted', async () => (await rowIds(page)).join() === expected.slice(0, 50).join());
    const number = dock.locator('tbody tr').first().locator('td.is-number').first();
    expect(await textOf(number)).to.equal(String(sorted.features[0]?.properties.killed));
    const align = `getComputedStyle(document.querySelector('.table-body td.is-number')).textAlign`;
    expect(await page.evaluate(align)).to.equal('right');
    await dock.getByRole('button', { name: 'Page suivante' }).click();
    await untilText(foot, /Lignes 51 à 100/);
    await until('the second page is there', async () => (await rowIds(page)).join() === expected.slice(50).join());
    await dock.getByRole('button', { name: 'Page précédente' }).click();
    await untilText(foot, /Lignes 1 à 50/);
    // The sort is a step, and begins anew.
    const undo = page.locator('.tools').getByRole('button', { name: /^Annuler\s: tri du tableau$/ });
    await dock.getByRole('button', { name: 'Page suivante' }).click();
    await untilAddress(page, 'table=attacks_modelled/-killed///51');
    await killed.getByRole('button').click();
    await untilText(foot, /Lignes 1 à 50/);
    await untilAddress(page, '-killed', false);
    await undo.click();
    await untilAddress(page, 'table=attacks_modelled/-killed');
    await until('it is sorted as before', async () => (await rowIds(page)).join() === expected.slice(0, 50).join());
    const pages = requests.filter(
      (address) => /\/items\?/.test(address) && !/limit=(50|1)&|limit=(50|1)$/.test(address),
    );
    expect(pages, 'requests for more than a page').to.deep.equal([]);
    // A page is there again after a reload, and where a link says it.
    await dock.getByRole('button', { name: 'Page suivante' }).click();
    await untilAddress(page, 'table=attacks_modelled/-killed///51');
    await page.reload();
    await untilText(foot, /Lignes 51 à 100/);
    await until(
      'the second page is there again',
      async () => (await rowIds(page)).join() === expected.slice(50).join(),
    );
    await settled(page);
    await untilAddress(page, 'table=attacks_modelled/-killed///51');
    expect(await textOf(foot)).to.match(/Lignes 51/);
    await dock.getByRole('button', { name: 'Première page' }).click();
    await untilText(foot, /Lignes 1 à 50/);
    await page.evaluate(
      "location.hash = location.hash.replace(/table=[^&]*/, 'table=attacks_modelled%2F-killed%2F%2F%2F26')",
    );
    await untilText(foot, /Lignes 26 à 75/);
    await until('it begins behind 25', async () => (await rowIds(page)).join() === expected.slice(25, 75).join());
    await page.evaluate(
      "location.hash = location.hash.replace(/table=[^&]*/, 'table=attacks_modelled%2F-killed%2F%2F%2F9999')",
    );
    await untilText(foot, /Lignes 1 à 50/);
    expectClean();
  });

  it('shares its selection with the map, both ways, and with the address', async () => {
    const { page, requests, expectClean } = await open({
      hash: '#map=6/16.5/-1&layers=hubs,countries&time=../..&table=hubs',
    });
    const dock = page.locator('.table-dock');
    // It lies where the map is to be clicked.
    await page.locator('.notice button').click();
    await until('five rows are there', async () => (await rowIds(page)).length === 5);
    const [first = 0, second = 0] = await rowIds(page);
    await dock.locator(`[data-record="${second}"] input`).check();
    await until('the row is on the map', async () => (await drawn(page)).join() === String(second));
    await untilAddress(page, `select=${second}`);
    await page.reload();
    await settled(page);
    await until('the row is on the map again', async () => (await drawn(page)).join() === String(second));
    expect(await dock.locator('tr.is-selected').getAttribute('data-record')).to.equal(String(second));

    await dock.locator(`[data-record="${first}"] .table-zoom`).click();
    await settled(page);
    const spot = await page.evaluate<{ x: number; y: number }>(`(async () => {
      const { map } = document.querySelector('.map');
      const answer = await (await fetch('collections/hubs/items/${first}')).json();
      const at = map.project(answer.geometry.coordinates);
      const { left, top } = map.getCanvas().getBoundingClientRect();
      return { x: at.x + left, y: at.y + top };
    })()`);
    await page.mouse.click(spot.x, spot.y);
    // With it all that lies at the same spot.
    await until('the clicked record is selected, and the other not any more', async () => {
      const ids = await drawn(page);
      return ids.includes(first) && !ids.includes(second);
    });
    // While the spot stays open nothing goes round: what is drawn as selected picks nothing anew, and a tick stays.
    await settled(page);
    const before = requests.length;
    await dock.locator(`[data-record="${second}"] input`).check();
    await until('both are selected', async () => {
      const ids = await tickedIds(page);
      return ids.includes(first) && ids.includes(second);
    });
    await page.waitForTimeout(1_500);
    expect(await tickedIds(page)).to.include.members([first, second]);
    expect(requests.slice(before).filter((address) => address.includes('/items')).length).to.be.at.most(1);
    // What a link selects stays, whatever lies at its spot.
    await dock.locator(`[data-record="${first}"] input`).uncheck();
    await untilAddress(page, `select=${first}`, false);
    await untilAddress(page, 'at=');
    await page.reload();
    await settled(page);
    await page.locator('.records .card h3').first().waitFor(PATIENCE);
    await until('what the link selects is ticked', async () => (await tickedIds(page)).includes(second));
    expect(await tickedIds(page)).to.not.include(first);
    await page.locator('.records h2').focus();
    await page.keyboard.press('Escape');
    await page.locator('.records').waitFor({ state: 'detached' });

    await dock.getByRole('button', { name: 'Low table' }).click();
    await page.locator('.home-button').click();
    await settled(page);
    await dock.getByRole('button', { name: 'Select by a box' }).click();
    await page.mouse.move(420, 160);
    await page.mouse.down();
    await page.mouse.move(700, 300, { steps: 3 });
    await page.mouse.move(1380, 420, { steps: 3 });
    const corner = await page.evaluate<string>(`(() => {
      const { map } = document.querySelector('.map');
      const { left, top } = map.getCanvas().getBoundingClientRect();
      const [a, b] = [map.unproject([420 - left, 160 - top]), map.unproject([1380 - left, 420 - top])];
      return [a.lng, b.lat, b.lng, a.lat].map((degrees) => degrees.toFixed(4)).join();
    })()`);
    await page.mouse.up();
    const inBox = await items('hubs', { bbox: corner, limit: '100' });
    expect(inBox.features.length, 'hubs in the box').to.be.greaterThan(0);
    const ids = inBox.features.map(({ id }) => id).sort((a, b) => a - b);
    await until('those in the box are selected', async () => (await drawn(page)).join() === ids.join());
    await untilText(dock.locator('.table-count'), new RegExp(`${ids.length} selected`));
    await dock.getByRole('button', { name: 'Clear the selection' }).click();
    await until('nothing is selected', async () => (await drawn(page)).length === 0);
    expectClean();
  });

  it('lists what the filter, the clock and the view leave, in the columns that are chosen', async () => {
    const { page } = await open({
      hash: '#map=9/14.5/-4.2&layers=attacks,countries&time=../..&table=attacks&filter={"attacks":"killed > 3"}&off=attacks:kind/ied',
    });
    const dock = page.locator('.table-dock');
    const filter = "(killed > 3) AND (kind NOT IN ('ied') OR kind IS NULL)";
    const all = await items('attacks', { filter });
    const count = dock.locator('.table-count');
    await untilText(count, new RegExp(`^${all.numberMatched} records`));
    await page.getByRole('button', { name: 'Show 2022 only' }).first().click();
    const datetime = '2022-01-01/2022-12-31';
    const timed = await items('attacks', { filter, datetime });
    expect(timed.numberMatched).to.be.lessThan(all.numberMatched);
    await untilText(count, new RegExp(`^${timed.numberMatched} records?`));
    await page.getByRole('button', { name: 'All dates' }).click();
    await untilText(count, new RegExp(`^${all.numberMatched} records`));
    await dock.getByRole('button', { name: 'In view only' }).click();
    await untilAddress(page, 'table=attacks//view');
    await until('fewer are in view', async () => {
      const number = Number.parseInt(await textOf(count), 10);
      return number < all.numberMatched;
    });
    await dock.getByRole('button', { name: 'Remove the filter' }).click();
    await dock.locator('.table-columns summary').click();
    await dock.getByRole('checkbox', { name: 'Summary (English)' }).check();
    await dock.getByRole('columnheader', { name: 'Summary (English)' }).waitFor(PATIENCE);
    await untilAddress(page, 'summary');
    // Wherever the focus is.
    await page.locator('.maplibregl-canvas').focus();
    await page.keyboard.press('Escape');
    await dock.waitFor({ state: 'detached' });
    await untilAddress(page, 'table=', false);
  });

  it('takes the whole stage of a phone, and says why it has no row', async () => {
    const { page } = await open({
      hash: '#lang=fr&layers=attacks,countries&table=attacks&filter={"attacks":"killed > 9999"}',
      context: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    });
    const dock = page.locator('.table-dock');
    await dock.getByText('Aucune fiche ne passe le filtre').first().waitFor(PATIENCE);
    const box = await dock.boundingBox();
    expect([box?.x, box?.width]).to.deep.equal([0, 390]);
    expect(box?.height).to.be.greaterThan(600);
    const close = dock.getByRole('button', { name: 'Fermer le tableau' });
    const button = await close.boundingBox();
    expect([button?.width, button?.height]).to.deep.equal([44, 44]);
    expect((button?.x ?? 0) + (button?.width ?? 0)).to.be.at.most(390);
    await close.click();
    await dock.waitFor({ state: 'detached' });
  });
});
