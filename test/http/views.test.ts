import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { canonicalJson } from '../../server/core/canonical-json.ts';
import type { OpenedView, StoredView } from '../../server/core/view.ts';
import { publish } from '../../server/jobs/publish.ts';
import { openViews } from '../../server/jobs/views/store-view.ts';
import { json } from '../support/json.ts';
import { EVENTS_LAYER, eventRecord } from '../support/layers.ts';
import { served } from '../support/served.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';
import { decodeTile } from '../support/vector-tile.ts';

interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

const TOKEN = { Authorization: `Bearer ${TEST_TOKEN}` };
const ADDRESS = '#map=5.00/14.0000/-3.0000&layers=events&time=2022-01-01/2022-12-31';
const FIRST = 100;

describe('views that are stored', () => {
  let server: TestServer;
  const publishEvents = async (
    generation: number,
    records: ReturnType<typeof eventRecord>[],
    versionsKept?: number,
  ) => {
    const more = versionsKept === undefined ? {} : { versionsKept };
    await server.database.transaction((run) =>
      publish(run, EVENTS_LAYER, records, { generation, seedHash: null, ...more }),
    );
    await served(server, 'events', generation);
  };
  before(async () => {
    server = await startServer();
    await publishEvents(FIRST, [
      eventRecord(1, -4, 14),
      eventRecord(2, -3, 14),
      eventRecord(3, -2, 14, { handling: 'internal' }),
    ]);
  });
  after(() => server.close());

  const send = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/views`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const store = async (address: string, generation: number, more: Record<string, number> = {}) =>
    json<StoredView>(send({ address, layers: { events: generation, ...more } }));
  const open = async (id: string, headers: Record<string, string> = {}) =>
    json<OpenedView>(fetch(`${server.url}/views/${id}`, { headers }));

  it('are found again under the beginning of their hash, by anybody', async () => {
    const before = Date.now();
    const draft = { address: ADDRESS, layers: { events: FIRST } };
    const response = await send(draft);
    expect(response.status).to.equal(201);
    const stored = await json<StoredView>(response);
    const hash = createHash('sha256').update(canonicalJson(draft)).digest();
    expect(stored).to.deep.include({ ...draft, hash: hash.toString('hex') });
    expect(stored.id).to.equal(hash.toString('base64url').slice(0, 16));
    expect(response.headers.get('location')).to.equal(`/views/${stored.id}`);
    // The database has a clock of its own.
    expect(Date.parse(stored.storedAt)).to.be.within(before - 1000, Date.now() + 1000);
    expect(await open(stored.id)).to.deep.equal({ ...stored, changed: [] });
    expect(await open(stored.id, TOKEN)).to.deep.equal({ ...stored, changed: [] });
  });

  it('are one when they are stored twice, also by two at once', async () => {
    const first = await store(`${ADDRESS}&lang=fr`, FIRST);
    const again = await send({ layers: { events: FIRST }, address: `${ADDRESS}&lang=fr` });
    expect(again.status).to.equal(200);
    expect(again.headers.get('location')).to.equal(`/views/${first.id}`);
    expect(await json<StoredView>(again)).to.deep.equal(first);
    const draft = { address: `${ADDRESS}&lang=en`, layers: { events: FIRST } };
    const both = await Promise.all([send(draft), send(draft)]);
    expect(both.map(({ status }) => status).toSorted()).to.deep.equal([200, 201]);
    const [one, other] = await Promise.all(both.map((response) => json<StoredView>(response)));
    expect(one).to.deep.equal(other);
  });

  const REFUSED: readonly [string, unknown, string][] = [
    ['an address that is none', { address: 'https://elsewhere.example/#map', layers: {} }, '/address'],
    ['a longer address than 32 KB', { address: `#filter.events=${'é'.repeat(16_400)}`, layers: {} }, '/address'],
    ['an address that leads to a view', { address: '#map=1/1/1&view=abcdefghijklmnop', layers: {} }, '/address'],
    ['an address that leads to a brief', { address: '#brief=1', layers: {} }, '/address'],
    ['a NUL', { address: '#a\0', layers: {} }, '/address'],
    ['what is no generation', { address: '#', layers: { events: 0 } }, '/layers/events'],
    ['a version that never was', { address: '#', layers: { events: 99 } }, '/layers/events'],
    ['a layer that never was', { address: '#', layers: { unheard_of: 1 } }, '/layers/unheard_of'],
    ['what is not theirs', { address: '#', layers: {}, author: 'somebody' }, ''],
    ['no layers', { address: '#' }, '/layers'],
  ];
  for (const [what, body, pointer] of REFUSED) {
    it(`refuse ${what}, and say where`, async () => {
      const response = await send(body);
      expect(response.status).to.equal(400);
      const { errors } = await json<Problem>(response);
      expect(errors?.map((error) => error.pointer)).to.deep.equal([pointer]);
    });
  }

  it('refuse what is not JSON, what is not said to be, and a token that is not this server’s', async () => {
    expect((await send('{')).status).to.equal(400);
    expect((await send('{}', { 'Content-Type': 'text/plain' })).status).to.equal(415);
    expect((await send({ address: '#', layers: {} }, { Authorization: 'Bearer another' })).status).to.equal(401);
    expect((await send({ address: `#${'x'.repeat(1_000_001)}`, layers: {} })).status).to.equal(413);
  });

  it('are not found under another name', async () => {
    for (const id of ['AAAAAAAAAAAAAAAA', 'short', '%27%20OR%201', 'x'.repeat(300)]) {
      const response = await fetch(`${server.url}/views/${id}`);
      expect(response.status, id).to.equal(404);
      expect((await json<Problem>(response)).code).to.equal('ViewNotFound');
    }
  });

  it('say what has changed, as far as the caller may see it', async () => {
    const { id } = await store('#changed', FIRST);
    await publishEvents(FIRST + 1, [
      eventRecord(1, -4, 14, { killed: 9 }),
      eventRecord(3, -2, 14, { handling: 'internal', killed: 9 }),
      eventRecord(4, -1, 14),
      eventRecord(5, 0, 14, { handling: 'restricted' }),
    ]);
    const head = { collection: 'events', title: EVENTS_LAYER.title, from: FIRST, to: FIRST + 1, isKept: true };
    const [open1, closed] = [await open(id), await open(id, TOKEN)];
    expect(open1.changed).to.deep.equal([{ ...head, counts: { added: 1, changed: 1, removed: 1 } }]);
    expect(closed.changed).to.deep.equal([{ ...head, counts: { added: 2, changed: 2, removed: 1 } }]);
    // From memory the second time, and each caller has his own.
    expect((await open(id)).changed).to.deep.equal(open1.changed);
  });

  it('are shown with known_at as they were when they were stored, by every door', async () => {
    const layer = { ...EVENTS_LAYER, id: 'moments' };
    const moments = [
      // Recorded later than they are served: a clock that is ahead, or a file from further east.
      [eventRecord(1, -4, 14, { recorded_at: '2031-01-01' }), eventRecord(2, -3, 14)],
      [
        eventRecord(1, -4, 14, { recorded_at: '2031-01-01', killed: 7 }),
        eventRecord(3, -2, 14, { recorded_at: '2030-01-01' }),
      ],
      [eventRecord(3, -2.5, 14), eventRecord(4, -1, 14, { handling: 'internal', recorded_at: '2031-01-01' })],
    ];
    const doors = [
      '/collections/moments/items?f=ndjson',
      '/collections/moments/items?f=csv',
      '/collections/moments/export?f=geojsonseq',
      '/tiles/moments/6/31/29.mvt?',
      '/tiles/moments/12/2002/1887.mvt?',
      '/hexes/moments/3/3/3.mvt?',
      '/hexes/moments?res=4',
    ];
    const answer = async (path: string, headers: Record<string, string>) => {
      const response = await fetch(`${server.url}${path}`, { headers });
      expect(response.status, path).to.equal(200);
      const bytes = new Uint8Array(await response.arrayBuffer());
      // A file says as of when it is.
      return path.includes('.mvt')
        ? decodeTile(bytes)
        : new TextDecoder().decode(bytes).replace(/"known_at":"[^"]*",/, '');
    };
    const all = async (suffix: string) => ({
      open: await Promise.all(doors.map((path) => answer(`${path}${suffix}`, {}))),
      closed: await Promise.all(doors.map((path) => answer(`${path}${suffix}`, TOKEN))),
    });
    const stored: { at: string; answers: Awaited<ReturnType<typeof all>> }[] = [];
    for (const [index, records] of moments.entries()) {
      await server.database.transaction((run) =>
        publish(run, layer, records, { generation: index + 1, seedHash: null }),
      );
      await served(server, 'moments', index + 1);
      const view = await json<StoredView>(send({ address: '#moments', layers: { moments: index + 1 } }));
      stored.push({ at: view.storedAt, answers: await all('') });
    }
    expect(JSON.stringify(stored[1]?.answers.open)).to.include('"killed":7');
    for (const { at, answers } of stored) expect(await all(`&known_at=${at}`)).to.deep.equal(answers);
  });

  it('are dated before what their page had not heard of', async () => {
    const late = await store('#late', FIRST);
    const [{ published_at: published } = { published_at: '' }] = await server.database.run<{ published_at: string }>({
      text: "SELECT published_at::text FROM azalai.version WHERE layer = 'events' AND generation = $1",
      values: [FIRST + 1],
    });
    expect(Date.parse(late.storedAt)).to.be.below(Date.parse(published));
    const items = await json<{ features: { id: number }[] }>(
      fetch(`${server.url}/collections/events/items?known_at=${late.storedAt}`),
    );
    expect(items.features.map((feature) => feature.id)).to.deep.equal([1, 2]);
  });

  it('are older than a version whose publication began before them', async () => {
    let storedAt = '';
    await server.database.transaction(async (run) => {
      await run({ text: 'SELECT now()', values: [] });
      ({ storedAt } = await store('#meanwhile', FIRST + 1));
      await publish(run, { ...EVENTS_LAYER, id: 'meanwhile' }, [], { generation: 1, seedHash: null });
    });
    const rows = await server.database.run({
      text: "SELECT FROM azalai.version WHERE layer = 'meanwhile' AND published_at > $1::timestamptz",
      values: [storedAt],
    });
    expect(rows).to.have.length(1);
  });

  it('are dated anew when a version was published behind their back', async () => {
    const now = await store('#behind', FIRST + 1);
    // A publication says of itself when it was written, which is before anybody could see it.
    await publishEvents(FIRST + 2, [eventRecord(1, -4, 14)]);
    const text = 'UPDATE azalai.version SET published_at = $1::timestamptz WHERE layer = $2 AND generation = $3';
    await server.database.run({ text, values: [now.storedAt, 'events', FIRST + 2] });
    const { storedAt } = await open(now.id);
    expect(Date.parse(storedAt)).to.equal(Date.parse(now.storedAt) - 1);
  });

  it('refuse versions that were never in service together', async () => {
    const other = { ...EVENTS_LAYER, id: 'others' };
    const publishOthers = (generation: number) =>
      server.database.transaction((run) => publish(run, other, [], { generation, seedHash: null }));
    await publishOthers(1);
    await publishOthers(2);
    await served(server, 'others', 2);
    await publishEvents(FIRST + 3, [eventRecord(1, -4, 14)]);
    const response = await send({ address: '#', layers: { others: 1, events: FIRST + 3 } });
    expect(response.status).to.equal(409);
    expect((await json<Problem>(response)).code).to.equal('NeverTogether');
  });

  it('say so when a version is no longer kept, or a layer is gone', async () => {
    const { id, storedAt } = await store('#dropped', FIRST + 3, { others: 2 });
    // The version before the one in service stays for requests that are under way.
    await publishEvents(FIRST + 4, []);
    await publishEvents(FIRST + 5, [], 1);
    await server.database.run({ text: "UPDATE azalai.layer SET withdrawn = true WHERE id = 'others'", values: [] });
    while (server.context.catalogue().layers.some((layer) => layer.id === 'others'))
      await new Promise((resolve) => setTimeout(resolve, 10));
    const [events, others] = (await open(id)).changed;
    expect(events).to.deep.include({ collection: 'events', to: FIRST + 5, isKept: false, counts: null });
    const title = { en: 'others', fr: 'others' };
    expect(others).to.deep.equal({ collection: 'others', title, from: 2, to: null, isKept: false, counts: null });
    expect((await fetch(`${server.url}/collections/events/items?known_at=${storedAt}`)).status).to.equal(410);
  });

  it('are dropped when there are too many: those that nobody opened first, and never the newest', async () => {
    const { run } = server.database;
    await run({ text: 'DELETE FROM azalai.view', values: [] });
    const views = openViews({ keep: 3, maxBytes: 100_000 });
    const ids: string[] = [];
    const add = async (address: string) => {
      const { view } = await views.store(run, { address, layers: {} });
      ids.push(view.id);
      return view.id;
    };
    const kept = async () => {
      const there = (await run<{ id: string }>({ text: 'SELECT id FROM azalai.view', values: [] })).map(({ id }) => id);
      return ids.flatMap((id, index) => (there.includes(id) ? [index] : []));
    };
    const first = await add('#0');
    await add('#1');
    await add('#2');
    await open(first);
    await add('#3');
    expect(await kept()).to.deep.equal([0, 2, 3]);
    // When all have been opened, a new one stays until it may have been, and what was opened longest ago goes.
    for (const index of [2, 3]) await open(ids[index] as string);
    await add('#4');
    expect(await kept()).to.deep.equal([2, 3, 4]);
    // By their room too.
    await add(`#${'x'.repeat(32_000)}`);
    expect(await kept()).to.deep.equal([2, 3, 5]);
    await openViews({ keep: 100, maxBytes: 32_500 }).store(run, { address: `#y${'x'.repeat(32_000)}`, layers: {} });
    expect(await kept()).to.deep.equal([2, 3]);
  });
});
