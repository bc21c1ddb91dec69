import { expect } from 'chai';
import { afterEach, describe, it } from 'mocha';
import { type MapPage, openMap, runInPage, settled, textOf } from '../support/browser.ts';

interface Layout {
  readonly scrollWidth: number;
  readonly parts: readonly { readonly selector: string; readonly top: number; readonly bottom: number }[];
  readonly wide: readonly string[];
}

describe('states of the page', function suite() {
  this.timeout(90_000);
  let map: MapPage | undefined;
  afterEach(async () => {
    await map?.close();
    map = undefined;
  });

  it('says which tiles failed, and tries again when asked', async () => {
    const TILES = '**/hexes/**';
    map = await openMap({
      prepare: (page) => page.route(TILES, (route) => route.fulfill({ status: 503, body: '{}' })),
    });
    const { page } = map;
    const failure = page.locator('.failure');
    await failure.waitFor();
    expect(await textOf(failure)).to.match(
      /could not be loaded: Attacks \(modelled\)\. Check the connection and try again/i,
    );
    await page.unroute(TILES);
    await failure.getByRole('button', { name: 'Retry' }).click();
    await settled(page);
    expect(await failure.count()).to.equal(0);
  });

  it('says that there is no map when the catalogue does not answer, and opens it on the next try', async () => {
    const CATALOGUE = '**/collections';
    const opened = openMap({
      prepare: async (page) => {
        await page.route(CATALOGUE, (route) =>
          route.fulfill({
            status: 503,
            contentType: 'application/problem+json',
            body: '{"detail":"The database is away."}',
          }),
        );
        page.once('load', async () => {
          await page.locator('.fatal[role=alert]').waitFor();
          expect(await textOf(page.locator('.fatal')))
            .to.contain('The database is away.')
            .and.to.contain('try again');
          await page.unroute(CATALOGUE);
          await page.locator('.fatal button').click();
        });
      },
    });
    map = await opened;
    expect(await map.page.locator('.fatal').count()).to.equal(0);
  });

  for (const language of ['en', 'fr']) {
    it(`fits a phone without scrolling sideways and without overlaps (${language})`, async () => {
      map = await openMap({
        hash: `#lang=${language}`,
        context: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
      });
      const { page } = map;
      const layout = await runInPage<Layout>(page, 'layout');
      expect(layout.scrollWidth).to.equal(390);
      expect(layout.wide).to.deep.equal([]);
      for (const [index, { selector, top }] of layout.parts.entries()) {
        if (index > 0) expect(top, selector).to.be.at.least((layout.parts[index - 1]?.bottom ?? 0) - 0.5);
      }
      expect(layout.parts.at(-1)?.bottom).to.be.at.most(844.5);

      const drawer = page.locator('.layers');
      expect(await drawer.isVisible()).to.equal(false);
      await page.locator('.drawer-button').click();
      await drawer.waitFor({ state: 'visible' });
      await page.keyboard.press('Escape');
      await drawer.waitFor({ state: 'hidden' });
      map.expectClean();
    });
  }
});
