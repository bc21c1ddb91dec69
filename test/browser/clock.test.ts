import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { mapPerTest, runInPage, settled, textOf } from '../support/browser.ts';

const MODELLED = 'attacks_modelled';
const VIEW = `#map=5/14.5/-4.2&layers=${MODELLED},attacks,countries`;

const timeOf = (page: Page) => new URLSearchParams(new URL(page.url()).hash.slice(1)).get('time');
/** Waits until the address has the window: a drag is shown at the next frame, and written a moment later. */
async function expectTime(page: Page, time: string): Promise<void> {
  await page
    .waitForURL((address) => new URLSearchParams(address.hash.slice(1)).get('time') === time, { timeout: 20_000 })
    .catch(() => expect(timeOf(page)).to.equal(time));
  await settled(page);
}
const shown = (page: Page) => textOf(page.locator('.clock-text'));

/** That nothing in the clock is wider than its place; the handles reach over its edge. */
const FITS = `[...document.querySelectorAll('.clock-head, .clock-foot, .years')].every((each) => each.scrollWidth <= each.clientWidth)`;

/** Waits until the words of the clock's histogram match. */
async function noteMatching(page: Page, pattern: RegExp): Promise<string> {
  const note = page.locator('.clock-note').filter({ hasText: pattern });
  await note.waitFor({ timeout: 40_000 });
  return textOf(note);
}

/** Where on the screen a share of the clock's axis lies, in the middle of its bars. */
async function placeOf(page: Page, share: number): Promise<{ x: number; y: number }> {
  const box = await page.locator('.brush').boundingBox();
  if (!box) throw new Error('the clock has no bars');
  return { x: box.x + share * box.width, y: box.y + box.height / 2 };
}

/** Middle of a month of the twelve years from 2012 on. */
const monthShare = (year: number, month: number) => ((year - 2012) * 12 + month - 0.5) / 144;

async function drag(page: Page, from: number, to: number): Promise<void> {
  const [start, end] = [await placeOf(page, from), await placeOf(page, to)];
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, start.y, { steps: 4 });
  await page.mouse.move(end.x, end.y, { steps: 4 });
  await page.mouse.up();
  await settled(page);
}

describe('the clock', function suite() {
  this.timeout(120_000);
  const open = mapPerTest();

  it('shows a window, one day or all up to a day, and a reload keeps that and the step', async () => {
    const { page, expectClean } = await open({ hash: '#map=4/16/-3&layers=control_areas,countries' });
    const row = page.locator('[data-layer=control_areas]');
    await page.getByRole('button', { name: 'Show 2012 only' }).click();
    await settled(page);
    const inYear = Number.parseInt(await textOf(row.locator('.in-view')), 10);
    await page.getByRole('button', { name: 'One day' }).click();
    await settled(page);
    expect(await shown(page)).to.equal('31 December 2012');
    await expectTime(page, '2012-12-31/2012-12-31');
    expect(await page.getByRole('slider').count(), 'handles of one day').to.equal(1);
    const onDay = Number.parseInt(await textOf(row.locator('.in-view')), 10);
    expect(onDay, 'areas in force on the last day of 2012').to.be.within(1, inYear - 1);

    await page.getByLabel('Step', { exact: true }).selectOption('quarter');
    await page.getByRole('button', { name: 'One step forward' }).click();
    expect(await shown(page)).to.equal('31 March 2013');
    await page.getByRole('button', { name: 'Up to a day' }).click();
    await settled(page);
    expect(await shown(page)).to.equal('Up to 31 March 2013');
    await expectTime(page, '../2013-03-31');
    expect(page.url()).to.match(/clock=cumulative\.quarter/);
    const untilDay = Number.parseInt(await textOf(row.locator('.in-view')), 10);
    expect(untilDay).to.be.greaterThan(inYear);

    await page.reload();
    await settled(page);
    expect(await page.getByRole('button', { name: 'Up to a day' }).getAttribute('aria-pressed')).to.equal('true');
    expect(await page.getByLabel('Step', { exact: true }).inputValue()).to.equal('quarter');
    expect(await shown(page)).to.equal('Up to 31 March 2013');
    await page.getByRole('button', { name: 'Français' }).click();
    await page.getByRole('button', { name: 'Jusqu’à un jour' }).waitFor();
    expect(await shown(page)).to.equal('Jusqu’au 31 mars 2013');
    await page.getByRole('button', { name: 'Période', exact: true }).click();
    await settled(page);
    expect(await shown(page), 'the quarter that the day lies in').to.equal('janv. 2013 à mars 2013');
    expectClean();
  });

  it('takes dates as they are written in both languages, and says what it cannot read', async () => {
    const { page, expectClean } = await open({ hash: '#layers=control_areas,countries' });
    const write = async (text: string) => {
      await page.locator('.clock-text button').click();
      await page.locator('.clock-entry input').fill(text);
      await page.locator('.clock-entry input').press('Enter');
    };
    for (const [text, words] of [
      ['2022', '2022'],
      ['03/2022', 'Mar 2022'],
      ['mars 2021', 'Mar 2021'],
      ['2022-03-05/2022-04', '5 March 2022 to 30 April 2022'],
      ['since 2019', 'Since 1 January 2019'],
    ] as const) {
      await write(text);
      await page.locator('.clock-text').waitFor();
      expect(await shown(page), text).to.equal(words);
    }
    await write('2022-13');
    expect(await textOf(page.getByRole('alert'))).to.match(/^Write 2022, 2022-03/);
    await page.locator('.clock-entry input').press('Escape');
    expect(await shown(page)).to.equal('Since 1 January 2019');
    await page.locator('.clock-text button:focus').waitFor();
    await page.getByRole('button', { name: 'Français' }).click();
    await page.getByRole('button', { name: 'Ne montrer que 2019' }).waitFor();
    await write('du 15 mars 2019 au 10 février 2021');
    expect(await shown(page)).to.equal('15 mars 2019 à 10 février 2021');
    await write('bientôt');
    expect(await textOf(page.getByRole('alert'))).to.match(/^Saisissez 2022/);
    await expectTime(page, '2019-03-15/2021-02-10');
    expectClean();
  });

  it('draws when what is in view happened: modelled apart, by month, of the view and not of the window', async () => {
    const { page, expectClean } = await open({ hash: `${VIEW}&time=2022-01-01/2022-12-31` });
    const note = await noteMatching(page, /^In view by month:.*recorded events?.*modelled/);
    const all = Number(/([\d,]+) modelled/.exec(note)?.[1]?.replace(',', ''));
    const point = await placeOf(page, monthShare(2019, 6));
    await page.mouse.move(point.x, point.y);
    const june = await noteMatching(page, /^Jun 2019:/);
    const modelled = Number(/([\d,]+) modelled/.exec(june)?.[1]?.replace(',', ''));
    expect(modelled).to.be.greaterThan(0);
    // A click takes the month; the row then says how many there are in view.
    await page.mouse.click(point.x, point.y);
    await page.locator('.clock-text', { hasText: 'Jun 2019' }).waitFor();
    await settled(page);
    expect(await textOf(page.locator(`[data-layer=${MODELLED}] .in-view`))).to.match(
      new RegExp(`^${modelled} modelled records? in view`),
    );
    await page.mouse.move(700, 300);
    expect(await noteMatching(page, /^In view by month:/), 'the window is no part of it').to.equal(note);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await settled(page);
    await page
      .locator('.clock-note')
      .filter({ hasNotText: `${all.toLocaleString('en')} modelled` })
      .waitFor();
    const near = await noteMatching(page, /^In view by month:.*modelled/);
    const fewer = Number(/([\d,]+) modelled/.exec(near)?.[1]?.replace(',', ''));
    expect(fewer).to.be.within(1, all - 1);
    await page.locator(`[data-layer=${MODELLED}] .layer-toggle`).click();
    await noteMatching(page, /^In view by month:(?!.*modelled)/);
    expectClean();
  });

  it('is a brush: a window is made, moved and made longer by dragging, and by the arrow keys', async () => {
    const { page, expectClean } = await open({ hash: '#layers=control_areas,countries&time=2012-01-01/2012-12-31' });
    await drag(page, monthShare(2016, 3), monthShare(2017, 8));
    await expectTime(page, '2016-03-01/2017-08-31');
    await drag(page, monthShare(2017, 1), monthShare(2018, 1));
    await expectTime(page, '2017-03-01/2018-08-31');
    await drag(page, (12 * 6 + 8) / 144, (12 * 8) / 144);
    await expectTime(page, '2017-03-01/2019-12-31');
    await page.getByRole('slider', { name: 'Move the window' }).press('ArrowLeft');
    await page.getByRole('slider', { name: 'Start of the window' }).press('Home');
    await page.getByRole('slider', { name: /^End of the window/ }).press('PageDown');
    await expectTime(page, '2012-01-01/2018-11-30');
    expectClean();
  });

  it('re-times hexagons without a request and without a tile while it is dragged and while it plays', async () => {
    const { page, requests, expectClean } = await open({
      hash: `#map=5/14.5/-4.2&layers=${MODELLED},countries&time=2021-01-01/2021-12-31`,
    });
    await noteMatching(page, /modelled/);
    await runInPage(page, 'tile-loads', MODELLED);
    const before = requests.length;
    const row = page.locator(`[data-layer=${MODELLED}] .in-view`);
    const first = await textOf(row);
    await drag(page, monthShare(2021, 6), monthShare(2016, 6));
    await expectTime(page, '2016-01-01/2016-12-31');
    expect(await textOf(row)).to.not.equal(first);

    await page.getByLabel('Steps a second').selectOption('8');
    await page.getByRole('slider', { name: 'Move the window' }).focus();
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.locator('.clock-text', { hasText: /^(?!2016$|Jan |Feb |Mar )/ }).waitFor({ timeout: 40_000 });
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
    await settled(page);
    const [from = '', to = ''] = (timeOf(page) ?? '').split('/');
    expect(new Date(Date.parse(`${to}T00:00:00Z`) + 86_400_000).toISOString().slice(4, 10)).to.equal(from.slice(4));
    expect(Number(to.slice(0, 4)) - Number(from.slice(0, 4)), 'a year as before').to.equal(1);
    // Chromium takes the icon from its cache each time the address changes.
    expect(requests.slice(before).filter((address) => !address.endsWith('.svg'))).to.deep.equal([]);
    expect(await runInPage(page, 'tile-loads', MODELLED), 'tiles of hexagons').to.equal(0);
    expectClean();
  });

  it('asks the server nothing while it plays, with a card open and a layer that shows nothing', async () => {
    const { page, requests, expectClean } = await open({
      hash: `#map=5/14.5/-4.2&layers=${MODELLED},hubs,countries&time=2016-01-01/2016-12-31&at=14.4843/-4.1828&filter={"hubs":"record_id = 'none'"}`,
    });
    await noteMatching(page, /modelled/);
    await page.locator('.records .kinds li').first().waitFor();
    await page.locator('[data-layer=hubs] .legend-none').filter({ hasText: 'filter' }).waitFor();
    await page.getByLabel('Steps a second').selectOption('8');
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    const before = requests.length;
    await page.locator('.clock-text', { hasText: /2017 to/ }).waitFor({ timeout: 40_000 });
    const played = requests.slice(before).filter((address) => !address.endsWith('.svg'));
    await page.getByRole('button', { name: 'Pause' }).click();
    expect(played).to.deep.equal([]);
    // At rest the card is of the window again.
    await page.locator('.records .kinds li').first().waitFor();
    expectClean();
  });

  it('plays to its end and stops there, and begins anew when played again', async () => {
    const { page } = await open({
      hash: '#layers=control_areas,countries&time=2023-01-01/2023-06-30&clock=quarter',
      context: { reducedMotion: 'reduce' },
    });
    await page.getByLabel('Steps a second').selectOption('8');
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.locator('.clock-text', { hasText: 'Jul 2023 to Dec 2023' }).waitFor();
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
    expect(
      await page.evaluate(`getComputedStyle(document.querySelector('.brush-handle')).transitionDuration`),
    ).to.equal('0s');
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.locator('.clock-text', { hasText: /to .* 2012$/ }).waitFor();
    // Whoever takes hold of the clock stops it.
    await page.getByRole('slider', { name: 'Start of the window' }).press('Home');
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  });

  it('fits a phone, its settings behind a button, and folds to one line', async () => {
    const context = { viewport: { width: 390, height: 844 } };
    const { page, expectClean } = await open({ hash: `${VIEW}&lang=fr`, context });
    const clock = page.locator('.clock');
    const height = async () => (await clock.boundingBox())?.height ?? Number.POSITIVE_INFINITY;
    expect(await height()).to.be.at.most(0.22 * 844);
    expect(await page.evaluate(FITS)).to.equal(true);
    const modes = page.getByRole('button', { name: 'Un jour', exact: true });
    expect(await modes.isVisible()).to.equal(false);
    await page.getByRole('button', { name: 'Dates, lecture et pas' }).click();
    expect((await modes.boundingBox())?.height).to.be.at.least(40);
    expect(await page.evaluate(FITS)).to.equal(true);
    await page.getByRole('button', { name: 'Réduire l’horloge à une ligne' }).click();
    expect(await height()).to.be.at.most(56);
    await page.getByRole('button', { name: 'Afficher toute l’horloge' }).click();
    await page.locator('.brush').waitFor();
    expectClean();
  });
});
