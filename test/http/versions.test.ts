import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { LayerSchema } from '../../server/core/layer.ts';
import { publish } from '../../server/jobs/publish.ts';
import { lockLayer } from '../../server/query/versions.ts';
import { json } from '../support/json.ts';
import { EVENTS, eventRecord } from '../support/layers.ts';
import { served } from '../support/served.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';

interface Versions {
  versions: {
    generation: number;
    count: number;
    origin: string;
    restored: number | null;
    isServed: boolean;
    isKept: boolean;
  }[];
}
interface Restoration {
  id: string;
  collection: string;
  version: number;
  state: 'restoring' | 'restored' | 'failed';
  progress: object | null;
  error: { code: string; detail: string } | null;
  restored: { generation: number; count: number } | null;
}
interface Diff {
  added: number;
  changed: number;
  removed: number;
  same: number;
  isDefinitionChanged: boolean;
  records: { recordId: string; change: string; item: number; fields: string[]; position: [number, number] }[];
}

describe('versions of a collection', () => {
  let server: TestServer;
  const [first, second] = [1_000_000, 1_000_001];
  const layer = LayerSchema.parse(EVENTS);
  const renamed = LayerSchema.parse({ ...EVENTS, title: { en: 'Other events', fr: 'Autres' } });

  before(async () => {
    server = await startServer();
    const old = [
      eventRecord(1, -4, 14),
      eventRecord(2, -3, 14),
      eventRecord(3, -2, 14, { source: 'upload 0123abcd', locator: 'record 3' }),
      eventRecord(4, -1, 14),
      eventRecord(5, 0, 14),
    ];
    const now = [
      eventRecord(1, -4, 14, { recorded_at: '2026-11-22' }),
      eventRecord(2, -3, 15, { killed: 3 }),
      eventRecord(3, -2, 14, { source: 'upload 99999999', locator: 'record 9' }),
      eventRecord(4, -1, 14, { handling: 'restricted' }),
      eventRecord(6, 1, 14),
    ];
    const seedHash = null;
    await server.database.transaction((run) => publish(run, layer, old, { generation: first, seedHash }));
    await server.database.transaction((run) => publish(run, renamed, now, { generation: second, seedHash }));
    await served(server, 'events', second);
  });
  after(() => server.close());

  const get = (address: string) => fetch(`${server.url}/collections/events/versions${address}`);

  it('are listed, the newest first', async () => {
    const { versions } = await json<Versions>(await get(''));
    expect(
      versions.map(({ generation, count, isServed, isKept }) => [generation, count, isServed, isKept]),
    ).to.deep.equal([
      [second, 4, true, true],
      [first, 5, false, true],
    ]);
    expect((await fetch(`${server.url}/collections/nothing/versions`)).status).to.equal(404);
  });

  it('say of records that are not for all neither that nor where they are', async () => {
    const far = [eventRecord(1, -4, 14), eventRecord(2, 8, 20, { handling: 'internal', valid_to: '2024-01-01' })];
    const hidden = LayerSchema.parse({ ...EVENTS, id: 'hidden_events' });
    await server.database.transaction((run) => publish(run, hidden, far, { generation: 9, seedHash: null }));
    await served(server, 'hidden_events', 9);
    const address = `${server.url}/collections/hidden_events`;
    const { extent, azalai } = await json<{ extent: unknown; azalai: { count: number } }>(await fetch(address));
    expect(azalai.count).to.equal(1);
    expect(JSON.stringify(extent)).to.include('[-4,14,-4,14]').and.not.include('2024');
    const { versions } = await json<Versions>(await fetch(`${address}/versions`));
    expect(versions[0]).to.include({ count: 1 });
  });

  it('differ in what a caller may see', async () => {
    const diff = await json<Diff>(await get(`/diff?from=${first}&to=${second}`));
    // Record 4 was public, and is withheld now: neither that nor where it is told.
    expect(diff).to.deep.include({ added: 1, changed: 1, removed: 1, same: 2, isDefinitionChanged: true });
    expect(diff.records).to.deep.equal([
      { recordId: 'events/2', change: 'changed', item: 2, fields: ['geometry', 'killed'], position: [-3, 15] },
      { recordId: 'events/5', change: 'removed', item: 5, fields: [], position: [0, 14] },
      { recordId: 'events/6', change: 'added', item: 6, fields: [], position: [1, 14] },
    ]);
    const page = await json<Diff>(await get(`/diff?from=${first}&limit=1&after-record=events/4`));
    expect(page.records.map(({ recordId }) => recordId)).to.deep.equal(['events/5']);
  });

  it('differ by pages that leave no record out, also where several have one id', async () => {
    const paged = LayerSchema.parse({ ...EVENTS, id: 'paged_events' });
    // Of "a" there are three, two of which are gone; the number of one that stays is that of one that was there.
    const old = [1, 2, 3].map((n) => eventRecord(n, -4, 14, { record_id: 'a' }));
    const now = [eventRecord(3, -3, 14, { record_id: 'a' }), eventRecord(7, -3, 14, { record_id: 'b' })];
    const seedHash = null;
    await server.database.transaction((run) => publish(run, paged, old, { generation: 8, seedHash }));
    await server.database.transaction((run) => publish(run, paged, now, { generation: 9, seedHash }));
    await served(server, 'paged_events', 9);
    type Page = Diff & { links: { rel: string; href: string }[] };
    const seen: (readonly [string, string, number])[] = [];
    let address: string | undefined = `${server.url}/collections/paged_events/versions/diff?from=8&limit=1`;
    for (let pages = 0; address !== undefined && pages < 10; pages += 1) {
      const { records, links }: Page = await json<Page>(await fetch(address));
      expect(records).to.have.length(1);
      seen.push(...records.map(({ recordId, change, item }) => [recordId, change, item] as const));
      address = links.find(({ rel }) => rel === 'next')?.href;
    }
    expect(seen).to.deep.equal([
      ['a', 'changed', 3],
      ['a', 'removed', 2],
      ['a', 'removed', 3],
      ['b', 'added', 7],
    ]);
  });

  it('are asked for by numbers that they have', async () => {
    expect((await get('/diff')).status).to.equal(400);
    expect((await get('/diff?from=x')).status).to.equal(400);
    const missing = await get('/diff?from=7');
    expect(missing.status).to.equal(404);
    expect((await json<{ detail: string }>(missing)).detail).to.include('no version 7');
  });

  it('are brought back by who administers the server', async () => {
    const post = (generation: number | string, token?: string) =>
      fetch(`${server.url}/collections/events/versions/${generation}/restore`, {
        method: 'POST',
        ...(token ? { headers: { Authorization: `Bearer ${token}` } } : {}),
      });
    const refused = await post(first);
    expect(refused.status).to.equal(401);
    expect(refused.headers.get('www-authenticate')).to.match(/^Bearer/);
    expect((await post(7, TEST_TOKEN)).status).to.equal(404);
    let answer: Response | undefined;
    let told: Restoration | undefined;
    const follow = async () => {
      const headers = { Authorization: `Bearer ${TEST_TOKEN}` };
      answer = await fetch(`${server.url}/collections/events/restorations/${told?.id}`, { headers });
      told = await json<Restoration>(answer);
      return told;
    };
    await server.database.transaction(async (hold) => {
      // Somebody else publishes to the layer: this one waits.
      await hold(lockLayer('events'));
      const begun = await post(first, TEST_TOKEN);
      expect(begun.status).to.equal(202);
      told = await json<Restoration>(begun);
      expect(told).to.include({ collection: 'events', version: first, state: 'restoring', restored: null });
      expect(begun.headers.get('location')).to.equal(`/collections/events/restorations/${told.id}`);
      expect(await follow()).to.include({ state: 'restoring' });
      expect(answer?.headers.get('retry-after')).to.equal('1');
    });
    while ((await follow()).state === 'restoring') await pause(20);
    expect(told).to.deep.include({ state: 'restored', error: null, progress: null });
    expect(answer?.headers.has('retry-after')).to.equal(false);
    const { generation, count } = told?.restored ?? { generation: 0, count: 0 };
    expect(count).to.equal(5);
    expect(generation).to.be.above(second);
    await served(server, 'events', generation);
    const collection = await json<{ title: string; azalai: { generation: number; count: number } }>(
      await fetch(`${server.url}/collections/events`),
    );
    expect(collection).to.include({ title: 'Events' });
    expect(collection.azalai.generation).to.equal(generation);
    expect(collection.azalai.count).to.equal(5);
    const diff = await json<Diff>(await get(`/diff?from=${first}`));
    expect(diff).to.deep.include({ added: 0, changed: 0, removed: 0, same: 5, isDefinitionChanged: false });
    const { versions } = await json<Versions>(await get(''));
    expect(versions[0]).to.include({ generation, origin: 'restore', restored: first, isServed: true });
  });

  it('are not told of to whoever has no token, nor by an id of nothing', async () => {
    const address = `${server.url}/collections/events/restorations/00000000-0000-4000-8000-000000000000`;
    expect((await fetch(address)).status).to.equal(401);
    const headers = { Authorization: `Bearer ${TEST_TOKEN}` };
    for (const wrong of [address, `${server.url}/collections/events/restorations/7`]) {
      const missing = await fetch(wrong, { headers });
      expect(missing.status).to.equal(404);
      expect((await json<{ detail: string }>(missing)).detail).to.include('was brought back under the id');
    }
  });
});
