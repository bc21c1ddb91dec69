import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { Brief } from '../../server/core/brief.ts';
import { readCatalogue } from '../../server/db/catalogue.ts';
import { openViews } from '../../server/jobs/views/store-view.ts';
import { briefToCopy, COPIED_VIEWS, viewOf } from '../support/copied-brief.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';

const TOKEN = { authorization: `Bearer ${TEST_TOKEN}` };

/** The files that a copy holds, by their paths. */
const filesOf = (page: string) =>
  [...page.matchAll(/<script type="text\/plain" data-file="([^"]+)"/g)].map(([, name]) => name);

describe('copies in one file over HTTP', function suite() {
  this.timeout(60_000);
  let server: TestServer;
  let open: Brief;
  let closed: Brief;
  let viewId: string;

  before(async () => {
    server = await startServer();
    const { database } = server;
    const catalogue = await readCatalogue(database.run);
    open = await briefToCopy(database, catalogue);
    closed = await briefToCopy(database, catalogue, 'internal');
    const views = openViews({ keep: 10, maxBytes: 1_000_000 });
    viewId = (await views.store(database.run, viewOf(catalogue, COPIED_VIEWS[1]))).view.id;
  });
  after(() => server.close());

  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${server.url}${path}`, { headers });

  it('gives a brief with its map, and the same file the next time', async () => {
    const response = await get(`/briefs/${open.id}.html`);
    expect(response.status).to.equal(200);
    expect(response.headers.get('content-type')).to.equal('text/html; charset=utf-8');
    expect(response.headers.get('content-disposition')).to.equal('attachment; filename="les-couloirs-de-gao.html"');
    const page = await response.text();
    expect(page.length).to.be.within(3e6, 20e6);
    expect(page).to.contain('<html lang="fr">').and.contain('<title>Les couloirs de Gao</title>');
    expect(page).to.contain(`<meta name="azalai-opens" content="#lang=fr&amp;brief=${open.id}/1&amp;present" />`);
    const files = filesOf(page);
    expect(files).to.include.members([`briefs/${open.id}.json`, 'copy.json', 'tiles/records.pmtiles', 'sprite.png']);
    expect(files).to.include('series/attacks_modelled/4.azs').and.include('items/hubs/0.json');
    expect(files.join(), 'a layer that no view shows').to.not.contain('mines');

    const tag = response.headers.get('etag') ?? '';
    expect(
      (await get(`/briefs/${open.id}.html`, { 'if-none-match': tag, 'cache-control': 'max-age=0' })).status,
    ).to.equal(304);
    const part = await get(`/briefs/${open.id}.html`, { range: 'bytes=0-14' });
    expect([part.status, await part.text()]).to.deep.equal([206, '<!doctype html>']);
  });

  it('is another file once the brief says something else', async () => {
    const before = (await get(`/briefs/${open.id}.html`)).headers.get('etag');
    const views = open.views.slice(0, 1);
    const body = JSON.stringify({ title: 'Une seule vue', language: 'fr', handling: 'public', views });
    const headers = { ...TOKEN, 'content-type': 'application/json', 'if-match': '"1"' };
    expect((await fetch(`${server.url}/briefs/${open.id}`, { method: 'PUT', headers, body })).status).to.equal(200);
    const after = await get(`/briefs/${open.id}.html`);
    expect(after.headers.get('etag')).to.not.equal(before);
    expect(await after.text()).to.contain('<title>Une seule vue</title>');
  });

  it('gives an internal brief to the holder of the token only', async () => {
    expect((await get(`/briefs/${closed.id}.html`)).status).to.equal(404);
    const response = await get(`/briefs/${closed.id}.html`, TOKEN);
    expect(response.status).to.equal(200);
    expect(response.headers.get('cache-control')).to.equal('private, no-store');
    await response.body?.cancel();
  });

  it('gives a stored view, which opens as it was stored', async () => {
    const response = await get(`/views/${viewId}.html`);
    expect(response.status).to.equal(200);
    const opens = /<meta name="azalai-opens" content="([^"]*)"/.exec(await response.text())?.[1];
    expect(opens?.replaceAll('&amp;', '&')).to.equal(COPIED_VIEWS[1]);
  });

  it('says what is not there, and takes no parameters', async () => {
    expect((await get('/briefs/00000000-0000-4000-8000-000000000000.html')).status).to.equal(404);
    expect((await get('/views/AAAAAAAAAAAAAAAA.html')).status).to.equal(404);
    expect((await get(`/views/${viewId}.html?maxzoom=3`)).status).to.equal(400);
  });
});
