import { expect } from 'chai';
import { afterEach, describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { type MapPage, openMap, runInPage, settled, textOf } from '../support/browser.ts';

const PLACE = '#map=5/16/-3&layers=corridors,hubs,countries';

/** Waits until an expression is true; the page's policy forbids Playwright's own way of waiting for one. */
async function until(page: Page, expression: string): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await page.evaluate(expression))) {
    if (Date.now() > end) throw new Error(`Not within 20 s: ${expression}`);
    await page.waitForTimeout(50);
  }
}

const focused = (page: Page) =>
  page.evaluate(
    `document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent`,
  ) as Promise<string>;

describe('shell of the page', function suite() {
  this.timeout(120_000);
  let map: MapPage | undefined;
  afterEach(async () => {
    await map?.close();
    map = undefined;
  });

  for (const language of ['en', 'fr']) {
    it(`shows no key of a text, and nothing too small or without a name, with each panel open (${language})`, async () => {
      map = await openMap({ hash: `${PLACE}&lang=${language}` });
      const { page, expectClean } = map;
      const look = async (what: string) => {
        expect(await runInPage<string[]>(page, 'raw-keys'), `keys, ${what}`).to.deep.equal([]);
        expect(await runInPage<string[]>(page, 'small-targets'), `targets, ${what}`).to.deep.equal([]);
      };
      await look('at the start');
      for (const panel of ['ask', 'upload', 'connect']) {
        await page.evaluate(`location.hash = location.hash.replace(/&(ask|upload|connect)(?=&|$)/g, '') + '&${panel}'`);
        await page.locator(`.panel.${panel} .panel-part, .panel.${panel} li`).first().waitFor();
        await look(panel);
        await page.keyboard.press('Escape');
      }
      await page.keyboard.press('?');
      await page.locator('dialog.shortcuts').waitFor();
      expect(await textOf(page.locator('dialog.shortcuts h2'))).to.equal(
        language === 'en' ? 'Keys and shortcuts' : 'Raccourcis clavier',
      );
      await look('list of keys');
      await page.keyboard.press('Escape');
      await page.locator('dialog.shortcuts').waitFor({ state: 'detached' });
      expectClean();
    });
  }

  it('keeps in the middle of what is free what was there when a panel opens, and puts it back', async () => {
    map = await openMap({ hash: PLACE, context: { viewport: { width: 1024, height: 768 } } });
    const { page, expectClean } = map;
    const at = (state: string) =>
      page.evaluate(
        `(() => { const { map } = document.querySelector('.map'); const { left, right } = document.querySelector('${state}').getBoundingClientRect(); return { x: map.project([-3, 16]).x, left, right }; })()`,
      ) as Promise<{ x: number; left: number; right: number }>;
    const still = () => until(page, `!document.querySelector('.map').map.isMoving()`);
    const before = await at('.layers');
    expect(before.x).to.be.closeTo(512, 2);
    await page.getByRole('button', { name: 'Ask a question' }).click();
    await page.locator('.panel.ask li').first().waitFor();
    await until(page, `document.querySelector('.map').map.project([-3, 16]).x < 400`);
    await still();
    const panel = await at('.panel');
    expect(await page.locator('.layers').isVisible(), 'the layers give way').to.equal(false);
    expect(panel.x, 'the middle of what is left').to.be.closeTo(panel.left / 2, 10);
    await page.locator('.drawer-button').click();
    await page.locator('.layers').waitFor({ state: 'visible' });
    await page.keyboard.press('Escape');
    await page.locator('.layers').waitFor({ state: 'hidden' });
    await page.keyboard.press('Escape');
    await until(page, `document.querySelector('.map').map.project([-3, 16]).x > 500`);
    expectClean();
  });

  it('shows the whole area in what is free', async () => {
    map = await openMap({ hash: PLACE.replace('map=5', 'map=7') });
    const { page, expectClean } = map;
    await page.getByRole('button', { name: 'Show the whole area' }).click();
    await until(page, `document.querySelector('.map').map.getZoom() < 5.5`);
    await settled(page);
    const box = (await page.evaluate(
      `(() => { const { map } = document.querySelector('.map'); const corner = (p) => map.project(p); const [a, b] = [corner([-12.3, 23.6]), corner([4.4, 9.9])]; const edge = (s, side) => document.querySelector(s).getBoundingClientRect()[side]; return { left: a.x - edge('.layers', 'right'), top: a.y - edge('.tool-bar', 'bottom'), bottom: edge('.clock', 'top') - b.y, right: innerWidth - b.x }; })()`,
    )) as Record<'left' | 'top' | 'bottom' | 'right', number>;
    for (const [side, free] of Object.entries(box)) expect(free, side).to.be.at.least(0);
    expect(Math.abs(box.left - box.right), 'in the middle').to.be.lessThan(40);
    expectClean();
  });

  it('copies a link to what is shown, and shows it where the browser forbids copying', async () => {
    map = await openMap({ hash: PLACE, context: { permissions: ['clipboard-read', 'clipboard-write'] } });
    const { page, expectClean } = map;
    await page.locator('[data-layer=hubs] .layer-toggle').click();
    const share = page.getByRole('button', { name: 'Copy a link to this map' });
    await share.click();
    await page.locator('.share [role=status]', { hasText: 'Link copied' }).waitFor();
    const copied = (await page.evaluate('navigator.clipboard.readText()')) as string;
    expect(copied)
      .to.contain('layers=corridors,countries')
      .and.to.match(/^http.*#map=5\.00\/16\.0000\/-3\.0000/);

    await page.evaluate(`navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden'))`);
    await share.click();
    const link = page.getByLabel('Link to this map', { exact: true });
    expect(await link.inputValue()).to.equal(copied);
    await link.press('Escape');
    await link.waitFor({ state: 'detached' });
    expectClean();
  });

  it('leads from the first tab to the map, and has one of each landmark', async () => {
    map = await openMap({ hash: PLACE });
    const { page, expectClean } = map;
    await page.keyboard.press('Tab');
    expect(await focused(page)).to.equal('Skip to the map');
    await page.keyboard.press('Enter');
    expect(await focused(page)).to.match(/^Map\. Arrow keys move it/);
    for (const role of ['banner', 'navigation', 'main', 'contentinfo', 'toolbar'] as const) {
      expect(await page.getByRole(role).count(), role).to.equal(1);
    }
    // The arrow keys go along the tools.
    const tools = page.locator('.tools .tool');
    await tools.first().focus();
    await page.keyboard.press('ArrowLeft');
    expect(await focused(page)).to.equal(await tools.last().getAttribute('aria-label'));
    expectClean();
  });

  it('has its tools behind one button on a phone', async () => {
    map = await openMap({
      hash: '#lang=fr',
      context: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    });
    const { page, expectClean } = map;
    const tools = page.locator('.tools');
    expect(await tools.isVisible()).to.equal(false);
    await page.locator('.tools-toggle').click();
    await tools.waitFor({ state: 'visible' });
    const box = await tools.boundingBox();
    expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 999) <= 390, 'on the screen').to.equal(true);
    for (const tool of await tools.locator('.tool').all()) {
      expect((await tool.boundingBox())?.height ?? 0).to.be.at.least(40);
    }
    expectClean();
  });
});
