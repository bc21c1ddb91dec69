import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { hexLayerName } from '../../server/core/layer.ts';
import { flatgeobuf } from '../../server/ingest/flatgeobuf.ts';
import { publish } from '../../server/jobs/publish.ts';
import { EVENTS_LAYER, eventRecord } from '../support/layers.ts';
import { inMemory, readAll } from '../support/readings.ts';
import { served } from '../support/served.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';
import { decodeTile } from '../support/vector-tile.ts';

/** Records 1 and 2 are for all, 3 is internal, 4 restricted; all in one tile, each in a place and month of its own. */
const recordsOf = (killed: number, recorded: string) =>
  (['public', 'public', 'internal', 'restricted'] as const).map((handling, index) =>
    eventRecord(index + 1, -4 + index * 0.5, 14, {
      handling,
      killed,
      valid_from: `2022-0${index + 1}-10`,
      valid_to: `2022-0${index + 1}-11`,
      recorded_at: recorded,
    }),
  );
const PUBLIC = [1, 2];
const ALL = [1, 2, 3, 4];

describe('what a caller may see', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
    const { run, transaction } = server.database;
    for (const [generation, published] of [
      [1, '2026-01-10'],
      [2, '2026-03-10'],
    ] as const) {
      const records = recordsOf(generation, generation === 1 ? '2026-01-02' : '2026-03-02');
      await transaction((inside) => publish(inside, EVENTS_LAYER, records, { generation, seedHash: null }));
      const text = "UPDATE azalai.version SET published_at = $1 WHERE layer = 'events' AND generation = $2";
      await run({ text, values: [published, generation] });
    }
    await served(server, 'events', 2);
  });
  after(() => server.close());

  const ask = (path: string, authorization?: string) =>
    fetch(`${server.url}${path}`, { headers: authorization === undefined ? {} : { authorization } });
  const TOKEN = `Bearer ${TEST_TOKEN}`;

  const idsOf = (features: readonly { id?: unknown }[]) => features.map(({ id }) => Number(id)).sort();
  const itemIds = async (response: Response) =>
    idsOf(((await response.json()) as { features: { id: number }[] }).features);
  const tileIds = async (response: Response) =>
    idsOf(decodeTile(new Uint8Array(await response.arrayBuffer())).events ?? []);
  const hexCount = async (response: Response) => {
    const hexes = decodeTile(new Uint8Array(await response.arrayBuffer()))[hexLayerName('events')] ?? [];
    return hexes.reduce((sum, { properties }) => sum + Number(properties.count), 0);
  };
  const total = async (response: Response) => ((await response.json()) as { total: number }).total;

  const lineIds = async (response: Response) =>
    idsOf(
      (await response.text())
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line.replace('\u001e', '')) as { id: number }),
    );
  const rowIds = async (response: Response) =>
    idsOf(
      (await response.text())
        .trimEnd()
        .split('\r\n')
        .slice(1)
        .map((row) => ({ id: row.split(',')[0] })),
    );
  const pageIds = async (response: Response) =>
    idsOf([...(await response.text()).matchAll(/items\/(\d+)\?f=html/g)].map(([, id]) => ({ id })));
  const flatIds = async (response: Response) => {
    const { features } = await readAll(flatgeobuf, inMemory(Buffer.from(await response.arrayBuffer()), 'x.fgb'));
    return idsOf(features.map(({ properties }) => ({ id: properties.fid })));
  };
  const diffIds = async (response: Response) => {
    const { changed, records } = (await response.json()) as { changed: number; records: { item: number }[] };
    expect(records).to.have.length(changed);
    return idsOf(records.map(({ item }) => ({ id: item })));
  };

  /** Every door to records, and what to read from its answer. */
  const DOORS: readonly [string, (response: Response) => Promise<unknown>, unknown, unknown][] = [
    ['/collections/events/items', itemIds, PUBLIC, ALL],
    ['/collections/events/items?datetime=2022-03-01/2022-12-31', itemIds, [], [3, 4]],
    [`/collections/events/items?filter=${encodeURIComponent("handling = 'restricted'")}`, itemIds, [], [4]],
    ['/tiles/events/6/31/29.mvt', tileIds, PUBLIC, ALL],
    ['/tiles/events/6/31/29.mvt?datetime=2022-03-01/2022-12-31', tileIds, [], [3, 4]],
    ['/hexes/events/6/31/29.mvt', hexCount, 2, 4],
    ['/hexes/events?res=4', total, 2, 4],
    ['/collections/events/items?f=html', pageIds, PUBLIC, ALL],
    ['/collections/events/items?f=csv', rowIds, PUBLIC, ALL],
    ['/collections/events/items?f=geojsonseq', lineIds, PUBLIC, ALL],
    ['/collections/events/items?f=fgb', flatIds, PUBLIC, ALL],
    ['/collections/events/items?known_at=2026-02-01T00:00:00Z', itemIds, PUBLIC, ALL],
    ['/tiles/events/6/31/29.mvt?known_at=2026-02-01T00:00:00Z', tileIds, PUBLIC, ALL],
    ['/tiles/events/6/31/29.mvt?known_at=2026-04-01T00:00:00Z', tileIds, PUBLIC, ALL],
    ['/hexes/events?res=4&known_at=2026-02-01T00:00:00Z', total, 2, 4],
    ['/collections/events/export', itemIds, PUBLIC, ALL],
    ['/collections/events/export?f=ndjson', lineIds, PUBLIC, ALL],
    ['/collections/events/export?f=csv', rowIds, PUBLIC, ALL],
    ['/collections/events/export?f=fgb', flatIds, PUBLIC, ALL],
    ['/collections/events/export?f=csv&known_at=2026-02-01T00:00:00Z', rowIds, PUBLIC, ALL],
    ['/collections/events/versions/diff?from=1&to=2', diffIds, PUBLIC, ALL],
    ['/collections/events/tiles/WebMercatorQuad/6/29/31', tileIds, PUBLIC, ALL],
  ];
  for (const [path, read, forAll, forToken] of DOORS) {
    it(`${path}: public records without the token, all with it, in any order`, async () => {
      for (const _ of [1, 2]) {
        const [open, closed] = [await ask(path), await ask(path, TOKEN)];
        for (const { headers } of [open, closed]) expect(headers.get('vary')).to.include('Authorization');
        expect(open.headers.get('etag'), 'the ETag').to.not.equal(closed.headers.get('etag'));
        expect(closed.headers.get('cache-control')).to.match(/^private/);
        expect(open.headers.get('cache-control')).to.not.match(/private/);
        expect(await read(open)).to.deep.equal(forAll);
        expect(await read(closed)).to.deep.equal(forToken);
      }
    });
  }

  it('the count of a page is that of the records that its caller may see', async () => {
    const matched = async (authorization?: string) =>
      ((await (await ask('/collections/events/items?limit=1', authorization)).json()) as { numberMatched: number })
        .numberMatched;
    expect([await matched(), await matched(TOKEN)]).to.deep.equal([2, 4]);
  });

  it('a record that is not for all is not found by its number without the token', async () => {
    for (const id of [3, 4]) {
      expect((await ask(`/collections/events/items/${id}`)).status).to.equal(404);
      expect((await ask(`/collections/events/items/${id}`, TOKEN)).status).to.equal(200);
    }
  });

  it('the series has the months of public records only, and all with the token', async () => {
    const bytes = async (authorization?: string) =>
      (await (await ask('/hexes/events/series?res=3', authorization)).arrayBuffer()).byteLength;
    expect(await bytes(TOKEN)).to.be.above(await bytes());
    expect((await ask('/hexes/events/series?res=3', TOKEN)).headers.get('cache-control')).to.match(/^private/);
  });

  it('an archive has public records only, whoever asks', async () => {
    const [open, closed] = [await ask('/tiles/events.pmtiles'), await ask('/tiles/events.pmtiles', TOKEN)];
    expect(Buffer.from(await closed.arrayBuffer())).to.deep.equal(Buffer.from(await open.arrayBuffer()));
  });

  it('where and when a layer lies is said of public records only', async () => {
    const { extent } = (await (await ask('/collections/events')).json()) as {
      extent: { spatial: { bbox: number[][] } };
    };
    expect(extent.spatial.bbox).to.deep.equal([[-4, 14, -3.5, 14]]);
  });

  it('a token that is not this one is refused, not taken for none', async () => {
    for (const [path] of DOORS) {
      const response = await ask(path, 'Bearer wrong');
      expect(response.status, path).to.equal(401);
      expect(response.headers.get('www-authenticate')).to.include('invalid_token');
    }
  });

  it('what a proxy asks its callers for is not taken for a token', async () => {
    const response = await ask('/collections/events/items', `Basic ${btoa('a:b')}`);
    expect(response.status).to.equal(200);
    expect(await itemIds(response)).to.deep.equal(PUBLIC);
  });
});
