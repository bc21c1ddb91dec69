import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { canonicalJson } from '../../server/core/canonical-json.ts';
import { sweepAnalysis } from '../../server/jobs/analysis/sweep.ts';
import { publish } from '../../server/jobs/publish.ts';
import { json } from '../support/json.ts';
import { EVENTS_LAYER, eventRecord } from '../support/layers.ts';
import { until } from '../support/process.ts';
import { served } from '../support/served.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';
import { TOYS } from '../support/toy-processes.ts';
import { decodeTile } from '../support/vector-tile.ts';

const TOKEN = { Authorization: `Bearer ${TEST_TOKEN}` };

interface Kept {
  readonly collection: string;
  readonly items: string;
  readonly tilejson: string;
  readonly expires: string;
}
interface Result {
  readonly numbers: { readonly events: number };
  readonly receipt: { readonly hash: string; readonly inputs: Readonly<Record<string, unknown>> };
  readonly kept?: readonly Kept[];
}
interface Items {
  readonly numberMatched: number;
  readonly features: readonly { readonly properties: Readonly<Record<string, unknown>> }[];
}

/** Two for anybody, one for those inside, one for few. */
const RECORDS = [
  eventRecord(1, 0, 16),
  eventRecord(2, 1, 17),
  eventRecord(3, 2, 18, { handling: 'internal' }),
  eventRecord(4, 3, 19, { handling: 'restricted' }),
];

/** Results that become collections. */
describe('Kept results over HTTP', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer(({ analysis }) => ({ analysis: { ...analysis, processes: TOYS } }));
    await server.database.transaction((run) => publish(run, EVENTS_LAYER, RECORDS, { generation: 1, seedHash: null }));
    await served(server, 'events', 1);
  });
  after(() => server.close());

  const post = (inputs: object, headers: Record<string, string> = TOKEN, more: object = {}) =>
    fetch(`${server.url}/processes/tally/execution`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify({ inputs, ...more }),
    });
  const ask = (...given: Parameters<typeof post>) => json<Result>(post(...given));
  const get = (address: string, headers: Record<string, string> = {}) =>
    fetch(address.startsWith('http') ? address : `${server.url}${address}`, { headers });
  const only = ({ kept }: Result): Kept => {
    expect(kept).to.have.length(1);
    return kept?.[0] as Kept;
  };

  it('take the token', async () => {
    const response = await post({ events: 'events', keep: true }, {});
    expect(response.status).to.equal(401);
    expect(response.headers.get('www-authenticate')).to.match(/^Bearer/);
    expect(((await response.json()) as { detail: string }).detail).to.match(/keep/);
    const layers = server.context.catalogue().layers.filter(({ expires }) => expires !== undefined);
    expect(layers).to.deep.equal([]);
  });

  it('are beside the result, which is the same as if it were not kept', async () => {
    const question = { events: 'events', shown: 2 };
    const plain = await (await post(question, {})).text();
    const { kept, ...result } = await ask({ ...question, keep: true, keep_days: 30, keep_handling: 'public' });
    expect(canonicalJson(result)).to.equal(plain);
    expect(kept).to.have.length(1);
    const { hash, ...receipt } = result.receipt;
    const text = canonicalJson({ ...result, receipt });
    expect(createHash('sha256').update(text).digest('hex')).to.equal(hash);
    const [{ collection, items, tilejson, expires }] = kept as [Kept];
    expect(collection).to.equal(`kept_${hash.slice(0, 8)}_shown`);
    expect([items, tilejson]).to.deep.equal([
      `${server.url}/collections/${collection}/items`,
      `${server.url}/tiles/${collection}.json`,
    ]);
    expect((Date.parse(expires) - Date.now()) / 86_400_000).to.be.within(29.9, 30.1);
    const described = await json<{ azalai: { expires: string } }>(get(`/collections/${collection}`));
    expect(described.azalai.expires).to.equal(expires);
  });

  it('are collections like others: items, filters, exports, schema, tiles, hexagons', async () => {
    const { collection, items, tilejson } = only(await ask({ events: 'events', keep: true, keep_handling: 'public' }));
    const page = await json<Items>(get(items));
    expect(page.numberMatched).to.equal(2);
    const shown = page.features.map(({ properties }) => properties);
    expect(shown[0]).to.include({ collection: 'events', item: 1, weight: 0.25, handling: 'public' });
    expect(shown[1]).to.include({ collection: 'events', item: 2, weight: 0.5 });
    const filtered = await json<Items>(get(`${items}?filter=${encodeURIComponent('weight > 0.3')}`));
    expect(filtered.features.map(({ properties }) => properties.item)).to.deep.equal([2]);
    expect((await json<Items>(get(`${items}?item=1`))).numberMatched).to.equal(1);
    for (const f of ['geojson', 'csv', 'fgb', 'gpkg', 'ndjson']) {
      const response = await get(`/collections/${collection}/export?f=${f}`);
      expect(response.status, f).to.equal(200);
      expect((await response.arrayBuffer()).byteLength, f).to.be.above(100);
    }
    for (const rest of ['/queryables', '/schema', '/versions', '/tiles', '.qlr', '?f=html', '/items?f=html']) {
      expect((await get(`/collections/${collection}${rest}`)).status, rest).to.equal(200);
    }
    const { tiles } = await json<{ tiles: string[] }>(get(tilejson));
    const at = (z: number, x: number, y: number) =>
      get((tiles[0] as string).replace('{z}', String(z)).replace('{x}', String(x)).replace('{y}', String(y)));
    const tile = await at(0, 0, 0);
    expect(tile.headers.get('cache-control')).to.match(/immutable/);
    const drawn = decodeTile(new Uint8Array(await tile.arrayBuffer()));
    expect(drawn[collection]?.map(({ id, properties }) => [id, properties.collection])).to.deep.equal([
      [1, 'events'],
      [2, 'events'],
    ]);
    const narrowed = await get(`/tiles/${collection}/0/0/0.mvt?filter=${encodeURIComponent('item = 2')}`);
    expect(decodeTile(new Uint8Array(await narrowed.arrayBuffer()))[collection]).to.have.length(1);
    const together = await get(`/tiles/${collection},events/0/0/0.mvt`);
    expect(decodeTile(new Uint8Array(await together.arrayBuffer()))).to.include.keys(collection, 'events');
    expect((await json<{ total: number }>(get(`/hexes/${collection}?res=3`))).total).to.equal(2);
    expect((await get(`/hexes/${collection}/3/4/3.mvt`)).status).to.equal(200);
    expect((await get(`/tiles/${collection}.pmtiles?maxzoom=2`)).status).to.equal(200);
  });

  it('are made of nothing that is held closer than they are', async () => {
    const counted = async (keep_handling: string) => {
      const result = await ask({ events: 'events', shown: 50, keep: true, keep_handling });
      const { items } = only(result);
      const [seen, all] = [await json<Items>(get(items)), await json<Items>(get(items, TOKEN))];
      return [result.numbers.events, seen.numberMatched, all.numberMatched];
    };
    expect(await counted('public')).to.deep.equal([2, 2, 2]);
    expect(await counted('internal')).to.deep.equal([3, 0, 3]);
    expect(await counted('restricted')).to.deep.equal([4, 0, 4]);
  });

  it('are found by no question that does not name them', async () => {
    const before = (await ask({}, {})).numbers.events;
    const { collection } = only(await ask({ events: 'events', shown: 1, keep: true, keep_handling: 'public' }));
    expect(server.context.catalogue().get(collection).role).to.equal('sites');
    expect((await ask({}, {})).numbers.events).to.equal(before);
    expect((await ask({ events: collection }, {})).numbers.events).to.equal(1);
  });

  it('come of jobs too', async () => {
    const order = { events: 'events', shown: 2, within_km: 7, keep: true };
    const response = await post(order, { ...TOKEN, Prefer: 'respond-async' }, { response: 'document' });
    expect(response.status).to.equal(201);
    const address = response.headers.get('location') as string;
    await until(
      'it is done',
      async () => (await json<{ status: string }>(get(address, TOKEN))).status === 'successful',
    );
    const { result } = await json<{ result: { value: Result } }>(get(`${address}/results`, TOKEN));
    const { collection } = only(result.value);
    expect(result.value.receipt.inputs).not.to.have.any.keys('keep', 'keep_days', 'keep_handling');
    expect((await json<Items>(get(`/collections/${collection}/items`, TOKEN))).numberMatched).to.equal(2);
  });

  it('are gone when their time is over', async () => {
    const { collection, items, tilejson } = only(
      await ask({ events: 'events', within_km: 3, keep: true, keep_days: 1 }),
    );
    await server.database.run({
      text: "UPDATE azalai.kept SET expires_at = now() - interval '1 second' WHERE layer = $1",
      values: [collection],
    });
    expect(await sweepAnalysis(server.database)).to.deep.equal([collection]);
    await until('the server has heard', async () => (await get(items)).status === 404);
    expect((await get(tilejson)).status).to.equal(404);
    expect((await get(`/collections/${collection}`)).status).to.equal(404);
  });

  it('have no layers where there is nothing to draw', async () => {
    const { kept } = await ask({ events: 'events', shown: 0, keep: true });
    expect(kept).to.deep.equal([]);
  });
});
