import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { canonicalJson } from '../../server/core/canonical-json.ts';
import type { LayerRecord } from '../../server/core/record.ts';
import { publish } from '../../server/jobs/publish.ts';
import { EVENTS_LAYER, eventRecord } from '../support/layers.ts';
import { until } from '../support/process.ts';
import { served } from '../support/served.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';
import { TOYS } from '../support/toy-processes.ts';

const TOKEN = { Authorization: `Bearer ${TEST_TOKEN}` };
const JSON_BODY = { 'Content-Type': 'application/json' };

interface Problem {
  readonly type: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly errors?: readonly { readonly detail: string; readonly pointer?: string; readonly position?: number }[];
}

/** The four records of `events`: three that anybody may see, one of them far away. */
const RECORDS = [
  eventRecord(1, 0, 16),
  eventRecord(2, 1, 17),
  eventRecord(3, 40, -10, { kind: 'b' }),
  eventRecord(4, 0, 16, { handling: 'internal' }),
];

/** Executing processes synchronously, and what is refused. */
describe('Processes', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer(({ analysis }) => ({ analysis: { ...analysis, processes: TOYS } }));
    await server.database.transaction((run) => publish(run, EVENTS_LAYER, RECORDS, { generation: 1, seedHash: null }));
    await served(server, 'events', 1);
  });
  after(() => server.close());

  const post = (body: string | object, headers: Record<string, string> = {}, process = 'tally') =>
    fetch(`${server.url}/processes/${process}/execution`, {
      method: 'POST',
      headers: { ...JSON_BODY, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const problemOf = async (answer: Promise<Response>) => {
    const response = await answer;
    expect(response.headers.get('content-type')).to.match(/^application\/problem\+json/);
    return (await response.json()) as Problem;
  };

  it('answers with the result, which no cache keeps', async () => {
    const response = await post({ inputs: { events: 'events' } });
    expect(response.status).to.equal(200);
    expect(response.headers.get('content-type')).to.match(/^application\/json/);
    expect(response.headers.get('cache-control')).to.equal('no-store');
    expect(response.headers.get('vary')).to.match(/Authorization/i);
    const { numbers, units, text, receipt } = (await response.json()) as Record<string, Record<string, unknown>>;
    expect(numbers).to.deep.equal({ events: 3, within_km: 10 });
    expect(units).to.deep.equal({ events: '1', within_km: 'km' });
    expect(text).to.deep.equal({ en: 'There are 3.', fr: 'Il y en a 3.' });
    expect(receipt).to.deep.include({ process: 'tally', software: '0.0.0-test' });
  });

  it('answers the same bytes to the same question, whose hash is theirs', async () => {
    const question = { inputs: { events: { collection: 'events', filter: "kind = 'a'" }, shown: 2 } };
    const bodies = [await (await post(question)).text(), await (await post(question)).text()];
    expect(bodies[0]).to.equal(bodies[1]);
    const { receipt, ...result } = JSON.parse(bodies[0] as string);
    const { hash, ...asked } = receipt;
    const text = canonicalJson({ ...result, receipt: asked });
    expect(createHash('sha256').update(text).digest('hex')).to.equal(hash);
    expect(bodies[0]).to.equal(canonicalJson({ ...result, receipt }));
  });

  it('answers a receipt as it did, also when a later version is in service, and with another order of members', async () => {
    const first = await (await post({ inputs: { events: 'events' } })).text();
    const { receipt } = JSON.parse(first) as { receipt: { inputs: { generations: Record<string, number> } } };
    const { generations } = receipt.inputs;
    expect(generations).to.have.property('events');
    const more = [...RECORDS, eventRecord(5, 3, 18)];
    const next = (generations.events as number) + 1;
    await server.database.transaction((run) => publish(run, EVENTS_LAYER, more, { generation: next, seedHash: null }));
    await served(server, 'events', next);
    const now = JSON.parse(await (await post({ inputs: { events: 'events' } })).text());
    expect(now.numbers.events).to.equal(4);
    const shuffled = Object.fromEntries(Object.entries(receipt.inputs).toReversed());
    expect(await (await post({ inputs: receipt.inputs })).text()).to.equal(first);
    expect(await (await post({ inputs: shuffled })).text()).to.equal(first);
  });

  it('says which version is no longer kept', async () => {
    await server.database.transaction((run) =>
      publish(run, EVENTS_LAYER, RECORDS, { generation: 50, seedHash: null, versionsKept: 1 }),
    );
    await served(server, 'events', 50);
    await server.database.transaction((run) =>
      publish(run, EVENTS_LAYER, RECORDS, { generation: 51, seedHash: null, versionsKept: 1 }),
    );
    await served(server, 'events', 51);
    const gone = await problemOf(post({ inputs: { events: 'events', generations: { events: 1 } } }));
    expect(gone).to.include({ status: 410, code: 'VersionNotKept' });
    expect(gone.detail).to.match(/version 1 of "events".*51/);
    const never = await problemOf(post({ inputs: { events: 'events', generations: { events: 7000 } } }));
    expect(never).to.include({ status: 400, code: 'InvalidParameter' });
    expect(never.errors?.[0]?.pointer).to.equal('/inputs/generations/events');
  });

  it('keeps back of an earlier version what is withheld by now', async () => {
    const generations = { events: server.context.catalogue().get('events').generation };
    const counted = async () =>
      JSON.parse(await (await post({ inputs: { events: 'events', generations } })).text()).numbers.events;
    expect(await counted()).to.equal(3);
    const [first, ...others] = RECORDS;
    const closed = { ...first, properties: { ...first?.properties, handling: 'restricted' } } as LayerRecord;
    const next = generations.events + 1;
    const now = [closed, ...others];
    await server.database.transaction((run) => publish(run, EVENTS_LAYER, now, { generation: next, seedHash: null }));
    await served(server, 'events', next);
    expect(await counted()).to.equal(2);
    const options = { generation: next + 1, seedHash: null };
    await server.database.transaction((run) => publish(run, EVENTS_LAYER, RECORDS, options));
    await served(server, 'events', next + 1);
    expect(await counted()).to.equal(3);
  });

  it('counts what its caller may see', async () => {
    const counted = async (headers: Record<string, string>) =>
      JSON.parse(await (await post({ inputs: { events: 'events' } }, headers)).text()).numbers.events;
    expect(await counted({})).to.equal(3);
    expect(await counted(TOKEN)).to.equal(4);
    expect((await post({ inputs: {} }, { Authorization: 'Bearer another' })).status).to.equal(401);
  });

  it('sends the result in a document of outputs when that is asked for', async () => {
    const raw = JSON.parse(await (await post({ inputs: { events: 'events' }, response: 'raw' })).text());
    const body = {
      inputs: { events: 'events' },
      outputs: { result: { transmissionMode: 'value' } },
      response: 'document',
    };
    const document = JSON.parse(await (await post(body)).text());
    expect(document).to.deep.equal({ result: { value: raw, mediaType: 'application/json' } });
  });

  it('refuses with the place of what is wrong', async () => {
    const faults: readonly (readonly [object, string, RegExp])[] = [
      [{ inputs: { within_km: 501 } }, '/inputs/within_km', /500/],
      [{ inputs: { events: 'events', colour: 1 } }, '/inputs', /colour/],
      [{ inputs: {}, colour: 1 }, '', /colour/],
      [{ inputs: [] }, '/inputs', /object/],
      [{ inputs: {}, response: 'parcel' }, '/response', /raw/],
      [
        { inputs: {}, outputs: { result: { transmissionMode: 'reference' } } },
        '/outputs/result/transmissionMode',
        /value/,
      ],
      [{ inputs: {}, outputs: { other: {} } }, '/outputs', /other/],
      [{ inputs: {}, subscriber: {} }, '', /subscriber/],
      [{ inputs: { place: { bbox: [1, 2, 3, 'x'] } } }, '/inputs/place', /place/],
      [{ inputs: { events: 'corridors' } }, '/inputs/events', /events/],
      [{ inputs: { keep_days: 3 } }, '/inputs/keep_days', /"keep": true/],
      [{ inputs: { keep: true, keep_days: 366 } }, '/inputs/keep_days', /365/],
      [{ inputs: { keep: 'yes' } }, '/inputs/keep', /boolean/],
    ];
    for (const [body, pointer, detail] of faults) {
      const problem = await problemOf(post(body, TOKEN));
      expect(problem, JSON.stringify(body)).to.include({ status: 400, code: 'InvalidParameter' });
      expect(problem.errors?.[0]?.pointer, JSON.stringify(problem)).to.match(new RegExp(`^${pointer}`));
      expect(problem.detail).to.match(detail);
    }
  });

  it('says at which character a body stops being JSON', async () => {
    const problem = await problemOf(post('{"inputs": {"within_km": 1,}}'));
    expect(problem.errors?.[0]).to.include({ position: 27 });
    expect((await problemOf(post(''))).status).to.equal(400);
    expect((await problemOf(post('// no\n{}'))).status).to.equal(400);
    expect((await problemOf(post('null'))).status).to.equal(400);
    const address = `${server.url}/processes/tally/execution`;
    const notText = fetch(address, { method: 'POST', headers: JSON_BODY, body: new Uint8Array([0x22, 0xff, 0x22]) });
    expect((await problemOf(notText)).detail).to.match(/UTF-8/);
  });

  it('says where a text has what no text of the database can have', async () => {
    const problem = await problemOf(
      post({ inputs: { events: 'events', filter: { op: '=', args: ['x', 'a\u0000'] } } }),
    );
    expect(problem.status).to.equal(400);
    expect(problem.errors?.[0]?.pointer).to.equal('/inputs/filter/args/1');
  });

  it('refuses what is nested too deep, too large, of another type or packed', async () => {
    const deep = `{"inputs":{"filter":${'['.repeat(5000)}${']'.repeat(5000)}}}`;
    expect((await problemOf(post(deep))).detail).to.match(/deep/);
    const quoted = JSON.stringify({ inputs: { filter: `kind = '${'[{'.repeat(300)}'`, events: 'events' } });
    expect((await post(quoted)).status, 'brackets in a text nest nothing').to.equal(200);
    const large = await problemOf(post(`{"inputs":{"filter":"${'x'.repeat(1_000_000)}"}}`));
    expect(large).to.include({ status: 413, code: 'QuestionTooLarge' });
    expect((await problemOf(post('{}', { 'Content-Type': 'text/plain' }))).status).to.equal(415);
    expect((await problemOf(post('{}', { 'Content-Encoding': 'gzip' }))).status).to.equal(415);
    expect((await problemOf(fetch(`${server.url}/processes/tally/execution?x=1`, { method: 'POST' }))).status).to.equal(
      400,
    );
  });

  it('says what an analysis would cost that is too large, and when to come back for it', async () => {
    const problem = await problemOf(post({ inputs: { within_km: 30 } }));
    expect(problem).to.include({ status: 400, code: 'AnalysisTooLarge' });
    expect(problem.detail).to.match(/60 s.*respond-async/);
    // At once, rather than by a job that fails.
    const later = await problemOf(post({ inputs: { within_km: 350 } }, { Prefer: 'respond-async' }));
    expect(later).to.include({ status: 400, code: 'AnalysisTooLarge' });
    expect(later.detail).to.match(/700 s.*600 s/);
  });

  it('knows no other process', async () => {
    for (const answer of [post({ inputs: {} }, {}, 'nothing'), fetch(`${server.url}/processes/nothing`)]) {
      const problem = await problemOf(answer);
      expect(problem.status).to.equal(404);
      expect(problem.type).to.equal('http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/no-such-process');
      expect(problem.detail).to.match(/tally, slow/);
    }
  });

  it('stops asking the database when its caller goes away', async () => {
    const running = async () => {
      const rows = await server.database.run<{ count: number }>({
        text: "SELECT count(*) AS count FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%slow process%' AND pid <> pg_backend_pid() AND datname = current_database()",
        values: [],
      });
      return rows[0]?.count ?? 0;
    };
    const { port } = new URL(server.url);
    const request = httpRequest({ port, path: '/processes/slow/execution', method: 'POST', headers: JSON_BODY });
    request.on('error', () => undefined);
    request.end(JSON.stringify({ inputs: { steps: 1000 } }));
    await until('it runs', async () => (await running()) === 1);
    request.destroy();
    // Between two queries there is none for a moment.
    await until('it has stopped', async () => {
      for (let look = 0; look < 10; look++) {
        if ((await running()) !== 0) return false;
        await pause(50);
      }
      return true;
    });
  });

  it('says nothing of a failure inside', async () => {
    const problem = await problemOf(post({ inputs: { steps: 0, fails: true } }, {}, 'slow'));
    expect(problem).to.include({ status: 500 });
    expect(JSON.stringify(problem)).not.to.contain('secret');
  });

  it('may be asked by pages of other origins, and says what its resources take', async () => {
    const at = (path: string, headers: Record<string, string> = {}) =>
      fetch(`${server.url}${path}`, { method: 'OPTIONS', headers });
    const ahead = { Origin: 'https://a.example', 'Access-Control-Request-Method': 'POST' };
    const asked = await at('/processes/tally/execution', ahead);
    expect(asked.headers.get('access-control-allow-origin')).to.equal('*');
    expect(asked.headers.get('access-control-allow-methods')).to.contain('POST');
    expect(asked.headers.get('access-control-allow-headers')).to.contain('Prefer');
    const others = await at('/collections', ahead);
    expect(others.headers.get('access-control-allow-origin')).to.equal(null);
    const answer = await post({ inputs: { events: 'events' } }, { Origin: 'https://a.example' });
    expect(answer.headers.get('access-control-allow-origin')).to.equal('*');
    expect((await at('/processes/tally/execution')).headers.get('allow')).to.equal('OPTIONS, POST');
    expect((await at('/processes/tally')).headers.get('allow')).to.equal('GET, HEAD, OPTIONS');
    expect((await at('/processes/nothing')).status).to.equal(404);
    const refused = await fetch(`${server.url}/processes/tally/execution`);
    expect([refused.status, refused.headers.get('allow')]).to.deep.equal([405, 'OPTIONS, POST']);
  });
});
