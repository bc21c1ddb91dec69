import { expect } from 'chai';
import { afterEach, describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { type MapPage, openMap, settled, textOf } from '../support/browser.ts';
import { until } from '../support/process.ts';

/** What the page's worker has kept, as addresses below the server's own. */
const keptPaths = (page: Page) =>
  page.evaluate(`(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('azalai-'));
    const kept = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)));
    return kept.flat().map((url) => new URL(url).pathname);
  })()`) as Promise<string[]>;

const hasController = (page: Page) => page.evaluate('navigator.serviceWorker.controller !== null') as Promise<boolean>;

describe('the page without a network', function suite() {
  this.timeout(120_000);
  let map: MapPage;
  afterEach(() => map?.close());

  it('is readable from what was kept, says so with its age, and recovers by itself', async () => {
    map = await openMap({ context: { serviceWorkers: 'allow' } });
    const { page } = map;
    await until('the worker has taken over', () => hasController(page));
    // What the first visit had loaded before there was a worker is kept too.
    await until('tiles and lists are kept', async () => {
      const paths = await keptPaths(page);
      return (
        ['/collections', '/style.json', '/index.html'].every((path) => paths.includes(path)) &&
        paths.some((path) => path.endsWith('.mvt'))
      );
    });

    await page.context().setOffline(true);
    await page.reload();
    await settled(page);
    const note = page.locator('.stale-note');
    await note.waitFor();
    expect(await textOf(note)).to.match(
      /No connection\. What is shown was kept on .* \((?:this minute|\d+ minutes? ago)\)/,
    );
    expect(await page.locator('.layer').count()).to.be.greaterThan(5);
    expect(await page.locator('.failure').count()).to.equal(0);
    if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/stale.png` });

    await page.context().setOffline(false);
    // By itself: nobody has to press anything.
    await until('the note is gone', async () => (await note.count()) === 0);
    await settled(page);
  });
});
