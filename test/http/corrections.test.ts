import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { LayerSchema } from '../../server/core/layer.ts';
import { publish } from '../../server/jobs/publish.ts';
import { lockLayer } from '../../server/query/versions.ts';
import { json } from '../support/json.ts';
import { EVENTS, eventRecord } from '../support/layers.ts';
import { until } from '../support/process.ts';
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

  it('refuses what cannot be stored: NUL, half a character, the year 0', async () => {
    const before = await generation();
    const refused = async (properties: Record<string, unknown>) => {
      const { status, errors = [] } = await json<Problem>(await patch(5, properties, 'A trial'));
      return [status, ...errors.map(({ code, pointer }) => `${code} ${pointer}`)];
    };
    expect(await refused({ note: 'a\0b' })).to.deep.equal([422, 'not-a-text /properties/note']);
    expect(await refused({ note: 'a\ud800' })).to.deep.equal([422, 'not-a-text /properties/note']);
    expect(await refused({ tags: ['x', 'a\0b'] })).to.deep.equal([422, 'not-a-text /properties/tags']);
    expect(await refused({ valid_from: '0000-01-01' })).to.include('date-invalid /properties/valid_from');
    const { geometry, properties } = await json<Item>(get('/items/5'));
    const named = { type: 'Feature', geometry, properties: { ...properties, record_id: 'a\0' } };
    const added = await json<Problem>(send('POST', '/items', named, reasoned('A trial')));
    expect([added.status, added.errors?.[0]?.pointer]).to.deep.equal([422, '/properties/record_id']);
    const headers = { ...TOKEN, 'Change-Reason': 'a%00bc', 'If-Match': await tagOf(5) };
    expect((await send('PATCH', '/items/5', { properties: { killed: 3 } }, headers)).status).to.equal(400);
    const changes = [{ op: 'withdraw', id: 5, ifMatch: await tagOf(5) }];
    expect((await send('POST', '/changesets', { reason: 'abc\0', changes }, TOKEN)).status).to.equal(400);
    const tag = String((await get('', TOKEN)).headers.get('etag'));
    const settings = { title: { en: 'Ev\0ents', fr: 'Faits' } };
    const set = await send('PATCH', '', settings, { ...TOKEN, 'If-Match': tag });
    expect([set.status, (await json<Problem>(set)).errors?.[0]?.pointer]).to.deep.equal([400, '/title/en']);
    expect(await generation()).to.equal(before);
  });

  it('points into what was sent: a feature, or a changeset, also of one', async () => {
    const pointers = async (response: Promise<Response>) => {
      const { status, errors = [] } = await json<Problem>(response);
      return [status, ...errors.map(({ pointer }) => pointer)];
    };
    const changes = [{ op: 'change', id: 5, ifMatch: await tagOf(5), feature: { properties: { kind: 'z' } } }];
    expect(await pointers(send('POST', '/changesets', { reason: 'A trial', changes }, TOKEN))).to.deep.equal([
      422,
      '/changes/0/feature/properties/kind',
    ]);
    const headers = { ...reasoned('A trial'), 'If-Match': await tagOf(5) };
    expect(await pointers(send('PATCH', '/items/5', { properties: 5 }, headers))).to.deep.equal([400, '/properties']);
    expect(await pointers(send('PATCH', '/items/5', [], headers))).to.deep.equal([400, '']);
  });

  it('lets a field be changed where another was wrong before', async () => {
    const table = await server.database.tableOf('events');
    await server.database.run({ text: `UPDATE ${table} SET kind = 'zz', source = NULL WHERE fid = 5`, values: [] });
    const response = await patch(5, { killed: 21 }, 'Counted anew');
    expect(response.status, await response.clone().text()).to.equal(200);
    const { correction } = await json<Item>(response);
    expect(correction.issues.map(({ code }) => code).toSorted()).to.deep.equal(['category-unknown', 'value-missing']);
    expect((await patch(5, { kind: 'zzz' }, 'Called otherwise')).status).to.equal(422);
    expect((await patch(5, { kind: 'a', source: 'a report' }, 'Put in order')).status).to.equal(200);
  });

  it('is undone when its caller does not wait for it', async () => {
    const before = await generation();
    const { geometry, properties } = await json<Item>(get('/items/5'));
    const feature = { type: 'Feature', geometry, properties: { ...properties, record_id: 'events/unheard' } };
    const given = new AbortController();
    await server.database.transaction(async (hold) => {
      await hold(lockLayer('events'));
      const asked = fetch(address('/items'), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...reasoned('Missing') },
        body: JSON.stringify(feature),
        signal: given.signal,
      }).catch(() => undefined);
      const waiting = async () =>
        server.database.run({
          text: `SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_advisory_xact_lock%' AND wait_event_type = 'Lock'
            AND datname = current_database()`,
          values: [],
        });
      await until('it waits', async () => (await waiting()).length === 1);
      given.abort();
      await asked;
      await until('it has ended', async () => (await waiting()).length === 0);
    });
    expect(await generation()).to.equal(before);
    expect((await patch(5, { killed: 22 }, 'Counted anew')).status).to.equal(200);
    const found = await json<{ numberMatched: number }>(get("/items?filter=record_id='events/unheard'"));
    expect(found.numberMatched).to.equal(0);
  });

  it('is told the same when versions between two that are kept are not', async () => {
    const made: number[] = [];
    for (const killed of [31, 32, 33])
      made.push((await json<Item>(patch(4, { killed }, `Counted ${killed}`))).correction.generation);
    const whole = await historyOf(4);
    expect(whole.entries.slice(0, 3).map(({ reason }) => reason)).to.deep.equal([
      'Counted 33',
      'Counted 32',
      'Counted 31',
    ]);
    await server.database.run({
      text: "UPDATE azalai.version SET table_name = NULL WHERE layer = 'events' AND generation = ANY($1::integer[])",
      values: [made.slice(0, 2)],
    });
    expect(await historyOf(4)).to.deep.equal(whole);
  });

  it('tells the newest hundred, how many more there are, and of a long outline its kind', async () => {
    const line = { type: 'LineString', coordinates: Array.from({ length: 1000 }, (_, n) => [n / 100, 14]) };
    const before = { type: 'Feature', id: 5, geometry: line, properties: { handling: 'public', killed: 1 } };
    const later = { ...before, geometry: { type: 'Point', coordinates: [0, 14] } };
    await server.database.run({
      text: `INSERT INTO azalai.version (layer, generation, definition, count, prepared, origin)
        SELECT layer, -n, definition, count, prepared, 'correction' FROM azalai.version, generate_series(1, 120) AS n
        WHERE layer = 'events' AND generation = ${FIRST}`,
      values: [],
    });
    await server.database.run({
      text: `INSERT INTO azalai.correction (layer, item, record, change, from_generation, generation, reason, author, before, after, fields)
        SELECT 'events', 6, 'events/long', 'changed', -n - 1, -n, 'again', 'analyst', $1::jsonb, $2::jsonb, '{geometry}'
        FROM generate_series(1, 120) AS n`,
      values: [JSON.stringify(before), JSON.stringify(later)],
    });
    try {
      const { entries, more } = await json<History & { more: number }>(get('/items/6/history'));
      expect(entries).to.have.length(100);
      expect(more).to.be.at.least(20);
      const [change] = entries.at(-1)?.changes ?? [];
      expect(change?.before).to.deep.equal({ type: 'LineString', vertices: 1000, omitted: true });
    } finally {
      await server.database.run({ text: "DELETE FROM azalai.correction WHERE record = 'events/long'", values: [] });
      await server.database.run({ text: 'DELETE FROM azalai.version WHERE generation < 0', values: [] });
    }
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
