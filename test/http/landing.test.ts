import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { json } from '../support/json.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';

interface Collection {
  id: string;
  extent: { spatial: { bbox: number[][] } };
  azalai: { legend: unknown[]; title: object; count: number };
}

const BROWSER_ACCEPT = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';

describe('landing page, health, headers', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  const get = (path: string, headers: Record<string, string> = {}) => fetch(server.url + path, { headers });

  it('is JSON for a program', async () => {
    for (const headers of [{}, { Accept: '*/*' }, { Accept: 'application/json' }]) {
      const response = await get('/', headers);
      expect(response.headers.get('content-type')).to.match(/^application\/json/);
      expect(response.headers.get('vary')).to.match(/Accept/);
      const { links } = await json<{ links: { href: string }[] }>(response);
      // The list of jobs says what others look into.
      const token = { Authorization: `Bearer ${TEST_TOKEN}` };
      for (const { href } of links) expect((await fetch(href, { headers: token })).status, href).to.equal(200);
    }
  });

  it('is the map for a browser', async () => {
    const response = await get('/', { Accept: BROWSER_ACCEPT });
    expect(response.headers.get('content-type')).to.match(/^text\/html/);
    expect(response.headers.get('vary')).to.match(/Accept/);
    expect(await response.text()).to.match(/<script type="module"/);
  });

  it("sends the page's scripts packed when the page was built, to clients that take Brotli", async () => {
    const page = await (await get('/', { Accept: BROWSER_ACCEPT })).text();
    const script = /src="\.\/(assets\/[^"]+\.js)"/.exec(page)?.[1];
    const packed = await get(`/${script}`, { 'Accept-Encoding': 'gzip, br' });
    expect(packed.headers.get('content-encoding')).to.equal('br');
    expect(packed.headers.get('content-type')).to.match(/^text\/javascript/);
    expect(packed.headers.get('cache-control')).to.include('immutable');
    const plain = await get(`/${script}`, { 'Accept-Encoding': 'identity' });
    expect(plain.headers.get('content-encoding')).to.equal(null);
    expect((await packed.text()) === (await plain.text()), 'the same script').to.equal(true);
  });

  it('is a page for a person at /?f=html, and JSON at /?f=json also for a browser', async () => {
    expect(await (await get('/?f=html')).text()).to.match(/<h1>Azalai<\/h1>[\s\S]*Attacks \(modelled\)/);
    expect((await get('/?f=json', { Accept: BROWSER_ACCEPT })).headers.get('content-type')).to.match(/json/);
  });

  it('refuses what it cannot be', async () => {
    expect((await get('/', { Accept: 'image/png' })).status).to.equal(406);
  });

  it('allows nothing from another origin', async () => {
    const policy = (await get('/', { Accept: 'text/html' })).headers.get('content-security-policy') ?? '';
    expect(policy).to.match(/default-src 'none'/);
    expect(policy).to.not.match(/https?:|unsafe|\*/);
  });

  it('is alive and ready', async () => {
    expect(await (await get('/healthz')).json()).to.deep.equal({ status: 'ok' });
    expect((await json<{ collections: number }>(get('/readyz'))).collections).to.be.above(10);
  });

  it("gives each answer an id, the caller's own when it is harmless", async () => {
    expect((await get('/healthz')).headers.get('x-request-id')).to.match(/^[\w-]{36}$/);
    expect((await get('/healthz', { 'X-Request-Id': 'abc-1' })).headers.get('x-request-id')).to.equal('abc-1');
    expect((await get('/healthz', { 'X-Request-Id': 'a"b' })).headers.get('x-request-id')).to.match(/^[\w-]{36}$/);
  });

  it('answers 304 when nothing changed', async () => {
    for (const path of ['/collections', '/style.json', '/tiles/attacks/5/15/14.mvt']) {
      const first = await get(path);
      // Without a Cache-Control of ours, fetch adds `no-cache`, which asks for the whole answer.
      const again = await get(path, { 'If-None-Match': first.headers.get('etag') ?? '', 'Cache-Control': 'max-age=0' });
      expect(again.status, path).to.equal(304);
    }
  });

  it('describes each collection with what a client needs to show it', async () => {
    const { collections } = await json<{ collections: Collection[] }>(get('/collections'));
    for (const collection of collections) {
      expect(collection.azalai.legend, collection.id).to.be.an('array').with.length.above(0);
      expect(collection.azalai.title).to.have.keys('en', 'fr');
      expect(collection.extent.spatial.bbox[0], collection.id).to.have.lengthOf(4);
      expect(collection.azalai.count).to.be.above(0);
      expect(await (await get(`/collections/${collection.id}`)).json()).to.deep.equal(collection);
    }
  });
});
