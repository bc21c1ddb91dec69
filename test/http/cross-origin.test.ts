import { get as httpGet } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { createApp } from '../../server/http/app.ts';
import { tileAnswers } from '../../server/http/hot/answers.ts';
import { routeTable } from '../../server/http/route-table.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';
import { TOYS } from '../support/toy-processes.ts';

const ORIGIN = 'https://analyst.example.org';
const TOKEN = { Authorization: `Bearer ${TEST_TOKEN}` };

/** One of each kind of answer: metadata, records, both doors of tiles, files, pages, problems. */
const READABLE = [
  '/',
  '/conformance',
  '/api',
  '/collections',
  '/collections/attacks/items?limit=1',
  '/collections/attacks/tiles/WebMercatorQuad/5/14/15',
  '/tiles/attacks/5/15/14.mvt',
  '/tiles/attacks/05/15/14.mvt',
  '/hexes/attacks/4/7/7.mvt',
  '/tiles/attacks.json',
  '/style.json',
  '/collections/attacks.qlr',
  '/collections/nowhere',
  '/tiles/nowhere/0/0/0.mvt',
  '/processes/tally',
  '/jobs/nothing',
  '/nothing/here',
];

/** What clients look up again and again. */
const METADATA = [
  '/processes',
  '/processes?f=html',
  '/processes/tally',
  '/',
  '/?f=html',
  '/conformance',
  '/api',
  '/collections',
  '/collections/attacks',
  '/collections/attacks?f=html',
  '/collections/attacks/tiles',
  '/collections/attacks/tiles/WebMercatorQuad',
  '/tileMatrixSets',
  '/tileMatrixSets/WebMercatorQuad',
  '/tiles/attacks.json',
  '/style.json',
  '/collections/attacks.qlr',
  '/qgis-connections.xml',
  '/qgis-vector-tiles.xml',
  '/pages.css',
];

/** The bytes as they are sent; fetch unpacks them. */
function rawBytes(url: string, headers: Record<string, string>) {
  return new Promise<{ encoding: string | undefined; bytes: Buffer }>((resolve, reject) => {
    httpGet(url, { headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ encoding: response.headers['content-encoding'], bytes: Buffer.concat(chunks) }),
      );
    }).on('error', reject);
  });
}

describe('other origins, methods, and what is sent again', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer(({ analysis }) => ({ analysis: { ...analysis, processes: TOYS } }));
  });
  after(() => server.close());

  const send = (method: string, address: string, headers: Record<string, string> = {}) =>
    fetch(server.url + address, { method, headers });

  describe('pages of other origins', () => {
    for (const address of READABLE) {
      it(`may read ${address}`, async () => {
        const response = await send('GET', address, { Origin: ORIGIN });
        expect(response.headers.get('access-control-allow-origin')).to.equal('*');
        expect(response.headers.get('access-control-expose-headers')).to.equal('*');
        expect(response.headers.has('access-control-allow-credentials')).to.equal(false);
      });
    }

    it('may send a token with it, and no cookies', async () => {
      for (const address of ['/collections/attacks/items', '/tiles/attacks/5/15/14.mvt']) {
        const preflight = await send('OPTIONS', address, {
          Origin: ORIGIN,
          'Access-Control-Request-Method': 'GET',
          'Access-Control-Request-Headers': 'authorization,if-none-match',
        });
        expect(preflight.status).to.equal(204);
        expect(preflight.headers.get('access-control-allow-origin')).to.equal('*');
        expect(preflight.headers.get('access-control-allow-methods')).to.equal('GET, HEAD, OPTIONS');
        const allowed = preflight.headers.get('access-control-allow-headers')?.toLowerCase().split(', ');
        expect(allowed).to.include.members(['authorization', 'if-none-match', 'range']);
        expect(preflight.headers.has('access-control-allow-credentials')).to.equal(false);
        const answer = await send('GET', address, { Origin: ORIGIN, ...TOKEN });
        expect([answer.status, answer.headers.get('access-control-allow-origin')]).to.deep.equal([200, '*']);
      }
    });

    it('may learn why there is nothing', async () => {
      const headers = { Origin: ORIGIN, 'Access-Control-Request-Method': 'GET' };
      expect((await send('OPTIONS', '/collections/nowhere/items', headers)).status).to.equal(204);
    });

    it('may change nothing', async () => {
      const headers = { Origin: ORIGIN, 'Access-Control-Request-Method': 'POST' };
      const restore = '/collections/attacks/versions/1/restore';
      const preflight = await send('OPTIONS', restore, headers);
      expect(preflight.headers.has('access-control-allow-origin')).to.equal(false);
      const changed = await send('POST', restore, { Origin: ORIGIN, ...TOKEN });
      expect(changed.headers.has('access-control-allow-origin')).to.equal(false);
    });

    it('see no uploads, with a token neither, nor how the server is', async () => {
      for (const method of ['GET', 'POST']) {
        const headers = { Origin: ORIGIN, 'Access-Control-Request-Method': method };
        const preflight = await send('OPTIONS', '/uploads', headers);
        expect(preflight.headers.has('access-control-allow-origin'), method).to.equal(false);
      }
      for (const address of ['/uploads', '/metrics']) {
        const answer = await send('GET', address, { Origin: ORIGIN, ...TOKEN });
        expect([answer.status, answer.headers.has('access-control-allow-origin')], address).to.deep.equal([200, false]);
      }
    });
  });

  describe('OPTIONS', () => {
    const allowOf = async (address: string) => {
      const response = await send('OPTIONS', address);
      return response.status === 204 ? response.headers.get('allow') : response.status;
    };

    it('says what each resource takes', async () => {
      for (const [address, allow] of [
        ['/', 'GET, HEAD, OPTIONS'],
        ['/collections', 'GET, HEAD, OPTIONS'],
        ['/collections/attacks/items', 'GET, HEAD, OPTIONS, POST'],
        ['/collections/attacks/items/1', 'GET, HEAD, OPTIONS, PUT, PATCH, DELETE'],
        ['/collections/attacks/items/1/history', 'GET, HEAD, OPTIONS'],
        ['/tiles/attacks,mines/5/15/14.mvt', 'GET, HEAD, OPTIONS'],
        ['/collections/attacks/versions/1/restore', 'OPTIONS, POST'],
        ['/uploads', 'GET, HEAD, OPTIONS, POST'],
        ['/uploads/00000000-0000-4000-8000-000000000000/mapping', 'OPTIONS, PATCH'],
      ] as const) {
        expect(await allowOf(address), address).to.equal(allow);
      }
    });

    it('says 404 where there is nothing', async () => {
      for (const address of [
        '/nothing',
        '/collections/nowhere',
        '/collections/nowhere/items',
        '/collections/nowhere/versions/1/restore',
        '/collections/attacks/items/x',
        '/collections/attacks/items/999999',
        '/hexes/nowhere/0/0/0.mvt',
        '/tiles/nowhere/0/0/0.mvt',
      ]) {
        expect(await allowOf(address), address).to.equal(404);
      }
    });

    it('is answered for every route', async () => {
      const routes = routeTable(createApp(server.context, tileAnswers(server.context)));
      expect(routes.length).to.be.above(40);
      for (const { path, methods } of routes) {
        // The protocol of uploads in parts has an answer of its own.
        if (path.startsWith('/uploads/resumable')) continue;
        const named: Readonly<Record<string, string>> = { id: 'attacks', ids: 'attacks', processId: 'tally' };
        const address = path.replaceAll(/:(\w+)/g, (_, name) => named[name] ?? '1');
        expect((await allowOf(address))?.toString().split(', '), path).to.include.members([...methods]);
      }
    });

    it('names in a refusal what would be taken', async () => {
      for (const [method, address, allow] of [
        ['POST', '/collections', 'GET, HEAD, OPTIONS'],
        ['DELETE', '/collections/attacks/items', 'GET, HEAD, OPTIONS, POST'],
        ['PUT', '/tiles/attacks/0/0/0.mvt', 'GET, HEAD, OPTIONS'],
        ['GET', '/collections/attacks/versions/1/restore', 'OPTIONS, POST'],
      ] as const) {
        const response = await send(method, address);
        expect([response.status, response.headers.get('allow')], `${method} ${address}`).to.deep.equal([405, allow]);
      }
      expect((await send('POST', '/nothing')).status).to.equal(404);
    });
  });

  describe('what is sent again', () => {
    for (const address of METADATA) {
      it(`${address} is not, when it did not change`, async () => {
        const first = await send('GET', address);
        expect(first.status).to.equal(200);
        const tag = first.headers.get('etag') ?? '';
        expect(tag).to.match(/^(W\/)?"[^"]+"$/);
        const again = await send('GET', address, { 'If-None-Match': tag, 'Cache-Control': 'max-age=0' });
        expect([again.status, await again.text()]).to.deep.equal([304, '']);
        const other = await send('GET', address, { 'If-None-Match': '"another"', 'Cache-Control': 'max-age=0' });
        expect(other.status).to.equal(200);
      });
    }
  });

  describe('packing', () => {
    it('is Brotli where the client takes it, else gzip, else none', async () => {
      for (const address of ['/collections', '/api', '/collections/attacks?f=html', '/collections/attacks/items']) {
        const url = server.url + address;
        const plain = await rawBytes(url, { 'Accept-Encoding': 'identity' });
        const gzip = await rawBytes(url, { 'Accept-Encoding': 'gzip' });
        const brotli = await rawBytes(url, { 'Accept-Encoding': 'gzip, deflate, br' });
        expect([plain.encoding, gzip.encoding, brotli.encoding], address).to.deep.equal([undefined, 'gzip', 'br']);
        // A page of items says when it was made.
        const same = (bytes: Buffer) => bytes.toString().replaceAll(/"timeStamp":"[^"]*"/g, '');
        expect(same(gunzipSync(gzip.bytes)), address).to.equal(same(plain.bytes));
        expect(same(brotliDecompressSync(brotli.bytes)), address).to.equal(same(plain.bytes));
        expect(brotli.bytes.length, address).to.be.below(plain.bytes.length / 2);
      }
    });

    it('leaves tiles as they are', async () => {
      const url = `${server.url}/tiles/attacks/5/15/14.mvt`;
      expect((await rawBytes(url, { 'Accept-Encoding': 'gzip, deflate, br' })).encoding).to.equal('gzip');
    });
  });
});
