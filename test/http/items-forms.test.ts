import { request } from 'node:http';
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { type FeaturePage, fetchPage, linkOf } from '../support/features.ts';
import { json } from '../support/json.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';

describe('forms of items', () => {
  let server: TestServer;
  let items: string;
  before(async () => {
    server = await startServer();
    items = `${server.url}/collections/attacks/items`;
  });
  after(() => server.close());

  const get = (url: string, headers: Record<string, string> = {}) => fetch(url, { headers });

  for (const [f, type, looksLike] of [
    ['json', 'application/geo+json', /^\{"type":"FeatureCollection"/],
    ['geojson', 'application/geo+json', /^\{"type":"FeatureCollection"/],
    ['html', 'text/html', /^<!doctype html>/],
    ['csv', 'text/csv', /^fid,longitude,latitude,kind,/],
    ['geojsonseq', 'application/geo+json-seq', /^\p{Cc}\{"type":"Feature"/u],
    ['ndjson', 'application/x-ndjson', /^\{"type":"Feature"/],
    ['fgb', 'application/flatgeobuf', /^fgb/],
  ] as const) {
    it(`is ${type} for f=${f}, and for who accepts that`, async () => {
      const named = await get(`${items}?f=${f}&limit=3`, { Accept: 'image/png' });
      expect(named.headers.get('content-type')).to.satisfy((sent: string) => sent.startsWith(type));
      expect(await named.text()).to.match(looksLike);
      const accepted = await get(`${items}?limit=3`, { Accept: type });
      expect(accepted.headers.get('content-type')).to.satisfy((sent: string) => sent.startsWith(type));
      expect(accepted.headers.get('vary')).to.match(/Accept/);
    });
  }

  it('is GeoJSON for a program, a page for a browser, and 406 for what it cannot be', async () => {
    for (const accept of ['*/*', 'application/json', 'application/geo+json, application/json;q=0.9'])
      expect((await get(items, { Accept: accept })).headers.get('content-type'), accept).to.match(
        /^application\/geo\+json/,
      );
    expect((await get(items, { Accept: BROWSER })).headers.get('content-type')).to.match(/^text\/html/);
    const refused = await get(items, { Accept: 'image/png' });
    expect(refused.status).to.equal(406);
    expect((await json<{ detail: string }>(refused)).detail).to.match(/application\/geo\+json.*f=json/);
    expect((await get(`${items}?f=shp`)).status).to.equal(400);
  });

  it('pages in headers where the form has no place for it', async () => {
    const rows: string[] = [];
    let next: string | undefined = `${items}?f=csv&limit=10&properties=kind`;
    while (next) {
      const response = await get(next);
      const lines = (await response.text()).trim().split('\r\n');
      expect(lines[0]).to.equal('fid,longitude,latitude,kind');
      expect(Number(response.headers.get('ogc-numberreturned'))).to.equal(lines.length - 1);
      rows.push(...lines.slice(1));
      expect(response.headers.get('ogc-numbermatched')).to.equal(String((await fetchPage(items)).numberMatched));
      next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
    }
    const { features } = await fetchPage(`${items}?limit=1000`);
    expect(rows.map((row) => Number(row.split(',')[0]))).to.deep.equal(features.map(({ id }) => id));
  });

  it('holds the fields that are asked for', async () => {
    const { features } = await fetchPage(`${items}?limit=2&properties=place,kind`);
    for (const { properties } of features) expect(Object.keys(properties)).to.deep.equal(['kind', 'place']);
    const none = await fetchPage(`${items}?limit=2&properties=`);
    expect(none.features[0]?.properties).to.deep.equal({});
    const unknown = await get(`${items}?properties=kind,colour`);
    expect(unknown.status).to.equal(400);
    expect((await json<{ detail: string }>(unknown)).detail).to.match(/"colour".*It has kind, /);
  });

  it('follows the profile that it has, and no other', async () => {
    const page = await fetchPage(`${items}?limit=1&profile=jsonfg,rfc7946`);
    expect(linkOf(page, 'profile')?.href).to.equal('http://www.opengis.net/def/profile/OGC/0/rfc7946');
    expect((await get(`${items}?profile=jsonfg`)).status).to.equal(400);
  });

  describe('as a page', () => {
    const page = async (url: string) => (await get(url, { Accept: BROWSER })).text();

    it('shows records with links to them, to other forms and to the next page', async () => {
      const html = await page(`${items}?limit=5`);
      expect(html.match(/\/collections\/attacks\/items\/\d+\?f=html/g)).to.have.lengthOf(5);
      expect(html).to.match(/<a rel="next" href="[^"]*cursor=/);
      expect(html).to.match(/f=csv/);
      expect(html).to.include('<svg class="map"');
      expect(await page(`${items}/1`)).to.match(/<dt>Record<\/dt>/);
      expect(await page(`${items}/1?lang=fr`)).to.match(/<html lang="fr">[\s\S]*<dt>Fiche<\/dt>/);
    });

    it('escapes what records say', async () => {
      const table = await server.database.tableOf('attacks');
      const text = `UPDATE ${table} SET place = '<script>alert(1)</script>"' WHERE fid = 1`;
      await server.database.run({ text, values: [] });
      for (const url of [`${items}?limit=1000`, `${items}/1`]) {
        const html = await page(url);
        expect(html).to.include('&lt;script&gt;alert(1)');
        expect(html).to.not.include('<script>alert');
      }
    });

    it('shows collections', async () => {
      for (const url of [`${server.url}/collections`, `${server.url}/?f=html`]) {
        const all = await page(url);
        expect(all).to.match(/<svg class="map"[\s\S]*collections\/attacks\?f=html/);
        // The box that is drawn holds those of all collections.
        const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) =>
          Number(new RegExp(`<rect class="extent"[^>]* ${name}="([^"]+)"`).exec(all)?.[1]),
        ) as [number, number, number, number];
        for (const { id, bbox } of server.context.catalogue().layers) {
          if (!bbox) continue;
          const isInside = bbox.west >= x - 1e-3 && bbox.east <= x + width + 2e-3;
          const isBetween = -bbox.north >= y - 1e-3 && -bbox.south <= y + height + 2e-3;
          expect([isInside, isBetween], id).to.deep.equal([true, true]);
        }
      }
      const html = await page(`${server.url}/collections/attacks`);
      expect(html).to.match(/Documented attacks[\s\S]*<svg class="map"[\s\S]*Licence/);
      expect(await page(`${server.url}/collections/attacks?lang=fr`)).to.match(/Attaques documentées[\s\S]*Mention/);
    });
  });

  it('is packed quickly rather than tightly', async () => {
    const url = new URL(`${server.url}/collections/attacks_modelled/items?limit=1000`);
    const { BROTLI_PARAM_QUALITY } = constants;
    for (const [coding, unpack, packs] of [
      ['gzip', gunzipSync, [4, 6].map((level) => (body: Buffer) => gzipSync(body, { level }))],
      [
        'br',
        brotliDecompressSync,
        [3, 4].map(
          (quality) => (body: Buffer) => brotliCompressSync(body, { params: { [BROTLI_PARAM_QUALITY]: quality } }),
        ),
      ],
    ] as const) {
      // Not by `fetch`, which unpacks.
      const packed = await new Promise<Buffer>((resolve, reject) => {
        const asked = request(url, { headers: { 'Accept-Encoding': coding } }, async (response) => {
          expect(response.headers['content-encoding']).to.equal(coding);
          resolve(Buffer.concat(await response.toArray()));
        });
        asked.on('error', reject).end();
      });
      const body = unpack(packed);
      const [quick = 0, tight = 0] = packs.map((pack) => pack(body).length);
      const isNearer = Math.abs(packed.length - quick) < Math.abs(packed.length - tight);
      expect(isNearer, `${coding}: ${packed.length} bytes, of ${quick} or ${tight}`).to.equal(true);
    }
  });

  describe('asked for again', () => {
    it('is 304 while the version is the same, and one record as long as it is the same', async () => {
      for (const url of [`${items}?limit=3`, `${items}?limit=3&f=csv`, `${items}?f=html`, `${items}/2`]) {
        const first = await get(url);
        const tag = first.headers.get('etag') ?? '';
        expect(tag, url).to.match(url.endsWith('/2') ? /^"[\w-]{22}\.[\w-]{8}"$/ : /^W\/"/);
        expect((await get(url, { 'If-None-Match': tag, 'Cache-Control': 'max-age=0' })).status, url).to.equal(304);
        expect((await get(url, { 'If-None-Match': 'W/"other"', 'Cache-Control': 'max-age=0' })).status, url).to.equal(
          200,
        );
      }
    });

    it('has another tag for another address, form, caller or version', async () => {
      const tags = await Promise.all(
        [
          get(`${items}?limit=3`),
          get(`${items}?limit=4`),
          get(`${items}?limit=3`, { Accept: 'text/csv' }),
          get(`${items}?limit=3`, { Authorization: `Bearer ${TEST_TOKEN}` }),
        ].map(async (response) => (await response).headers.get('etag')),
      );
      expect(new Set(tags).size).to.equal(4);
    });

    it('has no tag when it is a problem', async () => {
      const response = await get(`${items}/999999`);
      expect([response.status, response.headers.get('etag')]).to.deep.equal([404, null]);
    });
  });

  it('shows more to who has the token, and lets nobody keep that', async () => {
    const table = await server.database.tableOf('hubs');
    await server.database.run({ text: `UPDATE ${table} SET handling = 'restricted' WHERE fid = 1`, values: [] });
    const url = `${server.url}/collections/hubs/items`;
    const token = { Authorization: `Bearer ${TEST_TOKEN}` };
    const ids = ({ features }: FeaturePage) => features.map(({ id }) => id);
    expect(ids(await fetchPage(url))).to.not.include(1);
    const seen = await get(url, token);
    expect(seen.headers.get('cache-control')).to.match(/private/);
    expect(seen.headers.get('vary')).to.match(/Authorization/);
    const page = await json<FeaturePage>(seen);
    expect(ids(page)).to.include(1);
    expect(page.numberMatched).to.equal(page.features.length);
    expect((await get(`${url}/1`)).status).to.equal(404);
    expect((await get(`${url}/1`, token)).status).to.equal(200);
    expect((await get(`${url}?handling=restricted`)).status).to.equal(200);
    expect(ids(await fetchPage(`${url}?handling=restricted`))).to.deep.equal([]);
  });
});
