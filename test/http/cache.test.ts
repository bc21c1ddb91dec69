import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { after, afterEach, before, describe, it } from 'mocha';
import { RequestAborted } from '../../server/core/errors.ts';
import type { TileSource } from '../../server/tiles/source.ts';
import { until } from '../support/process.ts';
import { startServer, type TestServer } from '../support/server.ts';

const TILE = '/tiles/mines,hubs/5/15/14.mvt';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Not `fetch`: that adds headers of its own, and unpacks what it gets. */
function get(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { headers, method }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    request.on('error', reject).end();
  });
}

/** Counts what is asked of the tile source of a server, which may be slowed until `release`. */
function counting() {
  const asked: (AbortSignal | undefined)[] = [];
  let held: Promise<void> = Promise.resolve();
  let release = () => {};
  const hold = () => {
    held = new Promise((resolve) => {
      release = resolve;
    });
  };
  const isOver = (signal: AbortSignal | undefined) =>
    new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(new RequestAborted('over'))));
  const wrap = (tiles: TileSource): TileSource => ({
    tile: async (layers, coord, filters, signal) => {
      asked.push(signal);
      await Promise.race([held, isOver(signal)]);
      return tiles.tile(layers, coord, filters, signal);
    },
    hexTile: (...parameters) => tiles.hexTile(...parameters),
  });
  return { asked, hold, wrap, release: () => release() };
}

describe('tiles from the cache', () => {
  let server: TestServer;
  let source: ReturnType<typeof counting>;
  let fresh = true;
  const generation = () =>
    `${server.context.catalogue().get('mines').generation}.${server.context.catalogue().get('hubs').generation}`;
  const tile = (query = '', headers: Record<string, string> = { 'Accept-Encoding': 'gzip' }, method = 'GET') =>
    get(`${server.url}${TILE}${query}`, headers, method);
  const publish = (id: string) =>
    server.database.run({ text: 'UPDATE azalai.layer SET generation = generation + 1 WHERE id = $1', values: [id] });

  before(async () => {
    source = counting();
    server = await startServer((context) => {
      const { isFresh, refresh } = context;
      return { tiles: source.wrap(context.tiles), isFresh: () => fresh && isFresh(), refresh };
    });
  });
  after(() => server.close());
  afterEach(() => {
    fresh = true;
    source.release();
    source.asked.splice(0);
  });

  it('asks the database once for a tile that is wanted twice, and sends the same bytes', async () => {
    const [first, second] = [await tile(), await tile()];
    expect(source.asked).to.have.lengthOf(1);
    expect(second.body).to.deep.equal(first.body);
    expect(second.headers['content-encoding']).to.equal('gzip');
    expect(second.headers.vary).to.equal('Accept-Encoding, Authorization');
    expect(Number(second.headers['content-length'])).to.equal(second.body.length);
  });

  it('unpacks for a client that does not take gzip, under an ETag of its own', async () => {
    const [packed, plain, refused] = [
      await tile(),
      await tile('', {}),
      await tile('', { 'Accept-Encoding': 'gzip;q=0' }),
    ];
    expect(plain.headers['content-encoding']).to.equal(undefined);
    expect(plain.body).to.deep.equal(gunzipSync(packed.body)).and.to.have.length.above(100);
    expect(refused.body).to.deep.equal(plain.body);
    expect(plain.headers.etag)
      .to.match(/^"[^"]+"$/)
      .and.not.equal(packed.headers.etag);
  });

  it('answers HEAD with the headers of GET and no body', async () => {
    const [body, head] = [await tile(), await tile('', { 'Accept-Encoding': 'gzip' }, 'HEAD')];
    expect(head.body).to.have.lengthOf(0);
    for (const name of ['etag', 'content-length', 'content-type', 'cache-control']) {
      expect(head.headers[name], name).to.equal(body.headers[name]);
    }
  });

  it('answers 304 without asking anyone, also for a tile that it has never made', async () => {
    const { headers } = await tile('?datetime=2020-01-01/2020-12-31');
    source.asked.splice(0);
    const elsewhere = `${server.url}${TILE.replace('5/15/14', '6/30/28')}?datetime=2020-01-01/2020-12-31`;
    for (const tag of [headers.etag as string, `W/${headers.etag}`, `"x", ${headers.etag}`, '*']) {
      const again = await get(elsewhere, { 'If-None-Match': tag });
      expect([again.status, again.body.length], tag).to.deep.equal([304, 0]);
      expect(again.headers['cache-control']).to.equal('public, max-age=60, must-revalidate');
    }
    expect(source.asked).to.have.lengthOf(0);
    expect((await get(elsewhere, { 'If-None-Match': '"other"' })).status).to.equal(200);
  });

  it('has another ETag for another filter, and the same for the same filter written differently', async () => {
    const tag = async (query: string) => (await tile(query)).headers.etag;
    const year = await tag('?datetime=2020-01-01/2020-12-31');
    for (const other of ['', '?datetime=2020-01-01/2021-12-31', '?datetime=2019-01-01/2020-12-31']) {
      expect(await tag(other), other).to.not.equal(year);
    }
    expect(await tag('?datetime=2020-01-01T00:00:00Z/2020-12-31')).to.equal(year);
    const filter = await tag(`?filter=${encodeURIComponent("precision_m > 5 AND confidence = 'documented'")}`);
    expect(filter)
      .to.not.equal(year)
      .and.not.equal(await tag(''));
    expect(
      await tag(`?filter-lang=cql2-text&filter=${encodeURIComponent("(precision_m>5) and confidence='documented'")}`),
    ).to.equal(filter);
  });

  it('may be kept for ever under its generation, shortly without, and not at all under another', async () => {
    const cacheControl = async (query: string) => (await tile(query)).headers['cache-control'];
    expect(await cacheControl(`?generation=${generation()}`)).to.equal('public, max-age=31536000, immutable');
    expect(await cacheControl('')).to.equal('public, max-age=60, must-revalidate');
    for (const other of ['0.0', '999999.1', '1', '1.1.1'])
      expect(await cacheControl(`?generation=${other}`)).to.equal('no-cache');
    expect(source.asked, 'the same tile under every address').to.have.lengthOf(0);
  });

  it('makes the tile of a new generation, and no longer knows the old', async () => {
    const old = { generation: generation(), tag: (await tile()).headers.etag };
    await tile();
    const before = server.context.cache.stats().entries;
    expect(before).to.be.above(1);
    await get(`${server.url}/tiles/camps/5/15/14.mvt`, { 'Accept-Encoding': 'gzip' });
    await publish('mines');
    await until('the catalogue is read', () => generation() !== old.generation);
    source.asked.splice(0);
    const now = await tile(`?generation=${old.generation}`);
    expect(now.headers.etag).to.not.equal(old.tag);
    expect(now.headers['cache-control']).to.equal('no-cache');
    expect(source.asked).to.have.lengthOf(1);
    // The tile of camps and the one just made.
    expect(server.context.cache.stats().entries).to.equal(2);
    expect((await tile('', { 'If-None-Match': old.tag as string })).status).to.equal(200);
  });

  it('shares one query among ten who ask at once', async () => {
    source.hold();
    const asked = Array.from({ length: 10 }, () => tile('?datetime=2015-01-01'));
    await until('all have asked', () => server.context.cache.stats().shared >= 9);
    source.release();
    expect((await Promise.all(asked)).map(({ status }) => status)).to.deep.equal(Array(10).fill(200));
    expect(source.asked).to.have.lengthOf(1);
  });

  it('goes on for those who stay, and aborts the query when all have hung up', async () => {
    source.hold();
    const url = `${server.url}${TILE}?datetime=2016-01-01`;
    const clients = Array.from({ length: 2 }, () => httpRequest(url).on('error', () => undefined));
    const { misses } = server.context.cache.stats();
    for (const client of clients) client.end();
    await until('both have asked', () => server.context.cache.stats().misses === misses + 2);
    clients[0]?.destroy();
    // Whoever comes now shares the query, so it has not been given up.
    const third = tile('?datetime=2016-01-01');
    await until('the third has asked', () => server.context.cache.stats().misses === misses + 3);
    expect([source.asked.length, source.asked[0]?.aborted]).to.deep.equal([1, false]);
    source.release();
    expect((await third).status).to.equal(200);

    source.hold();
    const alone = httpRequest(`${server.url}${TILE}?datetime=2017-01-01`).on('error', () => undefined);
    alone.end();
    await until('it has asked', () => source.asked.length === 2);
    alone.destroy();
    await until('the query is given up', () => source.asked[1]?.aborted === true);
  });

  it('trusts nothing in memory while it does not hear of changes', async () => {
    const old = generation();
    fresh = false;
    const { isFresh } = server.context;
    expect(isFresh()).to.equal(false);
    expect((await tile(`?generation=${old}`)).headers['cache-control']).to.equal('no-cache');
    expect((await tile('')).headers['cache-control']).to.equal('no-cache');
  });
});

describe('a server that has lost the connection on which it hears of changes', () => {
  it('reads the catalogue anew for those who ask, and answers 503 rather than from memory when it cannot', async () => {
    let isDown = false;
    let refreshed = 0;
    const server = await startServer((context) => ({
      isFresh: () => false,
      refresh: async () => {
        refreshed += 1;
        if (isDown) await context.run({ text: 'SELECT 1 FROM pg_terminate_backend(pg_backend_pid())', values: [] });
        return context.catalogue();
      },
    }));
    try {
      for (const address of [TILE, '/tiles/mines.json', '/collections', '/style.json']) {
        refreshed = 0;
        expect((await get(server.url + address)).status, address).to.equal(200);
        expect(refreshed, address).to.be.above(0);
      }
      isDown = true;
      for (const address of [TILE, '/tiles/mines.json']) {
        const { status, headers } = await get(server.url + address);
        expect([status, headers['retry-after']], address).to.deep.equal([503, '5']);
      }
      expect((await get(`${server.url}/healthz`)).status).to.equal(200);
    } finally {
      await server.close();
    }
  });
});

describe('a client that hangs up', () => {
  for (const address of ['/collections/mines/items', '/collections/mines/items/1', '/hexes/attacks?res=2']) {
    it(`ends the query of ${address}`, async () => {
      const signals: (AbortSignal | undefined)[] = [];
      const server = await startServer({
        run: (_query, signal) =>
          new Promise((_, reject) => {
            signals.push(signal);
            signal?.addEventListener('abort', () => reject(new RequestAborted('over')));
          }),
      });
      try {
        const client = httpRequest(server.url + address).on('error', () => undefined);
        client.end();
        await until('the query is under way', () => signals.length > 0);
        client.destroy();
        await until('the query is given up', () => signals.every((signal) => signal?.aborted));
      } finally {
        await server.close();
      }
    });
  }
});
