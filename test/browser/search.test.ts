import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { mapPerTest, textOf, untilAddress } from '../support/browser.ts';

const INPUT = '.search-input';
/** Little to draw: these tests look at the search, not at the layers. */
const FEW = 'layers=countries,mines,hubs';

describe('search', function suite() {
  this.timeout(90_000);
  const open = mapPerTest();

  const options = (page: Page) => page.locator('.search-choice');
  /** Types, and waits for what is found to be another list. */
  const type = async (page: Page, text: string, first: string | RegExp) => {
    await page.locator(INPUT).fill(text);
    await options(page).first().filter({ hasText: first }).waitFor();
  };

  it('finds a town in another spelling by keyboard alone, shows it, and keeps it in the address', async () => {
    const { page, requests, expectClean } = await open({ hash: `#${FEW}` });
    await page.keyboard.press('/');
    expect(await page.locator(INPUT).evaluate((input) => input.matches(':focus'))).to.equal(true);
    await page.keyboard.type('duentza');
    await options(page).first().filter({ hasText: 'Douentza' }).waitFor();
    expect(await textOf(options(page).first())).to.contain('Mopti, Mali');
    const asked = requests.filter((address) => address.includes('/search?')).length;
    expect(asked, 'requests for seven letters').to.be.at.most(7);
    await page.keyboard.press('ArrowDown');
    const active = await page.locator(INPUT).getAttribute('aria-activedescendant');
    expect(await page.locator(`[id="${active}"]`).getAttribute('aria-selected')).to.equal('true');
    await page.keyboard.press('Enter');
    await page.locator('.found-mark').filter({ hasText: 'Douentza' }).waitFor();
    await untilAddress(page, /pin=1[45]\./);
    await untilAddress(page, /map=10\.00\/1[45]/);
    expect(await page.locator(INPUT).getAttribute('aria-expanded')).to.equal('false');
    // It is there when the page is loaded again, and goes when it is clicked.
    await page.reload();
    const mark = page.locator('.found-mark');
    await mark.filter({ hasText: 'Douentza' }).click();
    await mark.waitFor({ state: 'detached' });
    await untilAddress(page, /^(?!.*pin=)/);
    expectClean();
  });

  it('takes by Enter what is typed, not what an earlier text found', async () => {
    const { page, expectClean } = await open({
      hash: `#${FEW}`,
      prepare: (fresh) =>
        fresh.route(/\/search\?q=kidal/, async (route) => {
          await new Promise((resolve) => setTimeout(resolve, 500));
          await route.continue();
        }),
    });
    await type(page, 'douentza', 'Douentza');
    await page.locator(INPUT).fill('kidal');
    await page.locator(INPUT).press('Enter');
    await page.locator('.found-mark').filter({ hasText: 'Kidal' }).waitFor();
    expectClean();
  });

  it('goes in French, with the names and words of that language', async () => {
    const { page, expectClean } = await open({ hash: `#lang=fr&${FEW}` });
    expect(await page.locator(INPUT).getAttribute('placeholder')).to.equal('Lieu, coordonnées, MGRS');
    await type(page, 'timbuktu', 'Tombouctou');
    expect(await textOf(options(page).first())).to.match(/Localités · Tombouctou, Mali/);
    await page.locator(INPUT).fill('qqqqqq');
    await page.locator('.search-none').filter({ hasText: 'Rien ne porte ce nom' }).waitFor();
    expectClean();
  });

  it('takes coordinates in every way of writing, and offers both readings where there are two', async () => {
    const { page, requests, expectClean } = await open({ hash: `#${FEW}` });
    await type(page, '16,77 -3,01', '16.77000, −3.01000');
    expect(await options(page).allTextContents()).to.deep.equal([
      '16.77000, −3.01000Position · read as latitude, longitude',
      '−3.01000, 16.77000Position · read as longitude, latitude',
    ]);
    await type(page, `16°46'24"N 3°00'36"O`, `16°46'24.0"N 3°00'36.0"W`);
    expect(await options(page).count()).to.equal(1);
    await type(page, '30qvd 99 54', '30Q VD 99 54');
    expect(await textOf(options(page).first())).to.contain('MGRS square, 1 km wide');
    await page.keyboard.press('Enter');
    await untilAddress(page, /pin=16\.77/);
    expect(
      requests.some((address) => address.includes('/search?')),
      'positions need no server',
    ).to.equal(false);
    expectClean();
  });

  it('finds regions by P-code, and opens the card of a record that it found, which a link keeps', async () => {
    const { page, expectClean } = await open({ hash: `#${FEW}&time=../..` });
    await type(page, 'ML05', 'Mopti');
    expect(await textOf(options(page).first())).to.contain('as “ML05”');
    await type(page, 'loulo', 'Loulo');
    await options(page).first().click();
    const card = page.locator('.records .card').first();
    await card.locator('h3').filter({ hasText: 'Loulo' }).waitFor();
    await untilAddress(page, /rec=mines\//);
    await page.reload();
    await card.locator('h3').filter({ hasText: 'Loulo' }).waitFor();
    expectClean();
  });

  it('closes by Escape one thing at a time: the list, the text, the list of the spot', async () => {
    const { page, expectClean } = await open({ hash: `#map=7/16.287/-0.044&${FEW}&at=16.2870/-0.0440` });
    const records = page.locator('.records');
    await records.waitFor();
    await type(page, 'gao', 'Gao');
    await page.keyboard.press('Escape');
    expect(await page.locator(INPUT).getAttribute('aria-expanded')).to.equal('false');
    expect(await page.locator(INPUT).inputValue()).to.equal('gao');
    await page.keyboard.press('Escape');
    expect(await page.locator(INPUT).inputValue()).to.equal('');
    await records.waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await records.waitFor({ state: 'detached' });
    expectClean();
  });

  it('says so when the server does not answer, and has a row of its own on a phone', async () => {
    const { page } = await open({
      hash: `#${FEW}`,
      context: { viewport: { width: 390, height: 844 } },
      prepare: (page) => page.route('**/search?*', (route) => route.abort()),
    });
    await page.locator(INPUT).fill('gao');
    await page.locator('.search-none').filter({ hasText: 'does not answer' }).waitFor();
    const box = await page.locator('.search').boundingBox();
    expect(box?.width, 'width of the search').to.be.greaterThan(280);
    expect(box?.height, 'height for a finger').to.be.at.least(44);
  });
});
