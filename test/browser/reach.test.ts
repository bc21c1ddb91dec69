import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { mapPerTest, openPage, settled, textOf, untilAddress } from '../support/browser.ts';
import { until } from '../support/process.ts';

/** Holds back what comes after the page itself until it is let go. */
async function holdBack(page: Page, pattern: RegExp): Promise<() => void> {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(pattern, async (route) => {
    await held;
    await route.continue();
  });
  return () => letGo();
}

describe('the first view, before the map is there', function suite() {
  this.timeout(60_000);

  it('is a picture with its legend and its counts, without a script', async () => {
    const { page, expectClean, close } = await openPage('/', {
      context: { javaScriptEnabled: false, locale: 'fr-FR' },
    });
    const view = page.locator('#first-view');
    expect(await textOf(view.locator('h1'))).to.equal('Azalai : le Mali et ses voisins');
    expect(await view.locator('.first-picture svg path').count()).to.be.greaterThan(50);
    const rows = await view.locator('.first-counts tbody tr').allTextContents();
    expect(rows.join('\n')).to.match(/modélisé\s*[1-9]/);
    expect(await view.locator('.first-legend .swatch').count()).to.be.greaterThan(5);
    expect(await textOf(view.locator('.first-disclaimer'))).to.match(/frontières/);
    expect(await textOf(view.locator('noscript'))).to.match(/JavaScript/);
    if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/first-fr.png` });
    expectClean();
    await close();
  });

  it('gives way to the live map, which begins where the picture lay', async () => {
    let letGo = () => {};
    const opened = await openPage('/', {
      prepare: async (page) => {
        letGo = await holdBack(page, /\.mvt/);
      },
    });
    const { page } = opened;
    // The panels are live, and the picture lies on the map until its tiles are there.
    await page.locator('.tool-bar').waitFor();
    expect(await page.locator('#first-view').count()).to.equal(0);
    const picture = page.locator('svg.first-on-map');
    await picture.waitFor();
    if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/first-on-map.png` });
    letGo();
    await settled(page);
    expect(await picture.count()).to.equal(0);
    if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/first-live.png` });
    opened.expectClean();
    await opened.close();
  });

  it('is that of the link', async () => {
    let letGo = () => {};
    const opened = await openPage('/#map=7/16.5/-2&layers=countries,places,mines&lang=fr', {
      prepare: async (page) => {
        letGo = await holdBack(page, /style\.json/);
      },
    });
    const { page } = opened;
    const rows = page.locator('#first-view .first-counts tbody tr');
    await page.locator('.first-picture[data-map^="7.0000/16.5"]').waitFor();
    expect(await rows.count()).to.equal(1);
    letGo();
    await settled(page);
    opened.expectClean();
    await opened.close();
  });
});

describe('saving data', function suite() {
  this.timeout(120_000);
  const openMap = mapPerTest();
  const tilesOf = (requests: readonly string[]) => {
    const tiles = requests.flatMap(
      (address) => /\/tiles\/[^/]*countries[^/]*\/(\d+)\/\d+\/\d+\.mvt/.exec(address)?.[1] ?? [],
    );
    return { count: tiles.length, zooms: [...new Set(tiles)] };
  };

  it('draws the base map from fewer, coarser tiles, says so, and can be switched off', async () => {
    const view = '#map=6.5/15/-4&lang=fr';
    const { page, requests, expectClean } = await openMap({ hash: `${view}&saver=1` });
    const saved = tilesOf(requests);
    expect(saved.zooms).to.deep.equal(['5']);
    const note = page.locator('.saver-note');
    expect(await textOf(note)).to.match(/Données économisées.*plus grossier/);
    if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/saver.png` });
    const before = requests.length;
    await note.getByRole('button').click();
    expect(await note.count()).to.equal(0);
    await until('the usual tiles are asked for', () => tilesOf(requests.slice(before)).zooms.includes('6'));
    await settled(page);
    const usual = tilesOf(requests.slice(before));
    expect(saved.count).to.be.lessThan(usual.count / 2);
    await untilAddress(page, /^(?!.*saver)/);
    expectClean();
  });
});
