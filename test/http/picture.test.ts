import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { json } from '../support/json.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';

const BROWSER_ACCEPT = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

describe('the map as a picture', function suite() {
  this.timeout(60_000);
  let server: TestServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  const get = (path: string, headers: Record<string, string> = {}) => fetch(server.url + path, { headers });
  const text = async (path: string, headers: Record<string, string> = {}) => (await get(path, headers)).text();

  it('is drawn in the colours of the style, small enough for a thin link', async () => {
    const response = await get('/picture.svg?width=1000&height=720');
    expect(response.status).to.equal(200);
    expect(response.headers.get('content-type')).to.match(/^image\/svg\+xml/);
    const svg = await response.text();
    const { layers } = await json<{ layers: { paint: Record<string, string> }[] }>(await get('/style.json'));
    expect(svg).to.include(`fill="${layers[0]?.paint['background-color']}"`);
    expect(svg).to.include('>Bamako</text>').and.to.include('width="1000" height="720"');
    expect(gzipSync(svg).length).to.be.within(10_000, 60_000);
    const { layers: dark } = await json<{ layers: typeof layers }>(await get('/style.json?theme=dark'));
    expect(await text('/picture.svg?theme=dark')).to.include(`fill="${dark[0]?.paint['background-color']}"`);
    expect(await text('/picture.svg?lang=fr')).to.include('MAURITANIE');
  });

  it('draws and counts the layers, the days and the place that are asked for', async () => {
    const place = 'map=8/14.5/-4&layers=attacks_modelled&width=600&height=600';
    const counts = async (more: string) => {
      const page = await text(`/picture.html?${place}${more}`);
      return [...page.matchAll(/<th scope="row">([^<]+).*?<td class="number">([\d,]+)/g)].map(([, title, count]) => ({
        title,
        count: Number(count?.replaceAll(',', '')),
      }));
    };
    const [opening, year, all] = await Promise.all([
      counts(''),
      counts('&time=2022-01-01/2022-12-31'),
      counts('&time=../..'),
    ]);
    expect(opening).to.have.length(1);
    const [a, b, c] = [opening, year, all].map((rows) => rows[0]?.count ?? 0) as [number, number, number];
    expect(b).to.be.greaterThan(0);
    expect(a).to.be.at.least(b);
    expect(c).to.be.greaterThan(a);
    // As many as the cells of the same box and days: those that a corner of lies in the picture may lie outside with the rest.
    const cells = await json<{ cells: { count: number }[] }>(
      await get('/hexes/attacks_modelled?res=5&bbox=-4.82,13.7,-3.18,15.3&datetime=2022-01-01/2022-12-31'),
    );
    const counted = cells.cells.reduce((sum, { count }) => sum + count, 0);
    expect(b).to.be.within(counted * 0.7, counted * 1.4);
    expect(await text('/picture.svg?layers=&width=100&height=100')).not.to.include('<path');
    // A link outlives a layer.
    const [some, mines] = await Promise.all(
      ['nothing,mines', 'mines'].map((ids) => text(`/picture.svg?layers=${ids}`)),
    );
    expect(some).to.equal(mines);
  });

  it('need not be sent twice, and is kept by nobody for another caller', async () => {
    const first = await get('/picture.svg?width=200&height=200');
    const tag = first.headers.get('etag') ?? '';
    expect(tag).to.match(/^W\/"/);
    expect(first.headers.get('cache-control')).to.equal('no-cache');
    const again = await get('/picture.svg?width=200&height=200', { 'If-None-Match': tag });
    expect(again.status).to.equal(304);
    const full = await get('/picture.svg?width=200&height=200', {
      'If-None-Match': tag,
      Authorization: `Bearer ${TEST_TOKEN}`,
    });
    expect(full.status).to.equal(200);
    expect(full.headers.get('cache-control')).to.equal('private, no-cache');
    expect(full.headers.get('vary')).to.match(/Authorization/);
  });

  it('says what is wrong with what is asked', async () => {
    for (const [query, words] of [
      ['map=5/17', /zoom\/latitude\/longitude/],
      ['map=5/95/0', /zoom\/latitude\/longitude/],
      ['width=63', /64 to 2000/],
      ['height=2001', /64 to 2000/],
      ['time=soon', /is not a date/],
      ['style=loud', /is not a parameter/],
    ] as const) {
      const response = await get(`/picture.svg?${query}`);
      expect(response.status, query).to.equal(400);
      expect(await response.text(), query).to.match(words);
    }
  });

  it('comes with the page of the map, in the reader’s language, before its scripts', async () => {
    const page = await text('/', { Accept: BROWSER_ACCEPT, 'Accept-Language': 'fr-FR,fr;q=0.9' });
    expect(page).to.include('<html lang="fr">').and.to.include('Ce que montre');
    const [view, script] = [page.indexOf('id="first-view"'), page.search(/<script type="module" crossorigin/)];
    expect(view).to.be.greaterThan(0);
    expect(script, 'the scripts come after it').to.be.greaterThan(view);
    expect(page.slice(0, view)).not.to.match(/modulepreload/);
    expect(page).not.to.match(/ style="| on\w+="/);
    const english = await get('/', { Accept: BROWSER_ACCEPT, 'Accept-Language': 'de' });
    expect(english.headers.get('vary')).to.match(/Accept-Language/);
    expect(await english.text()).to.include('What the picture shows');
    expect(gzipSync(page).length).to.be.lessThan(60_000);
  });
});

describe('the page of the map where no picture can be drawn', () => {
  it('is the page as it was built', async () => {
    const fails = () => Promise.reject(new Error('no tiles'));
    const server = await startServer({ tiles: { tile: fails, hexTile: fails } });
    const page = await (await fetch(`${server.url}/`, { headers: { Accept: BROWSER_ACCEPT } })).text();
    expect(page).to.include('id="app"').and.not.to.include('first-view');
    await server.close();
  });
});

describe('the service worker', () => {
  it('is asked for anew each time, and undoes itself where it is switched off', async () => {
    const on = await startServer();
    const worker = await fetch(`${on.url}/sw.js`);
    expect(worker.headers.get('cache-control')).to.equal('no-cache');
    expect(worker.headers.get('content-type')).to.match(/^text\/javascript/);
    expect(await worker.text())
      .to.include('index.html')
      .and.to.include('respondWith');
    await on.close();
    const off = await startServer({ serviceWorker: 'off' });
    const undoing = await (await fetch(`${off.url}/sw.js`)).text();
    expect(undoing).to.include('unregister()').and.not.to.include('respondWith');
    await off.close();
  });
});
