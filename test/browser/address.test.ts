import { expect } from 'chai';
import { afterEach, describe, it } from 'mocha';
import { type MapPage, openMap, settled, textOf, untilAddress } from '../support/browser.ts';

describe('address of the page', function suite() {
  this.timeout(90_000);
  let map: MapPage | undefined;
  afterEach(async () => {
    await map?.close();
    map = undefined;
  });

  it('restores view, layers, window, language and spot', async () => {
    const hash =
      '#map=6.50/15.5000/-1.0000&layers=mines,control_areas,countries&time=2021-01-01/2021-06-30&lang=fr&at=16.2870/-0.0440';
    map = await openMap({ hash });
    const { page } = map;
    expect(await page.locator('html').getAttribute('lang')).to.equal('fr');
    const isOn = (id: string) => page.locator(`[data-layer=${id}] .layer-toggle`).getAttribute('aria-checked');
    expect(await isOn('mines')).to.equal('true');
    expect(await isOn('corridors')).to.equal('false');
    expect(await textOf(page.locator('.clock-text'))).to.match(/janv\. 2021 à juin 2021/);
    await page.locator('.records .card h3').first().waitFor();
    // The page writes the address anew, as a whole.
    await page.getByRole('button', { name: 'English' }).click();
    await untilAddress(page, /^(?!.*lang=fr)/);
    const params = new URLSearchParams(new URL(page.url()).hash.slice(1));
    expect(params.get('map')).to.equal('6.50/15.5000/-1.0000');
    expect(params.get('layers')?.split(',')).to.have.members(['mines', 'control_areas', 'countries']);
    expect(params.get('time')).to.equal('2021-01-01/2021-06-30');
    expect(params.get('at')).to.equal('16.2870/-0.0440');
    map.expectClean();
  });

  it('opens as if it said nothing where it makes no sense', async () => {
    map = await openMap({ hash: '#map=99/x/2&layers=nothing,corridors&time=2022-02-31/2022-01-01&lang=xx' });
    const { page } = map;
    expect(await page.locator('html').getAttribute('lang')).to.equal('en');
    expect(await textOf(page.locator('.clock-text'))).to.equal('2022 to 2023');
    expect(await page.locator('[data-layer=corridors] .layer-toggle').getAttribute('aria-checked')).to.equal('true');
    expect(await page.locator('[data-layer=hubs] .layer-toggle').getAttribute('aria-checked')).to.equal('false');
    map.expectClean();
  });

  it('changes the language of the page and of the map without loading it anew', async () => {
    map = await openMap();
    const { page, requests } = map;
    await page.getByRole('button', { name: 'Français' }).click();
    await settled(page);
    expect(await page.locator('html').getAttribute('lang')).to.equal('fr');
    expect(await textOf(page.locator('.layers')))
      .to.match(/CONTRÔLE/i)
      .and.to.match(/modélisé/);
    expect(await textOf(page.locator('.disclaimer'))).to.match(/frontières/);
    expect(requests.some((address) => address.endsWith('/style.json?lang=fr'))).to.equal(true);
    expect(requests.filter((address) => new URL(address).pathname === '/').length).to.equal(1);
    map.expectClean();
  });

  it('speaks French to a French browser', async () => {
    map = await openMap({ context: { locale: 'fr-FR' } });
    expect(await textOf(map.page.locator('.clock-presets'))).to.contain('Toutes les dates');
    map.expectClean();
  });
});
