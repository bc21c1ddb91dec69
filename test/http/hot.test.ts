import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { pino } from 'pino';
import { createApp } from '../../server/http/app.ts';
import { parseUsualAddress } from '../../server/http/hot/address.ts';
import { tileAnswers } from '../../server/http/hot/answers.ts';
import { createHandler } from '../../server/http/hot/handler.ts';
import { startServer, type TestServer } from '../support/server.ts';

const filter = (text: string) => `filter=${encodeURIComponent(text)}`;

/** Well-formed addresses of tiles that are wrong all the same: the door ahead of Express reads them. */
const WRONG: readonly string[] = [
  '/tiles/nowhere/0/0/0.mvt',
  '/tiles/mines,nowhere/0/0/0.mvt',
  '/tiles/mines,mines/0/0/0.mvt',
  '/tiles/mines,/0/0/0.mvt',
  '/tiles/mines/0/1/0.mvt',
  '/tiles/mines/23/0/0.mvt',
  '/tiles/nowhere/23/0/0.mvt?x=1',
  '/tiles/mines/0/0/0.mvt?limit=1',
  '/tiles/mines/0/0/0.mvt?generation=x',
  '/tiles/mines/0/0/0.mvt?generation=1&generation=1',
  '/tiles/mines/0/0/0.mvt?datetime=yesterday',
  '/tiles/mines/0/0/0.mvt?datetime=2020-01-02/2020-01-01&filter-lang=sql',
  `/tiles/mines/0/0/0.mvt?${filter('nothing = 1')}`,
  `/tiles/mines/0/0/0.mvt?${filter('precision_m >')}`,
  '/tiles/mines/0/0/0.mvt?filter=%E0%A4%A',
  '/hexes/nowhere/0/0/0.mvt',
  '/hexes/control_areas/0/0/0.mvt',
  '/hexes/mines,hubs/0/0/0.mvt',
  '/hexes/mines/0/0/5.mvt',
  '/hexes/mines/0/0/0.mvt?res=3',
];

/** Other ways to write the address of the tile 5/15/14 of mines and hubs: Express reads them. */
const UNUSUAL: readonly string[] = [
  '/tiles/mines%2Chubs/5/15/14.mvt',
  '/tiles/mines,hubs/05/15/14.mvt',
  '/TILES/mines,hubs/5/15/14.mvt',
  '/tiles/mines,hubs/5/15/14.mvt/',
];

/** What must be the same by both doors; the date and the request's id are not. */
async function answerOf(url: string, address: string) {
  const response = await fetch(url + address, { headers: { 'X-Request-Id': 'the-same' } });
  const names = ['content-type', 'cache-control', 'etag', 'x-content-type-options', 'cross-origin-resource-policy'];
  const headers = Object.fromEntries([...names, 'x-request-id'].map((name) => [name, response.headers.get(name)]));
  const body = Buffer.from(await response.arrayBuffer()).toString('latin1');
  // Only Express has the policy for pages: by it one sees which door answered.
  return {
    byExpress: response.headers.has('content-security-policy'),
    same: { status: response.status, headers, body },
  };
}

describe('the door ahead of Express', () => {
  let server: TestServer;
  let express: Server;
  let expressUrl: string;
  before(async () => {
    server = await startServer();
    express = createServer(createApp(server.context, tileAnswers(server.context)));
    await new Promise<void>((resolve) => express.listen(0, '127.0.0.1', resolve));
    expressUrl = `http://127.0.0.1:${(express.address() as AddressInfo).port}`;
  });
  after(async () => {
    express.closeAllConnections();
    express.close();
    await server.close();
  });

  for (const address of [
    ...WRONG,
    '/tiles/mines,hubs/5/15/14.mvt',
    '/hexes/attacks/4/7/7.mvt?datetime=2020-01-01/..',
  ]) {
    it(`answers ${address} as Express would`, async () => {
      const [hot, plain] = [await answerOf(server.url, address), await answerOf(expressUrl, address)];
      expect([hot.byExpress, plain.byExpress]).to.deep.equal([false, true]);
      expect(hot.same).to.deep.equal(plain.same);
      expect(hot.same.status).to.equal(WRONG.includes(address) ? JSON.parse(hot.same.body).status : 200);
    });
  }

  it('leaves other ways to write an address to Express, which finds the same tile', async () => {
    const usual = await answerOf(server.url, '/tiles/mines,hubs/5/15/14.mvt');
    for (const address of UNUSUAL) {
      const { byExpress, same } = await answerOf(server.url, address);
      expect(byExpress, address).to.equal(true);
      expect(same, address).to.deep.equal(usual.same);
    }
  });

  it('leaves other methods to Express', async () => {
    const response = await fetch(`${server.url}/tiles/mines/0/0/0.mvt`, { method: 'POST' });
    expect([response.status, response.headers.get('allow')]).to.deep.equal([405, 'GET, HEAD, OPTIONS']);
  });

  it('says nothing of its inside when it fails', async () => {
    const broken = await startServer({
      tiles: {
        tile: () => Promise.reject(new Error('secret: relation "x" does not exist')),
        hexTile: () => Promise.reject(new Error('secret')),
      },
    });
    try {
      const response = await fetch(`${broken.url}/tiles/mines/0/0/0.mvt`);
      const text = await response.text();
      expect(response.status).to.equal(500);
      expect(text).to.not.match(/secret|relation/);
      expect(JSON.parse(text).requestId).to.equal(response.headers.get('x-request-id'));
    } finally {
      await broken.close();
    }
  });

  it('writes a line for each tile it makes, and for those from memory when asked for more', async () => {
    for (const level of ['info', 'debug']) {
      const lines: Record<string, unknown>[] = [];
      const log = pino({ level }, { write: (line: string) => lines.push(JSON.parse(line)) });
      const talking = createServer(createHandler({ ...server.context, log }));
      await new Promise<void>((resolve) => talking.listen(0, '127.0.0.1', resolve));
      const address = `http://127.0.0.1:${(talking.address() as AddressInfo).port}/tiles/camps/${level === 'info' ? 4 : 3}/7/7.mvt`;
      for (let k = 0; k < 2; k++) await (await fetch(`${address}?datetime=2020-01-01`)).arrayBuffer();
      talking.closeAllConnections();
      await new Promise((resolve) => talking.close(resolve));
      const requests = lines.filter(({ msg }) => msg === 'request');
      expect(requests.map(({ memory }) => memory)).to.deep.equal(level === 'info' ? [undefined] : [undefined, true]);
      expect(requests[0]).to.include({ method: 'GET', path: new URL(address).pathname, status: 200 });
      expect(JSON.stringify(requests), 'a query string may hold places').to.not.include('2020');
    }
  });
});

describe('parseUsualAddress', () => {
  it('reads what TileJSON and our client write', () => {
    const address = '/tiles/attacks_modelled,mines/12/2048/1900.mvt?generation=1.2';
    const read = { kind: 'tiles', ids: 'attacks_modelled,mines', z: '12', x: '2048', y: '1900', address };
    expect(parseUsualAddress(address)).to.deep.equal(read);
  });

  for (const address of [...UNUSUAL, '/tiles/mines.json', '/tiles/mines/0/0/0.mvtx', '/tiles/mines/0/0/0', '/', '*']) {
    it(`leaves ${address} to Express`, () => expect(parseUsualAddress(address)).to.equal(undefined));
  }
});
