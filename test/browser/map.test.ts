import { expect } from 'chai';
import { describe, it } from 'mocha';
import { mapColors, mapPerTest, settled, textOf } from '../support/browser.ts';

/** Arms corridors, as geodata/layers/corridors.json paints them. */
const ARMS = '#d55e00';
/** Gao, where a hub, corridors and a control area lie: `at` is latitude first. */
const GAO = '#map=7/16.2870/-0.0440';

describe('map page', function suite() {
  this.timeout(90_000);
  const open = mapPerTest();

  it('draws the documented layers and the modelled hexagons, from its own host only', async () => {
    const { page, requests, expectClean } = await open();
    const colors = await mapColors(page);
    expect(colors.size, 'colours on the map').to.be.greaterThan(300);
    expect(colors.get(ARMS) ?? 0, 'pixels of arms corridors').to.be.greaterThan(50);
    expect(requests.some((address) => /\/hexes\/attacks_modelled\/\d+\/\d+\/\d+\.mvt/.test(address))).to.equal(true);
    expect(await textOf(page.locator('[data-layer=attacks_modelled]'))).to.match(/modelled/i);
    expect(await textOf(page.locator('[data-layer=attacks_modelled] .legend'))).to.match(
      /^Modelled records per hexagon12–4/,
    );
    expect(await textOf(page.locator('.disclaimer'))).to.match(/Boundaries and names/);
    expectClean();
  });

  it('says what is modelled until the reader has understood it, and remembers that', async () => {
    const { page, expectClean } = await open();
    await page.locator('.notice button').click();
    expect(await page.locator('.notice').count()).to.equal(0);
    await page.reload();
    await settled(page);
    expect(await page.locator('.notice').count()).to.equal(0);
    expectClean();
  });

  it('switches a layer off and on by its row', async () => {
    const { page, expectClean } = await open({ hash: '#layers=corridors,countries' });
    const row = page.locator('[data-layer=corridors] .layer-toggle');
    expect(await row.getAttribute('aria-checked')).to.equal('true');
    await row.click();
    await settled(page);
    expect((await mapColors(page)).get(ARMS) ?? 0, 'without corridors').to.be.lessThan(20);
    expect(await page.locator('[data-layer=corridors] .legend').count()).to.equal(0);
    await row.click();
    await settled(page);
    expect((await mapColors(page)).get(ARMS) ?? 0, 'with corridors').to.be.greaterThan(50);
    expectClean();
  });

  it('shows every layer as it was in the window', async () => {
    const { page, expectClean } = await open();
    const control = page.locator('[data-layer=control_areas] .legend');
    expect(await textOf(control)).to.contain('JNIM');
    await page.getByRole('button', { name: 'Show 2012 only' }).click();
    await settled(page);
    expect(await textOf(control))
      .to.contain('Ansar Eddine')
      .and.not.contain('JNIM');
    expect(await textOf(page.locator('.clock-text'))).to.equal('2012');
    expect(page.url()).to.contain('time=2012-01-01/2012-12-31');
    expectClean();
  });

  it('takes dates by hand, and months by the arrow keys', async () => {
    const { page, expectClean } = await open();
    await page.getByLabel('From').first().fill('2019-03-15');
    await page.getByLabel('To (included)').fill('2021-02-10');
    expect(await textOf(page.locator('.clock-text'))).to.equal('15 March 2019 to 10 February 2021');
    await page.getByRole('slider', { name: 'Start of the window' }).press('ArrowRight');
    await settled(page);
    expect(page.url()).to.contain('time=2019-04-01/2021-02-10');
    await page.getByRole('button', { name: 'All dates' }).click();
    await settled(page);
    expect(page.url()).to.contain('time=../..');
    expectClean();
  });

  it('lists all records at the clicked spot with their sources, and "back" closes the list', async () => {
    const { page, expectClean } = await open({ hash: GAO });
    const box = await page.locator('.maplibregl-canvas').boundingBox();
    if (!box) throw new Error('the canvas has no box');
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    const cards = page.locator('.records .card h3');
    await cards.first().waitFor();
    // Each card comes when its record has been fetched.
    await page
      .locator('.records')
      .filter({ hasText: /Position within about \d+\s+km/ })
      .waitFor();
    expect(await cards.count()).to.be.greaterThan(2);
    const text = await textOf(page.locator('.records'));
    expect(text).to.contain('UNU-CPR 2024').and.to.match(/Box A/);
    expect(text).to.match(/Position within about \d+\s+km/);
    expect(text).to.match(/documented|reported|approximate/);
    await page.goBack();
    await page.locator('.records').waitFor({ state: 'detached' });
    expectClean();
  });

  it('counts a hexagon, says that it is modelled, and lists its records page by page', async () => {
    const layers = 'layers=attacks_modelled,countries';
    const { page, expectClean } = await open({ hash: `#map=5/14.5/-4.2&${layers}&time=../..&at=14.4843/-4.1828` });
    const card = page.locator('.records .card').first();
    await card.locator('.kinds li').first().waitFor();
    const total = Number((await textOf(card.locator('h3').first())).replace(/\D/g, ''));
    const kinds = (await card.locator('.kind-count').allTextContents()).map(Number);
    expect(total).to.be.greaterThan(10);
    expect(kinds.reduce((sum, number) => sum + number, 0)).to.equal(total);
    expect(await textOf(card)).to.contain('None of these is a reported event');
    await card.locator('summary').click();
    await card.locator('.card').nth(9).waitFor();
    expect(await card.locator('.card').count()).to.equal(10);
    await card.locator('.more').click();
    await card.locator('.card').nth(10).waitFor();
    expectClean();
  });

  it('lists what lies in the middle of the map by keyboard alone', async () => {
    const { page, expectClean } = await open({ hash: GAO });
    await page.locator('.maplibregl-canvas').focus();
    await page.keyboard.press('Enter');
    await page.locator('.records .card h3').first().waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.records').waitFor({ state: 'detached' });
    expectClean();
  });
});
