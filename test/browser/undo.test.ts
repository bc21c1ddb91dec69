import { expect } from 'chai';
import { afterEach, describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { type MapPage, openMap, settled } from '../support/browser.ts';

const START = '#map=6/15/-4&layers=corridors,countries';

describe('undo and redo', function suite() {
  this.timeout(90_000);
  let map: MapPage | undefined;
  afterEach(async () => {
    await map?.close();
    map = undefined;
  });

  const tool = (page: Page, name: RegExp) => page.locator('.tools').getByRole('button', { name });
  const isOn = (page: Page) => page.locator('[data-layer=corridors] .layer-toggle').getAttribute('aria-checked');
  /** The step is made when the change has settled. */
  const step = (page: Page, name: RegExp) => tool(page, name).waitFor();

  it('takes back a layer and the time window step by step, and does them again, with titles', async () => {
    map = await openMap({ hash: START });
    const { page, expectClean } = map;
    expect(await tool(page, /^Nothing to undo$/).getAttribute('aria-disabled')).to.equal('true');

    await page.locator('[data-layer=corridors] .layer-toggle').click();
    await step(page, /^Undo: layers switched on$/);
    await page.getByRole('button', { name: 'Show 2012 only' }).click();
    await step(page, /^Undo: time window$/);
    await page.waitForURL(/time=2012-01-01\/2012-12-31/);

    await tool(page, /^Undo: time window$/).click();
    await page.waitForURL(/time=2022-01-01\/2023-12-31/);
    await page.keyboard.press('Control+z');
    await tool(page, /^Nothing to undo$/).waitFor();
    expect(await isOn(page)).to.equal('true');

    await page.keyboard.press('Control+Shift+Z');
    await step(page, /^Redo: time window$/);
    expect(await isOn(page)).to.equal('false');
    await page.keyboard.press('Control+y');
    await page.waitForURL(/time=2012-01-01\/2012-12-31/);
    await tool(page, /^Nothing to redo$/).waitFor();
    await settled(page);
    expectClean();
  });

  it('says the steps in French, forgets what was taken back when something new is done, and not while one writes', async () => {
    map = await openMap({ hash: `${START}&lang=fr` });
    const { page, expectClean } = map;
    await page.locator('[data-layer=corridors] .layer-toggle').click();
    await step(page, /^Annuler\s: couches affichées$/);
    await page.getByLabel('Du', { exact: true }).first().focus();
    await page.keyboard.press('Control+z');
    expect(await isOn(page), 'the key belongs to the field').to.equal('false');
    await tool(page, /^Annuler/).click();
    await step(page, /^Rétablir\s: couches affichées$/);
    expect(await isOn(page)).to.equal('true');
    await page.locator('[data-layer=countries] .layer-toggle').click();
    await step(page, /^Annuler\s: couches affichées$/);
    await tool(page, /^Rien à rétablir$/).waitFor();
    expectClean();
  });

  it('makes one step of a drag of the clock, however long it takes', async () => {
    map = await openMap({ hash: START });
    const { page, expectClean } = map;
    const slider = page.getByRole('slider', { name: 'Start of the window' });
    const before = new URL(page.url()).hash;
    // Held: keys move the window while a button is down, as a drag does with pauses.
    await page.mouse.move(30, 870);
    await page.mouse.down();
    await slider.focus();
    for (const pause of [0, 900, 900]) {
      await page.waitForTimeout(pause);
      await slider.press('ArrowLeft');
    }
    await page.mouse.up();
    await step(page, /^Undo: time window$/);
    await tool(page, /^Undo: time window$/).click();
    await tool(page, /^Nothing to undo$/).waitFor();
    await page.waitForURL((url) => /time=[^&]*/.exec(url.hash)?.[0] === /time=[^&]*/.exec(before)?.[0]);
    expectClean();
  });

  it('opens a reload as it was, with nothing to undo', async () => {
    map = await openMap({ hash: START });
    const { page } = map;
    await page.locator('[data-layer=corridors] .layer-toggle').click();
    await page.waitForURL(/layers=countries/);
    await page.reload();
    await settled(page);
    expect(await isOn(page)).to.equal('false');
    await tool(page, /^Nothing to undo$/).waitFor();
  });
});
