import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { LayerSchema } from '../../server/core/layer.ts';
import { publish } from '../../server/jobs/publish.ts';
import { lockLayer } from '../../server/query/versions.ts';
import { json } from '../support/json.ts';
import { EVENTS, eventRecord } from '../support/layers.ts';
import { served } from '../support/served.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';
import { decodeTile } from '../support/vector-tile.ts';

interface Item {
  id: number;
  geometry: { type: string; coordinates: number[] };
  properties: Record<string, unknown>;
  correction: { change: string; from: number; generation: number; issues: { code: string }[] };
}
interface History {
  id: number;
  recordId: string;
  isServed: boolean;
  entries: {
    generation: number;
    from: number | null;
    origin: string;
    change: string;
    reason: string | null;
    author: string | null;
    changes: { field: string; before: unknown; after: unknown }[];
  }[];
}
interface Problem {
  status: number;
  code: string;
  detail: string;
  errors?: { code?: string; pointer?: string; detail: string }[];
}

const TOKEN = { Authorization: `Bearer ${TEST_TOKEN}` };
const reasoned = (reason: string) => ({ ...TOKEN, 'Change-Reason': encodeURIComponent(reason) });
const FIRST = 1_000_000;

describe('correcting single records', () => {
  let server: TestServer;
  const layer = LayerSchema.parse({ ...EVENTS, area: [-13, 10, 5, 26] });

  before(async () => {
    server = await startServer();
    const records = [
      // More decimals than are served: a record that is not moved keeps them.
      eventRecord(1, -4.123456789, 14),
      eventRecord(2, -3, 14),
      eventRecord(3, -2, 14, { handling: 'internal', note: 'the well to the east' }),
      eventRecord(4, -1, 14),
      eventRecord(5, 0, 14),
      eventRecord(6, 1, 15),
    ];
    await server.database.transaction((run) => publish(run, layer, records, { generation: FIRST, seedHash: null }));
    await served(server, 'events', FIRST);
  });
  after(() => server.close());

  const address = (path: string) => `${server.url}/collections/events${path}`;
  const get = (path: string, headers: Record<string, string> = {}) => fetch(address(path), { headers });
  const tagOf = async (id: number) => String((await get(`/items/${id}`, TOKEN)).headers.get('etag'));
  const send = (method: string, path: string, body: unknown, headers: Record<string, string>) =>
    fetch(address(path), {
      method,
      headers: { 'Content-Type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const patch = async (id: number, properties: Record<string, unknown>, reason: string) =>
    send('PATCH', `/items/${id}`, { properties }, { ...reasoned(reason), 'If-Match': await tagOf(id) });
  const generation = async () => (await json<{ azalai: { generation: number } }>(get(''))).azalai.generation;
  const historyOf = async (id: number, headers: Record<string, string> = {}) =>
    json<History>(get(`/items/${id}/history`, headers));

  it('changes what is sent and nothing else, as the next version', async () => {
    const before = await generation();
    const response = await patch(1, { killed: 7 }, 'Le bilan était celui du communiqué « provisoire »');
    expect(response.status, await response.clone().text()).to.equal(200);
    const item = await json<Item>(response);
    expect(item.correction).to.include({ change: 'changed', from: before });
    expect(item.correction.generation).to.be.above(before);
    expect(await generation()).to.equal(item.correction.generation);
    expect(item.properties).to.include({ killed: 7, kind: 'a', record_id: 'events/1', recorded_at: '2026-11-21' });
    const now = await get('/items/1', TOKEN);
    expect(now.headers.get('etag')?.slice(1, 23)).to.equal(response.headers.get('etag')?.slice(1, 23));
    expect((await json<Item>(now)).properties.killed).to.equal(7);
    const [place] = await server.database.run<{ lon: number }>({
      text: `SELECT ST_X(geom) AS lon FROM ${await server.database.tableOf('events')} WHERE fid = 1`,
      values: [],
    });
    expect(place?.lon).to.equal(-4.123456789);
    const { entries, recordId, isServed } = await historyOf(1);
    expect({ recordId, isServed }).to.deep.equal({ recordId: 'events/1', isServed: true });
    expect(entries[0]).to.deep.include({
      ...{ change: 'changed', origin: 'correction', from: before, author: 'analyst' },
      reason: 'Le bilan était celui du communiqué « provisoire »',
      changes: [{ field: 'killed', before: 1, after: 7 }],
    });
    expect(entries[1]).to.include({ change: 'added', origin: 'seed', from: null, generation: FIRST });
  });

  it('moves a record: tiles, hexagons and the version before say where it is and was', async () => {
    const place = { type: 'Point', coordinates: [-3, 16.5] };
    const headers = { ...reasoned('It stood at the crossing'), 'If-Match': await tagOf(2) };
    const response = await send('PATCH', '/items/2', { geometry: place }, headers);
    expect(response.status, await response.clone().text()).to.equal(200);
    const next = await generation();
    const features = async (at: string) =>
      decodeTile(
        new Uint8Array(await (await fetch(`${server.url}/tiles/events/8/${at}.mvt?generation=${next}`)).arrayBuffer()),
      ).events?.map(({ id }) => id) ?? [];
    expect(await features('125/116')).to.include(2);
    expect(await features('125/117')).to.not.include(2);
    const box = await json<{ features: Item[] }>(get('/items?bbox=-3.1,16.4,-2.9,16.6'));
    expect(box.features.map(({ id }) => id)).to.deep.equal([2]);
    const { from } = (await json<Item>(response)).correction;
    const diff = await json<{ changed: number; records: { fields: string[] }[] }>(
      get(`/versions/diff?from=${from}&to=${next}`),
    );
    expect(diff).to.deep.include({ changed: 1 });
    expect(diff.records[0]?.fields).to.deep.equal(['geometry']);
  });

  it('adds a record, withdraws it, and gives it its number again', async () => {
    const properties = {
      ...{ kind: 'b', killed: 2, valid_from: '2022-06-01', confidence: 'reported', precision_m: 500 },
      ...{ source: 'a report', locator: 'p. 3', handling: 'public' },
    };
    const feature = { type: 'Feature', geometry: { type: 'Point', coordinates: [-2.5, 15] }, properties };
    const added = await send('POST', '/items', feature, {
      ...reasoned('Missing from the list'),
      'Change-Author': 'field-team',
    });
    expect(added.status, await added.clone().text()).to.equal(201);
    const item = await json<Item>(added);
    expect(added.headers.get('location')).to.equal(`/collections/events/items/${item.id}`);
    expect(item.id).to.equal(7);
    expect(item.properties).to.include({ valid_to: '2022-06-02', record_id: 'events/7' });
    expect(item.properties.recorded_at).to.match(/^\d{4}-\d\d-\d\d$/);
    const gone = await send('DELETE', '/items/7', undefined, {
      ...reasoned('The same as 6'),
      'If-Match': await tagOf(7),
    });
    expect(gone.status).to.equal(200);
    expect((await get('/items/7')).status).to.equal(404);
    const history = await historyOf(7);
    expect(history.isServed).to.equal(false);
    expect(history.entries.map(({ change, reason, author }) => [change, reason, author])).to.deep.equal([
      ['withdrawn', 'The same as 6', 'analyst'],
      ['added', 'Missing from the list', 'field-team'],
    ]);
    // Nothing is lost: the version before has it.
    const { from } = history.entries[0] as { from: number };
    const diff = await json<{ removed: number }>(get(`/versions/diff?from=${from}`));
    expect(diff.removed).to.equal(1);
    const back = await send(
      'POST',
      '/items',
      { ...feature, properties: item.properties },
      reasoned('It was another one'),
    );
    expect((await json<Item>(back)).id).to.equal(7);
    expect((await historyOf(7)).entries.map(({ change }) => change)).to.deep.equal(['added', 'withdrawn', 'added']);
  });

  it('replaces a record as a whole', async () => {
    const { properties, geometry } = await json<Item>(get('/items/6'));
    const { note: _, tags: __, ...rest } = properties;
    const feature = { type: 'Feature', geometry, properties: { ...rest, killed: 0 } };
    const headers = { ...reasoned('Counted again'), 'If-Match': await tagOf(6) };
    const item = await json<Item>(send('PUT', '/items/6', feature, headers));
    expect(item.properties).to.include({ killed: 0, tags: null });
  });

  it('lets nobody overwrite another: of two at once one is told to read again', async () => {
    const tag = await tagOf(4);
    const write = (killed: number) =>
      send('PATCH', '/items/4', { properties: { killed } }, { ...reasoned('Counted'), 'If-Match': tag });
    let both: Promise<Response[]> | undefined;
    await server.database.transaction(async (hold) => {
      await hold(lockLayer('events'));
      both = Promise.all([write(11), write(12)]);
    });
    const responses = (await both) ?? [];
    expect(responses.map(({ status }) => status).toSorted()).to.deep.equal([200, 412]);
    const [won] = responses.filter(({ status }) => status === 200);
    const { properties } = await json<Item>(won as Response);
    expect((await json<Item>(get('/items/4'))).properties.killed).to.equal(properties.killed);
    // What is corrected of another record changes nothing for this one.
    const other = await tagOf(5);
    expect((await patch(4, { killed: 13 }, 'Counted again')).status).to.equal(200);
    expect(await tagOf(5)).to.equal(other);
  });

  it('asks for the state that was read, for a reason and for the token', async () => {
    const before = await generation();
    const body = { properties: { killed: 3 } };
    expect((await send('PATCH', '/items/5', body, reasoned('Counted'))).status).to.equal(428);
    expect((await send('PATCH', '/items/5', body, { ...reasoned('Counted'), 'If-Match': '*' })).status).to.equal(428);
    const tag = await tagOf(5);
    const unreasoned = await send('PATCH', '/items/5', body, { ...TOKEN, 'If-Match': tag });
    expect(unreasoned.status).to.equal(400);
    expect((await json<Problem>(unreasoned)).detail).to.include('Change-Reason');
    const named = { ...reasoned('Counted'), 'If-Match': tag, 'Change-Author': 'John Smith' };
    expect((await json<Problem>(send('PATCH', '/items/5', body, named))).detail).to.include("nobody's name");
    for (const method of ['PATCH', 'PUT', 'DELETE']) {
      const refused = await send(method, '/items/5', body, { 'Change-Reason': 'Counted', 'If-Match': tag });
      expect(refused.status, method).to.equal(401);
      expect(refused.headers.get('www-authenticate')).to.match(/^Bearer/);
    }
    for (const path of ['/items', '/changesets']) expect((await send('POST', path, body, {})).status).to.equal(401);
    expect((await send('PATCH', '/items/999', body, { ...reasoned('Counted'), 'If-Match': tag })).status).to.equal(404);
    expect(await generation()).to.equal(before);
  });

  it('holds a record to what is asked of uploads, and says where it fails', async () => {
    const before = await generation();
    const wrong = async (feature: { geometry?: unknown; properties?: Record<string, unknown> }) => {
      const response = await send('PATCH', '/items/5', feature, { ...reasoned('A trial'), 'If-Match': await tagOf(5) });
      const { errors = [] } = await json<Problem>(response);
      return [response.status, ...errors.map(({ code, pointer }) => `${code} ${pointer}`)];
    };
    const point = (...coordinates: unknown[]) => ({ geometry: { type: 'Point', coordinates } });
    expect(await wrong({ properties: { kind: 'z' } })).to.deep.equal([422, 'category-unknown /properties/kind']);
    expect(await wrong({ properties: { killed: 1.5 } })).to.deep.equal([422, 'number-invalid /properties/killed']);
    expect(await wrong({ properties: { valid_from: '2022-02-30' } })).to.include('date-invalid /properties/valid_from');
    expect(await wrong({ properties: { valid_to: '2021-01-01' } })).to.include(
      'interval-reversed /properties/valid_to',
    );
    expect(await wrong({ properties: { source: '' } })).to.include('value-missing /properties/source');
    expect(await wrong({ properties: { colour: 'red' } })).to.include('field-unknown /properties/colour');
    expect(await wrong({ properties: { record_id: 'events/4' } })).to.include('id-fixed /properties/record_id');
    expect(await wrong(point(-200, 14))).to.include('position-range /geometry/coordinates');
    expect(await wrong(point('a', 14))).to.include('coordinates /geometry');
    expect(await wrong({ geometry: { type: 'LineString', coordinates: [] } })).to.include('wrong-geometry /geometry');
    expect(await generation()).to.equal(before);
    const far = await send('PATCH', '/items/5', point(20, 40), { ...reasoned('A trial'), 'If-Match': await tagOf(5) });
    expect((await json<Item>(far)).correction.issues.map(({ code }) => code)).to.deep.equal(['area-outside']);
  });

  it('makes one version of several, all or none, and tells beforehand what they come to', async () => {
    const before = await generation();
    const changes = [
      { op: 'change', id: 5, ifMatch: await tagOf(5), feature: { properties: { note: 'seen' } } },
      { op: 'withdraw', id: 6, ifMatch: await tagOf(6) },
    ];
    const post = (more: object) => send('POST', '/changesets', { reason: 'Two of them', changes, ...more }, TOKEN);
    const tried = await json<{ generation: number; records: { change: string; differs: object[] }[] }>(
      post({ dryRun: true }),
    );
    expect(tried.generation).to.equal(before);
    expect(tried.records.map(({ change }) => change)).to.deep.equal(['changed', 'withdrawn']);
    expect(tried.records[0]?.differs).to.deep.equal([{ field: 'note', before: null, after: 'seen' }]);
    const broken = await post({
      changes: [...changes, { op: 'change', id: 4, ifMatch: await tagOf(4), feature: { properties: { kind: 'z' } } }],
    });
    expect((await json<Problem>(broken)).errors?.[0]?.pointer).to.equal('/changes/2/feature/properties/kind');
    expect(await generation()).to.equal(before);
    const done = await json<{ generation: number }>(post({}));
    expect(done.generation).to.equal(before + 1);
    expect((await get('/items/6')).status).to.equal(404);
    // What changes nothing makes no version.
    const again = { op: 'change', id: 5, ifMatch: await tagOf(5), feature: { properties: { note: 'seen' } } };
    expect((await json<{ generation: number }>(post({ changes: [again] }))).generation).to.equal(before + 1);
    expect((await post({ changes: [again, again] })).status).to.equal(422);
  });

  it('does not show or tell of a record that is not for all, nor lets it be changed', async () => {
    expect((await get('/items/3/history')).status).to.equal(404);
    expect((await patch(3, { note: 'the well to the west' }, 'It is to the west')).status).to.equal(200);
    expect((await get('/items/3/history')).status).to.equal(404);
    const { entries } = await historyOf(3, TOKEN);
    expect(entries[0]?.changes).to.deep.equal([
      { field: 'note', before: 'the well to the east', after: 'the well to the west' },
    ]);
    // Made public, it is told of from then on, and what it was before is not.
    expect((await patch(3, { handling: 'public', note: null }, 'No longer sensitive at the well')).status).to.equal(
      200,
    );
    const open = await historyOf(3);
    expect(JSON.stringify(open)).to.not.include('well');
    expect(open.entries.map(({ change }) => change)).to.deep.equal(['added']);
    // And closed again, nothing of it is.
    expect((await patch(3, { handling: 'restricted' }, 'Sensitive again')).status).to.equal(200);
    expect((await get('/items/3/history')).status).to.equal(404);
    expect((await get('/items/3')).status).to.equal(404);
  });

  it('can be undone by an earlier version, which the history tells', async () => {
    const { entries } = await historyOf(1);
    const response = await fetch(address(`/versions/${FIRST}/restore`), { method: 'POST', headers: TOKEN });
    const { id } = await json<{ id: string }>(response);
    for (;;) {
      const { state } = await json<{ state: string }>(get(`/restorations/${id}`, TOKEN));
      if (state !== 'restoring') break;
    }
    await server.context.refresh();
    const after = await historyOf(1);
    expect(after.entries).to.have.length(entries.length + 1);
    expect(after.entries[0]).to.deep.include({
      ...{ origin: 'restore', reason: null, change: 'changed' },
      changes: [{ field: 'killed', before: 7, after: 1 }],
    });
    // A record that was not in that version is withdrawn by it, and known still.
    expect((await historyOf(7)).isServed).to.equal(false);
  });

  it('is known still when an upload has replaced the layer, by the ids of records', async () => {
    const records = [eventRecord(41, -4, 14, { record_id: 'events/1', killed: 5 })];
    const next = (await generation()) + 1;
    await server.database.transaction((run) => publish(run, layer, records, { generation: next, seedHash: null }));
    await served(server, 'events', next);
    const { entries } = await historyOf(41);
    expect(entries[0]).to.include({ generation: next, change: 'added' });
    expect(entries.map(({ reason }) => reason)).to.include('Le bilan était celui du communiqué « provisoire »');
    // Of the number that it had before, too.
    expect((await historyOf(1)).isServed).to.equal(false);
  });
});
