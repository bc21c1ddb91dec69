import { connect } from 'node:net';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { type Link, linkOf } from '../support/features.ts';
import { startServer, type TestServer } from '../support/server.ts';

const TILE = '/tiles/mines/0/0/0.mvt';
const ACCEPT = 'Accept: application/json';

describe('targets and hosts of requests', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  /** A request as it is written: `fetch` would write none of these. */
  async function ask(line: string, ...headers: readonly string[]) {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write(`${[`${line} HTTP/1.1`, ...headers, ACCEPT, 'Connection: close'].join('\r\n')}\r\n\r\n`);
    let text = '';
    for await (const piece of socket.setEncoding('latin1')) text += piece;
    const [head = '', body = ''] = text.split(/\r\n\r\n(.*)/s);
    return { status: Number(head.split(' ')[1]), head, body: body.replace(/^[\da-f]+\r\n(.*)\r\n0\r\n\r\n$/is, '$1') };
  }
  const linksOf = (body: string) => JSON.parse(body) as { links: Link[] };

  it('reads a target with the server in it, and builds links on that server', async () => {
    for (const [path, rel, href] of [
      ['/collections', 'self', 'http://map.example.org:8080/collections'],
      ['', 'data', 'http://map.example.org:8080/collections'],
      ['?f=json', 'data', 'http://map.example.org:8080/collections'],
      ['/collections/mines/items?limit=1', 'self', 'http://map.example.org:8080/collections/mines/items?limit=1'],
      ['/collections/mines/items/1', 'collection', 'http://map.example.org:8080/collections/mines'],
    ] as const) {
      const { status, body } = await ask(`GET http://map.example.org:8080${path}`, 'Host: other.example.org');
      expect(status, body).to.equal(200);
      expect(linkOf(linksOf(body), rel)?.href, path).to.equal(href);
    }
    const { status, head } = await ask(`GET http://map.example.org${TILE}`, 'Host: map.example.org');
    expect(status).to.equal(200);
    expect(head, 'by the door ahead of Express').to.not.match(/content-security-policy/i);
  });

  it('refuses a target whose server is none', async () => {
    for (const host of ['a|b', 'map.example.org:99999', 'me@map.example.org']) {
      const { status, body } = await ask(`GET http://${host}/collections`, 'Host: map.example.org');
      expect(status, `${host}: ${body}`).to.equal(400);
    }
  });

  const WRONG = [
    '',
    'a b',
    'a/b',
    'a?b',
    '<b>',
    '[::1',
    ':80',
    'a:b',
    'a:99999',
    '1.2.3.999',
    'a,b',
    'a"b',
    'a\\b',
    'é',
  ];
  for (const address of ['/collections', '/collections/mines/items', '/tiles/mines.json', '/nothing', TILE]) {
    it(`refuses what is no host, for ${address}`, async () => {
      for (const host of WRONG) {
        const { status, head, body } = await ask(`GET ${address}`, `Host: ${host}`);
        expect(status, `"${host}": ${body}`).to.equal(400);
        if (host === '') continue;
        expect(head).to.match(/content-type: application\/problem\+json/i);
        expect(JSON.parse(body)).to.include({ type: '/problems#invalid-host', instance: address });
      }
    });
  }

  it('takes whatever is one', async () => {
    for (const host of [
      'localhost',
      'my_host:80',
      'MAP.example.org.',
      '127.0.0.1:1',
      '[::1]:8080',
      'xn--bcher-kva.ch',
    ]) {
      const { status, body } = await ask('GET /collections', `Host: ${host}`);
      expect(status, `${host}: ${body}`).to.equal(200);
      expect((await ask(`GET ${TILE}`, `Host: ${host}`)).status).to.equal(200);
    }
  });

  it('answers for the server as a whole without falling over', async () => {
    const { status } = await ask('OPTIONS *', 'Host: map.example.org');
    expect(status).to.be.within(200, 404);
  });
});
