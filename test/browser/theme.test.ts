import { expect } from 'chai';
import { afterEach, describe, it } from 'mocha';
import { type MapPage, mapColors, openMap, settled } from '../support/browser.ts';

/** The sea and arms corridors on both grounds: server/core/style/ground.ts, geodata/layers/corridors.json. */
const SEA = { light: '#d3dfe6', dark: '#11181d' };
const ARMS = { light: '#d55e00', dark: '#ffa577' };
/** Coast and corridors. */
const COAST = '#map=4.6/17/-9&layers=corridors,countries';

describe('theme', function suite() {
  this.timeout(90_000);
  let map: MapPage | undefined;
  afterEach(async () => {
    await map?.close();
    map = undefined;
  });

  it('is as the system has it, of the page and of the map, from the first request', async () => {
    map = await openMap({ hash: COAST, context: { colorScheme: 'dark' } });
    const { page, requests, expectClean } = map;
    expect(await page.locator('html').getAttribute('data-theme')).to.equal('dark');
    expect(requests.filter((address) => address.includes('style.json')).length).to.equal(1);
    const colors = await mapColors(page);
    expect(colors.get(SEA.dark) ?? 0, 'dark sea').to.be.greaterThan(500);
    expect(colors.get(SEA.light) ?? 0, 'light sea').to.equal(0);
    expect(colors.get(ARMS.dark) ?? 0, 'corridors for dark ground').to.be.greaterThan(20);
    expectClean();
  });

  it('is chosen by the button, changes the map in place, is kept, and stands in no link', async () => {
    map = await openMap({ hash: COAST });
    const { page, requests, expectClean } = map;
    const button = page.locator('.theme-button');
    const dark = page.waitForResponse(/style\.json\?lang=en&theme=dark/);
    await button.click();
    await button.click();
    expect(await button.getAttribute('aria-label')).to.match(/^Theme: dark/);
    await dark;
    await settled(page);
    const tiles = () => requests.filter((address) => /\.mvt/.test(address)).length;
    const before = tiles();
    expect((await mapColors(page)).get(SEA.dark) ?? 0, 'dark sea').to.be.greaterThan(500);
    expect(page.url()).not.to.contain('theme');
    expect(page.url()).to.contain('map=4.60/17.0000/-9.0000');
    expect(tiles(), 'tiles asked for again').to.equal(before);
    await page.reload();
    await settled(page);
    expect(await page.locator('html').getAttribute('data-theme')).to.equal('dark');
    await page.locator('.languages').getByRole('button', { name: 'Français' }).click();
    await settled(page);
    expect(await button.getAttribute('aria-label')).to.match(/^Thème\s: sombre/);
    expect((await mapColors(page)).get(SEA.dark) ?? 0, 'dark sea in French').to.be.greaterThan(500);
    expectClean();
  });

  it('is what a link asks for, until the reader chooses', async () => {
    map = await openMap({ hash: `${COAST}&theme=dark` });
    const { page } = map;
    expect(await page.locator('html').getAttribute('data-theme')).to.equal('dark');
    expect(page.url()).to.contain('theme=dark');
    await page.locator('.theme-button').click();
    await page.waitForURL((url) => !url.hash.includes('theme'));
    expect(await page.locator('html').getAttribute('data-theme')).to.equal('light');
  });
});
