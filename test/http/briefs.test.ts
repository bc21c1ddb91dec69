import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { Brief, BriefEntry, BriefVersion } from '../../server/core/brief.ts';
import { openBriefs } from '../../server/jobs/briefs/open-briefs.ts';
import { createBrief, removeBrief } from '../../server/jobs/briefs/write-brief.ts';
import { publish } from '../../server/jobs/publish.ts';
import { json } from '../support/json.ts';
import { EVENTS_LAYER, eventRecord } from '../support/layers.ts';
import { served } from '../support/served.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';

interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly pointer: string }[];
}

const TOKEN = { Authorization: `Bearer ${TEST_TOKEN}` };
const FIRST = 100;
const viewAt = (address: string, generation = FIRST) => ({
  title: `Vue de ${address}`,
  note: 'Premier paragraphe.\n\nSecond paragraphe.',
  view: { address, layers: { events: generation } },
});
const BRIEF = { title: 'Le point de la semaine', language: 'fr', handling: 'public', views: [viewAt('#a')] } as const;

describe('briefs', () => {
  let server: TestServer;
  const publishEvents = async (generation: number) => {
    const records = [eventRecord(1, -4, 14, { killed: generation })];
    await server.database.transaction((run) => publish(run, EVENTS_LAYER, records, { generation, seedHash: null }));
    await served(server, 'events', generation);
  };
  before(async () => {
    server = await startServer();
    await publishEvents(FIRST);
  });
  after(() => server.close());

  const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = TOKEN) =>
    fetch(`${server.url}/briefs${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${server.url}/briefs${path}`, { headers });
  const make = async (draft: object = BRIEF) => json<Brief>(send('POST', '', draft));
  const put = (id: string, version: number, draft: object) =>
    send('PUT', `/${id}`, draft, { ...TOKEN, 'If-Match': `"${version}"` });

  it('are made with the token, and read by anybody when they are public', async () => {
    const response = await send('POST', '', BRIEF);
    expect(response.status).to.equal(201);
    expect(response.headers.get('etag')).to.equal('"1"');
    const brief = await json<Brief>(response);
    expect(response.headers.get('location')).to.equal(`/briefs/${brief.id}`);
    expect(brief).to.deep.include({ version: 1, title: BRIEF.title, language: 'fr', handling: 'public' });
    expect(brief.updatedAt >= brief.createdAt).to.equal(true);
    const [page] = brief.views;
    expect(page).to.deep.include({ title: 'Vue de #a', note: 'Premier paragraphe.\n\nSecond paragraphe.' });
    expect(page?.view).to.deep.include({ address: '#a', layers: { events: FIRST } });
    expect(page?.view.hash).to.match(/^[0-9a-f]{64}$/);
    expect(Date.parse(page?.view.storedAt ?? '')).to.be.within(Date.now() - 60_000, Date.now() + 1000);
    const read = await get(`/${brief.id}`);
    expect(read.headers.get('etag')).to.equal('"1"');
    expect(await json<Brief>(read)).to.deep.equal(brief);
    const known = await get(`/${brief.id}`, { 'If-None-Match': '"1"' });
    expect(known.status).to.equal(304);
    // Nobody's name is in it, whoever sends one.
    expect((await send('POST', '', { ...BRIEF, author: 'somebody' })).status).to.equal(400);
  });

  it('say where the faults of a draft are', async () => {
    const long = viewAt('#a');
    const REFUSED: readonly [object, string][] = [
      [{ ...BRIEF, title: ' ' }, '/title'],
      [{ ...BRIEF, title: 'x'.repeat(201) }, '/title'],
      [{ ...BRIEF, language: 'bm' }, '/language'],
      [{ ...BRIEF, handling: 'restricted' }, '/handling'],
      [{ ...BRIEF, views: [viewAt('#a'), { ...long, note: 'x'.repeat(4001) }] }, '/views/1/note'],
      [{ ...BRIEF, views: [{ ...long, note: 'half a \ud800' }] }, '/views/0/note'],
      [{ ...BRIEF, views: Array.from({ length: 51 }, () => viewAt('#a')) }, '/views'],
      [{ ...BRIEF, views: [viewAt('not an address')] }, '/views/0/view/address'],
      [{ ...BRIEF, views: [viewAt('#a'), viewAt('#b', 99)] }, '/views/1/view/layers/events'],
      [{ ...BRIEF, views: [{ ...long, view: { ...long.view, hash: '0'.repeat(64) } }] }, '/views/0/view/hash'],
      [
        { ...BRIEF, views: [{ ...long, view: { ...long.view, storedAt: '2999-01-01T00:00:00.000Z' } }] },
        '/views/0/view/storedAt',
      ],
    ];
    for (const [draft, pointer] of REFUSED) {
      const response = await send('POST', '', draft);
      expect(response.status, pointer).to.equal(400);
      expect((await json<Problem>(response)).errors?.map((error) => error.pointer)).to.deep.equal([pointer]);
    }
    expect((await make({ ...BRIEF, views: Array.from({ length: 50 }, () => viewAt('#a')) })).views).to.have.length(50);
    expect((await make({ title: 'Empty', language: 'en', views: [] })).handling).to.equal('internal');
  });

  it('are written by nobody without the token', async () => {
    const { id } = await make();
    for (const [method, path, headers] of [
      ['POST', '', {}],
      ['PUT', `/${id}`, { 'If-Match': '"1"' }],
      ['DELETE', `/${id}`, {}],
      ['DELETE', `/${id}`, { Authorization: 'Bearer another-token' }],
    ] as const) {
      const response = await send(method, path, method === 'DELETE' ? undefined : BRIEF, { ...headers });
      expect(response.status, method).to.equal(401);
    }
    expect((await get(`/${id}`)).status).to.equal(200);
  });

  it('have a next version for each change, and keep those before', async () => {
    const first = await make();
    expect((await send('PUT', `/${first.id}`, BRIEF)).status, 'without If-Match').to.equal(428);
    const views = [viewAt('#b'), ...first.views];
    const response = await put(first.id, 1, { ...BRIEF, title: 'Deux vues', views });
    expect(response.status, await response.clone().text()).to.equal(200);
    expect(response.headers.get('etag')).to.equal('"2"');
    const second = await json<Brief>(response);
    expect(second).to.deep.include({ id: first.id, version: 2, title: 'Deux vues', createdAt: first.createdAt });
    // A view that stays is the same view, of the same moment.
    expect(second.views[1]).to.deep.equal(first.views[0]);
    expect(await json<Brief>(get(`/${first.id}?version=1`))).to.deep.equal(first);
    const { versions } = await json<{ versions: BriefVersion[] }>(get(`/${first.id}/versions`));
    expect(versions.map(({ version, title, views: count }) => [version, title, count])).to.deep.equal([
      [2, 'Deux vues', 2],
      [1, BRIEF.title, 1],
    ]);
    expect((await get(`/${first.id}?version=3`)).status).to.equal(404);
    expect((await get(`/${first.id}?version=x`)).status).to.equal(400);
  });

  it('stay at their version when nothing is changed', async () => {
    const { id, title, language, handling, views } = await make();
    const same = await put(id, 1, { title, language, handling, views });
    expect(same.status).to.equal(200);
    expect(same.headers.get('etag')).to.equal('"1"');
  });

  it('let one of two win who change them at once', async () => {
    const { id } = await make();
    const both = await Promise.all(['One', 'Other'].map((title) => put(id, 1, { ...BRIEF, title })));
    expect(both.map(({ status }) => status).toSorted()).to.deep.equal([200, 412]);
    const [won, lost] = both.toSorted((a, b) => a.status - b.status);
    expect((await json<Problem>(lost as Response)).code).to.equal('BriefChanged');
    expect((await json<Brief>(get(`/${id}`))).title).to.equal((await json<Brief>(won as Response)).title);
    for (const tag of ['W/"2"', '"x"', '"1"']) {
      const response = await send('PUT', `/${id}`, BRIEF, { ...TOKEN, 'If-Match': tag });
      expect(response.status, tag).to.equal(412);
    }
    expect((await send('PUT', `/${id}`, BRIEF, { ...TOKEN, 'If-Match': '"7", "2"' })).status).to.equal(200);
    expect((await send('PUT', `/${id}`, { ...BRIEF, title: 'Any' }, { ...TOKEN, 'If-Match': '*' })).status).to.equal(
      200,
    );
  });

  it('are for the holder of the token alone when they are internal, their public versions too', async () => {
    const open = await make({ ...BRIEF, title: 'Open' });
    await put(open.id, 1, { ...BRIEF, title: 'Closed', handling: 'internal' });
    const titles = async (headers: Record<string, string> = {}) =>
      (await json<{ briefs: BriefEntry[] }>(get('', headers))).briefs.map(({ title }) => title);
    for (const path of [`/${open.id}`, `/${open.id}?version=1`, `/${open.id}/versions`]) {
      expect((await get(path)).status, path).to.equal(404);
      const answer = await get(path, TOKEN);
      expect(answer.status, path).to.equal(200);
      expect(answer.headers.get('cache-control'), path).to.match(/^private/);
      expect(answer.headers.get('vary')).to.include('Authorization');
    }
    expect(await titles()).to.not.include('Closed');
    expect(await titles(TOKEN)).to.include('Closed');
    // Public again: what was internal in between stays so.
    await put(open.id, 2, { ...BRIEF, title: 'Open again' });
    expect((await titles())[0]).to.equal('Open again');
    const { versions } = await json<{ versions: BriefVersion[] }>(get(`/${open.id}/versions`));
    expect(versions.map(({ version }) => version)).to.deep.equal([3, 1]);
    expect((await get(`/${open.id}?version=2`)).status).to.equal(404);
    expect((await get(`/${open.id}?version=2`, TOKEN)).status).to.equal(200);
  });

  it('go with all their versions', async () => {
    const { id } = await make();
    expect((await send('DELETE', `/${id}`, undefined, { ...TOKEN, 'If-Match': '"2"' })).status).to.equal(412);
    expect((await send('DELETE', `/${id}`, undefined, { ...TOKEN, 'If-Match': '"1"' })).status).to.equal(204);
    for (const path of [`/${id}`, `/${id}?version=1`, `/${id}/versions`])
      expect((await get(path, TOKEN)).status).to.equal(404);
    expect((await send('DELETE', `/${id}`)).status).to.equal(404);
    expect((await put(id, 1, BRIEF)).status).to.equal(404);
    expect((await get('/no-id')).status).to.equal(404);
  });

  it('keep a view as it was though its layers are published again', async () => {
    const { id, views } = await make();
    await publishEvents(FIRST + 1);
    expect((await json<Brief>(get(`/${id}`))).views).to.deep.equal(views);
    const at = views[0]?.view.storedAt;
    const { features } = await json<{ features: { properties: { killed: number } }[] }>(
      fetch(`${server.url}/collections/events/items?known_at=${at}`),
    );
    expect(features.map(({ properties }) => properties.killed)).to.deep.equal([FIRST]);
    // The page that made it had not heard of the new version: the view is of before.
    const [late] = (await make({ ...BRIEF, views: [viewAt('#late')] })).views;
    const items = await fetch(`${server.url}/collections/events/items?known_at=${late?.view.storedAt}`);
    expect(await items.text()).to.include(`"killed":${FIRST}`);
  });

  it('are at most so many, with at most so many versions', async () => {
    const { transaction, run } = server.database;
    const [{ count } = { count: 0 }] = await run<{ count: number }>({
      text: 'SELECT count(*)::integer AS count FROM azalai.brief',
      values: [],
    });
    const briefs = openBriefs(transaction, { max: count + 1, versionsKept: 2 });
    const draft = { ...BRIEF, views: [] };
    const { id } = await briefs.create(draft);
    const failed = await briefs.create(draft).then(
      () => undefined,
      (error: Error) => error,
    );
    expect(failed?.name).to.equal('BriefsFull');
    for (const title of ['2', '3']) await briefs.replace(id, { ...draft, title }, undefined);
    const { versions } = await json<{ versions: BriefVersion[] }>(get(`/${id}/versions`));
    expect(versions.map(({ version }) => version)).to.deep.equal([3, 2]);
    await removeBrief(transaction, id);
    // Two at once do not make one more than may be.
    const made = await Promise.allSettled([1, 2].map(() => createBrief(transaction, draft, { max: count + 1 })));
    expect(made.map(({ status }) => status).toSorted()).to.deep.equal(['fulfilled', 'rejected']);
  });
});
