import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { mapPerTest, textOf, untilAddress } from '../support/browser.ts';
import { until } from '../support/process.ts';

/** Gao, where a hub lies: `at` is latitude first. */
const GAO = 'map=7/16.2870/-0.0440';
/** Little to draw. */
const FEW = 'layers=hubs,control_areas,countries';

describe('reading the map', function suite() {
  this.timeout(120_000);
  const open = mapPerTest();

  /** How many pixels of the sheet over the map are painted. */
  const painted = (page: Page) =>
    page.locator('canvas.overlay').evaluate((element) => {
      const canvas = element as unknown as { width: number; height: number; getContext(kind: '2d'): unknown };
      const context = canvas.getContext('2d') as {
        getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray };
      };
      if (canvas.width === 0 || canvas.height === 0) return 0;
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      for (let at = 3; at < data.length; at += 4) if (data[at] !== 0) count += 1;
      return count;
    });
  const paintedMore = (page: Page, than: number) =>
    until('something is painted over the map', async () => (await painted(page)) > than);

  it('reads out where the pointer is and the middle, names what lies under it, and copies', async () => {
    const { page, expectClean } = await open({
      hash: `#${GAO}&${FEW}`,
      context: { permissions: ['clipboard-read', 'clipboard-write'] },
    });
    const readOut = page.locator('.read-out');
    await readOut.filter({ hasText: '16.287, −0.044' }).waitFor();
    await readOut.filter({ hasText: '30Q ZD' }).waitFor();
    const box = await page.locator('.maplibregl-canvas').boundingBox();
    if (!box) throw new Error('the canvas has no box');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const note = page.locator('.hover-note');
    await until('the hub is named', async () => {
      await page.mouse.move(box.x + box.width / 2 + Math.random(), box.y + box.height / 2 + 2);
      return /Gao, arms.*Trafficking hubs · 2019 – 2023/.test(await textOf(note));
    });
    await page.keyboard.press('c');
    await page
      .locator('.copy-said')
      .filter({ hasText: /Copied: 16\.2\d+, -0\.0/ })
      .waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).to.match(/^16\.2\d+, -0\.0\d+$/);
    await page.locator('.read-out-form').click();
    await readOut.filter({ hasText: /16°\d\d'\d\d"N 0°0\d'\d\d"W/ }).waitFor();
    await untilAddress(page, /pos=dms/);
    // The pointer has left the map, and the note with it.
    await note.waitFor({ state: 'hidden' });
    // Of the middle again.
    await page.locator('.read-out .copy-button').last().click();
    await page
      .locator('.copy-said')
      .filter({ hasText: /Copied: 30QZD/ })
      .waitFor();
    expectClean();
  });

  it('draws lines of latitude and longitude, and of MGRS, and keeps them in the address', async () => {
    const { page, expectClean } = await open({ hash: `#${GAO}&layers=countries` });
    expect(await painted(page)).to.equal(0);
    await page.getByRole('button', { name: 'Grid lines' }).click();
    await page.getByRole('radio', { name: 'Latitude and longitude' }).check();
    await paintedMore(page, 1_000);
    await untilAddress(page, /grid=degrees/);
    await page.getByRole('radio', { name: 'MGRS' }).check();
    await untilAddress(page, /grid=mgrs/);
    await paintedMore(page, 1_000);
    await page.keyboard.press('Escape');
    await page.locator('.tool-popover').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Grid lines' }).click();
    await page.getByRole('radio', { name: 'None' }).check();
    await until('the sheet is clean', async () => (await painted(page)) === 0);
    expectClean();
  });

  it('measures a way leg by leg and an area, as it is drawn and as the address has it, in both languages', async () => {
    const corners = '-3.0074,16.7735;-0.0447,16.2717;-1,14.5';
    const { page, expectClean } = await open({ hash: `#${GAO}&layers=countries&lang=fr&ruler=area:${corners}` });
    const card = page.locator('.measure');
    await card.filter({ hasText: /Surface\s*33.910.km²/ }).waitFor();
    await card.filter({ hasText: /Périmètre\s*873.km/ }).waitFor();
    await paintedMore(page, 500);
    await page.locator('.languages button').first().click();
    await card.filter({ hasText: /Area\s*33,910.km²/ }).waitFor();
    await card.getByRole('button', { name: 'A way' }).click();
    // The script of drawing is fetched when something is first drawn.
    await page.locator('.map.is-drawing').waitFor();
    const box = await page.locator('.maplibregl-canvas').boundingBox();
    if (!box) throw new Error('the canvas has no box');
    const click = (x: number, y: number) => page.mouse.click(box.x + box.width / 2 + x, box.y + box.height / 2 + y);
    await click(0, 0);
    await click(120, 20);
    await card.filter({ hasText: /Length/ }).waitFor();
    await click(160, 120);
    // With the pointer on its way to a third.
    await card.filter({ hasText: /Length.*[23] legs/ }).waitFor();
    await page.keyboard.press('Enter');
    await card.getByRole('button', { name: 'Change' }).waitFor();
    expect(await textOf(card)).to.match(/Length\s*\d+.km/);
    await untilAddress(page, /ruler=way:/);
    await card.getByRole('button', { name: 'Close the measurement' }).click();
    await untilAddress(page, /^(?!.*ruler=)/);
    expectClean();
  });

  it('shows on the card where a record is, how far off, what is near it, and goes there', async () => {
    const { page, expectClean } = await open({ hash: `#${GAO}&${FEW}&at=16.2717/-0.0447` });
    const card = page.locator('.records .card').filter({ hasText: 'Gao, arms' });
    await card.getByRole('button', { name: /^Copy 30Q ZD/ }).waitFor();
    expect(await textOf(card)).to.match(/16\.27170, −0\.04470.*16°16'18\.1"N 0°02'40\.9"W/);
    await card.getByText('Nearby').click();
    const near = card.locator('.nearby li').first();
    await near.waitFor();
    expect(await textOf(near)).to.match(/Areas of control.*between 0.m and \d+.km/);
    // The disc of sixty kilometres, while the card is read.
    await card.hover();
    await paintedMore(page, 500);
    await card.getByRole('button', { name: 'Zoom to' }).click();
    await untilAddress(page, /rec=hubs\/1\b/);
    const link = card.getByRole('button', { name: 'Copy link' });
    expect(await link.isVisible()).to.equal(true);
    await near.getByRole('button').click();
    await untilAddress(page, /rec=control_areas\/\d+/);
    await page.locator('.records .card h3').first().waitFor();
    expectClean();
  });
});
