import { expect } from 'chai';
import { describe, it } from 'mocha';
import { OPERATIONS } from '../../server/http/openapi/operations.ts';
import { openPage } from '../support/browser.ts';

describe('the page of the interfaces', () => {
  it('lists what the server does, with no request to another host and nothing against its policy', async () => {
    const { page, requests, expectClean, close } = await openPage('/api.html');
    await page.locator('details').first().waitFor();
    for (const { method, path } of OPERATIONS) {
      const address = path.replaceAll(/:(\w+)/g, '{$1}');
      const summary = page.locator('summary', { has: page.locator(`code:text-is("${address}")`) });
      const shown = await summary.locator('.method').allTextContents();
      expect(shown, `${method} ${path}`).to.include(method.toUpperCase());
    }
    expect(requests.some((url) => url.endsWith('/api'))).to.equal(true);
    expectClean();
    await close();
  });

  it('sends a GET request with what was filled in, and shows what comes', async () => {
    const { page, expectClean, close } = await openPage('/api.html');
    const items = page.locator('#getCollectionsAttacksItems');
    await items.locator('summary').click();
    await items.getByLabel(/^limit\b/).fill('2');
    await items.getByLabel(/^kind\b/).selectOption('ied');
    expect(await items.getByRole('link').textContent()).to.equal('collections/attacks/items?limit=2&kind=ied');
    await items.getByRole('button', { name: 'Send' }).click();
    const answer = items.getByRole('region', { name: 'Answer' });
    await answer.waitFor();
    const text = (await answer.textContent()) ?? '';
    expect(text).to.match(/^200 OK/);
    expect(text).to.include('content-type: application/geo+json').and.include('"numberReturned": 2');
    expectClean();
    await close();
  });

  it('fills in the path, and tells a problem as the server tells it', async () => {
    const { page, close } = await openPage('/api.html');
    const record = page.locator('details', {
      has: page.locator('code:text-is("/collections/{id}/items/{featureId}")'),
      hasText: /^GET/,
    });
    await record.locator('summary').click();
    await record.getByLabel(/^id\b/).selectOption('mines');
    await record.getByLabel(/^featureId\b/).fill('999999');
    await record.getByRole('button', { name: 'Send' }).click();
    const answer = record.getByRole('region', { name: 'Answer' });
    await answer.waitFor();
    expect(await answer.textContent())
      .to.match(/^404/)
      .and.include('has no item \\"999999\\"');
    await close();
  });

  it('does not offer to change anything', async () => {
    const { page, close } = await openPage('/api.html');
    const restore = page.locator('details', { has: page.locator('code', { hasText: '/restore' }) });
    await restore.locator('summary').click();
    await restore.getByText('Takes the token of the server.').waitFor();
    expect(await restore.getByRole('button').count()).to.equal(0);
    await close();
  });

  it('is as wide as a phone, in French where that is spoken', async () => {
    const context = { viewport: { width: 390, height: 800 }, locale: 'fr-FR' };
    const { page, close } = await openPage('/api.html', { context });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('#getCollectionsAttacksItems summary').click();
    await page.getByRole('button', { name: 'Envoyer' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(390);
    expect(await page.evaluate('document.documentElement.lang')).to.equal('fr');
    await close();
  });
});

describe('pages of the interfaces', () => {
  for (const address of [
    '/?f=html',
    '/conformance?f=html',
    '/tileMatrixSets/WebMercatorQuad?f=html',
    '/collections/attacks/tiles?f=html',
    '/collections/attacks/tiles/WebMercatorQuad?f=html',
    '/collections?f=html',
    '/collections/attacks?f=html',
    '/collections/attacks/items?f=html',
    '/collections/control_areas/items/1?f=html',
    '/collections/attacks/queryables?f=html',
    '/collections/attacks/versions?f=html',
    '/processes?f=html',
    '/processes/corridor?f=html&lang=fr',
  ]) {
    it(`${address}: nothing against its policy, no wider than a phone, and links that lead somewhere`, async () => {
      const context = { viewport: { width: 390, height: 800 } };
      const { page, expectClean, close } = await openPage(address, { context });
      expect(await page.evaluate('document.documentElement.scrollWidth')).to.be.at.most(390);
      expect(await page.evaluate('getComputedStyle(document.querySelector("header")).backgroundColor')).to.equal(
        'rgb(31, 58, 77)',
      );
      const addresses = await page.locator('a').evaluateAll((links) => links.map((link) => String(link.href)));
      const origin = new URL(page.url()).origin;
      const own = new Set(addresses.filter((url) => url.startsWith(origin) && !/\/export|f=fgb/.test(url)));
      expect(own.size).to.be.above(2);
      for (const url of own) expect((await fetch(url, { method: 'HEAD' })).status, url).to.equal(200);
      expectClean();
      await close();
    });
  }
});
