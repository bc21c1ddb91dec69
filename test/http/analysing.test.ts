import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { openAnalysing } from '../../server/analysing.ts';
import { type AnswerOrder, analystHere } from '../../server/analysis/asking/analyst.ts';
import type { Process } from '../../server/analysis/process.ts';
import { PROCESSES } from '../../server/analysis/registry.ts';
import { RequestAborted } from '../../server/core/errors.ts';
import { otherProcessors } from '../../server/db/yield-processor.ts';
import { versionAsked } from '../../server/jobs/analysis/version-asked.ts';
import { publish } from '../../server/jobs/publish.ts';
import { FULL_ACCESS, PUBLIC_ACCESS } from '../../server/query/filter.ts';
import { json } from '../support/json.ts';
import { EVENTS_LAYER, eventRecord } from '../support/layers.ts';
import { until } from '../support/process.ts';
import { served } from '../support/served.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';
import { ANALYST_TOYS, RUINOUS, SLOW, TALLY } from '../support/toy-processes.ts';

const TOKEN = { Authorization: `Bearer ${TEST_TOKEN}` };
const ENTRY = path.resolve(import.meta.dirname, '../support/toy-analyst.ts');
const HEAP_MB = 64;

const caller = () => ({ signal: new AbortController().signal, progress: () => undefined });
const text = ({ body }: { readonly body: Uint8Array }) => Buffer.from(body).toString();
const order = (inputs: AnswerOrder['inputs'], changes: Partial<AnswerOrder> = {}): AnswerOrder => ({
  ...{ inputs, access: FULL_ACCESS, isAsynchronous: false, form: 'raw', keeps: false },
  ...changes,
});

/** In each form in which a question can be asked. */
const QUESTIONS: Readonly<Record<string, AnswerOrder>> = {
  corridor: order({ line: { collection: 'corridors', item: 1 }, within_km: 75 }),
  proximity: order({ from: 'attacks', to: 'camps', within_km: 100, place: { admin: 'Gao' } }, { form: 'document' }),
  summary: order({ step: 'year', place: { admin: 'Gao' } }, { access: PUBLIC_ACCESS }),
  trace: order({}, { keeps: true }),
  timeline: order({ place: { admin: 'Mopti' }, compare: ['2013-06-01', '2022-06-01'] }, { isAsynchronous: true }),
};

/** Questions that are answered in a process of their own, as the server does it. */
describe('The process that answers questions', () => {
  let server: TestServer;
  const failures: Error[] = [];
  before(async () => {
    server = await startServer(
      ({ analysis }) => ({ analysis: { ...analysis, processes: [...PROCESSES, ...ANALYST_TOYS] } }),
      { entry: ENTRY, heapMb: HEAP_MB, onError: (error) => failures.push(error) },
    );
    const records = [eventRecord(1, 0, 16), eventRecord(2, 1, 17), eventRecord(3, 2, 18, { handling: 'restricted' })];
    await server.database.transaction((run) => publish(run, EVENTS_LAYER, records, { generation: 1, seedHash: null }));
    await served(server, 'events', 1);
  });
  after(() => server.close());

  const here = () =>
    analystHere({ run: server.database.runAnalysis, version: versionAsked, software: server.context.version });
  const post = (process: Process, inputs: object, headers: Record<string, string> = {}, more: object = {}) =>
    fetch(`${server.url}/processes/${process.id}/execution`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify({ inputs, ...more }),
    });
  const inSql = <Row>(text: string) => server.database.run<Row>({ text, values: [] });
  const running = async () => {
    const [row] = await inSql<{ count: number }>(
      "SELECT count(*) AS count FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%slow process%' AND pid <> pg_backend_pid() AND datname = current_database()",
    );
    return row?.count ?? 0;
  };
  /** Between two queries of a process there is none for a moment. */
  const hasStopped = async () => {
    for (let look = 0; look < 10; look++) {
      if ((await running()) !== 0) return false;
      await pause(50);
    }
    return true;
  };

  it('is not there before the first question', async () => {
    expect(analystsOf()).to.deep.equal([]);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).to.match(/^azalai_lane_size\{lane="analysis"\} 2$/m);
  });

  for (const [id, asked] of Object.entries(QUESTIONS)) {
    it(`gives the bytes that are given where it is asked, and the versions asked: ${id}`, async () => {
      const process = PROCESSES.find((each) => each.id === id) as Process;
      const rest = [asked, caller(), server.context.catalogue()] as const;
      const there = await server.context.analysis.answer(process, ...rest);
      const local = await here().answer(process, ...rest);
      expect(text(there)).to.equal(text(local));
      expect(there.besideAt).to.equal(local.besideAt);
      expect(there.asked).to.deep.equal(local.asked);
      expect(there.toKeep).to.deep.equal(local.toKeep);
      expect(there.toKeep === undefined).to.equal(!asked.keeps);
    });
  }

  it('is the one that the server starts, too', async () => {
    const { database, context } = server;
    const ignore = () => undefined;
    const own = openAnalysing({
      ...{ connection: database.connection, limits: {}, software: context.version, onQuery: ignore, onError: ignore },
    });
    const trace = PROCESSES.find(({ id }) => id === 'trace') as Process;
    const answers = [own, here()].map((each) => each.answer(trace, order({}), caller(), context.catalogue()));
    const [there, local] = await Promise.all(answers);
    await own.close();
    expect(there && text(there)).to.equal(local && text(local));
    const after = await own.answer(trace, order({}), caller(), context.catalogue()).catch((error: Error) => error.name);
    expect(after).to.equal('JobInterrupted');
  });

  it('goes last where others want the processor, and alone', async function () {
    if (process.platform !== 'linux') this.skip();
    await (await post(TALLY, { events: 'events' })).text();
    const [pid] = analystsOf() as [number];
    expect(analystsOf()).to.have.length(1);
    // V8's and those that wait for files, too.
    expect(prioritiesOf(pid).length).to.be.above(5);
    expect(new Set(prioritiesOf(pid))).to.deep.equal(new Set([10]));
    expect(new Set(prioritiesOf(process.pid))).to.deep.equal(new Set([0]));
    const others = otherProcessors(readFileSync('/proc/self/status', 'latin1'));
    if (!others || !existsSync('/usr/bin/taskset')) return;
    await until('it is kept off a processor', async () => mayUse(pid, others));
    // Only that process has opened what answers this: connections of the test's own go last too.
    const asked = post(SLOW, { steps: 10 });
    await until('its connection is kept off a processor', async () => {
      const [backend] = await inSql<{ pid: number }>(
        "SELECT pid FROM pg_stat_activity WHERE query LIKE '%slow process%' AND pid <> pg_backend_pid() AND datname = current_database()",
      );
      return backend !== undefined && mayUse(backend.pid, others);
    });
    expect((await asked).status).to.equal(200);
    expect(mayUse(process.pid, others)).to.equal(false);
  });

  it('has the only connections of the lane for analyses, which says how it is', async () => {
    const before = server.database.lanes.analysis.stats();
    const asked = post(SLOW, { steps: 10 });
    const metrics = async () => (await fetch(`${server.url}/metrics`)).text();
    await until('the lane is said to be at work', async () =>
      /^azalai_lane_active\{lane="analysis"\} 1$/m.test(await metrics()),
    );
    expect(server.database.lanes.analysis.stats()).to.deep.equal(before);
    expect((await asked).status).to.equal(200);
    await until('it is said to rest', async () => /^azalai_lane_active\{lane="analysis"\} 0$/m.test(await metrics()));
    const done = /azalai_query_duration_seconds_count\{lane="analysis",outcome="completed"\} (\d+)/;
    expect(Number(done.exec(await metrics())?.[1])).to.be.at.least(10);
  });

  it('knows at once what was published', async () => {
    const count = async () => (await json<{ numbers: { events: number } }>(post(TALLY, { events: 'events' }))).numbers;
    expect((await count()).events).to.equal(2);
    const records = [eventRecord(1, 0, 16)];
    await server.database.transaction((run) => publish(run, EVENTS_LAYER, records, { generation: 2, seedHash: null }));
    await served(server, 'events', 2);
    expect((await count()).events).to.equal(1);
    const earlier = await json<{ numbers: { events: number } }>(
      post(TALLY, { events: 'events', generations: { events: 1 } }),
    );
    expect(earlier.numbers.events).to.equal(2);
  });

  it('says of what is wrong what would be said without it', async () => {
    const wrong: readonly (readonly [object, number, string])[] = [
      [{ within_km: 501 }, 400, 'InvalidParameter'],
      [{ events: 'events', filter: "colour = 'red'" }, 400, 'InvalidFilter'],
      [{ events: 'nowhere' }, 404, 'LayerNotFound'],
      [{ events: 'events', place: { collection: 'camps', item: 99999 } }, 404, 'FeatureNotFound'],
      [{ events: 'events', generations: { events: 77 } }, 400, 'InvalidParameter'],
      [{ events: 'events', within_km: 100 }, 400, 'AnalysisTooLarge'],
    ];
    for (const [inputs, status, code] of wrong) {
      const problem = await json<Record<string, unknown>>(post(TALLY, inputs));
      expect(problem, JSON.stringify(inputs)).to.include({ status, code });
      const failure = await here()
        .answer(TALLY, order(inputs as never, { access: PUBLIC_ACCESS }), caller(), server.context.catalogue())
        .catch((error: Error) => error);
      expect(problem.detail).to.equal((failure as Error).message);
    }
    const filter = await json<{ errors: object[] }>(post(TALLY, { events: 'events', filter: "colour = 'red'" }));
    expect(filter.errors[0]).to.include({ parameter: 'filter', position: 0 });
    const inside = await post(SLOW, { steps: 0, fails: true });
    expect(inside.status).to.equal(500);
    expect(await inside.text()).not.to.contain('secret');
  });

  it('ends the query of who goes away, and of a job that is dismissed', async () => {
    const { port } = new URL(server.url);
    const headers = { 'Content-Type': 'application/json' };
    const request = httpRequest({ port, path: '/processes/slow/execution', method: 'POST', headers });
    request.on('error', () => undefined);
    request.end(JSON.stringify({ inputs: { steps: 1000 } }));
    await until('it runs', async () => (await running()) === 1);
    request.destroy();
    await until('it has stopped', hasStopped);

    const job = (await post(SLOW, { steps: 1000 }, { Prefer: 'respond-async' })).headers.get('location') as string;
    await until('the job runs', async () => (await running()) === 1);
    const status = () => json<{ status: string; progress: number; message: string }>(fetch(job));
    await until('it says how far it is', async () => /^Step [1-9]/.test((await status()).message));
    await fetch(job, { method: 'DELETE' });
    await until('it has stopped', hasStopped);
    expect((await status()).status).to.equal('dismissed');
  });

  it('gives up at once what it has not heard of, busy as it is', async () => {
    const busy = post(RUINOUS, { how: 'busy', seconds: 1 });
    await pause(50);
    const controller = new AbortController();
    const asked = server.context.analysis.answer(
      ...([TALLY, order({}), { ...caller(), signal: controller.signal }, server.context.catalogue()] as const),
    );
    controller.abort();
    expect(await asked.catch((error: unknown) => error)).to.be.instanceOf(RequestAborted);
    expect((await busy).status).to.equal(200);
  });

  it('lets results be kept, beside the same bytes', async () => {
    const plain = await (await post(TALLY, { events: 'events', shown: 1 }, TOKEN)).text();
    const kept = await (await post(TALLY, { events: 'events', shown: 1, keep: true }, TOKEN)).text();
    const { kept: where } = JSON.parse(kept) as { kept: { collection: string; items: string }[] };
    expect(where).to.have.length(1);
    expect(kept.replace(/"kept":\[.*?\],/, '')).to.equal(plain);
    const items = await json<{ numberMatched: number }>(fetch(where[0]?.items as string, { headers: TOKEN }));
    expect(items.numberMatched).to.equal(1);
  });

  it('answers a job with the same bytes', async () => {
    const waited = await (await post(TALLY, { events: 'events' })).text();
    const job = (await post(TALLY, { events: 'events' }, { Prefer: 'respond-async' })).headers.get(
      'location',
    ) as string;
    await until('it is done', async () => (await fetch(`${job}/results`)).status === 200);
    expect(await (await fetch(`${job}/results`)).text()).to.equal(waited);
  });

  it('is replaced when it has died, with what it was at', async () => {
    const [died, beside] = await Promise.all([post(RUINOUS, { how: 'exit' }), post(SLOW, { steps: 1000 })]);
    expect([died.status, beside.status]).to.deep.equal([500, 500]);
    await until('the query beside it has ended', hasStopped);
    expect((await post(TALLY, { events: 'events' })).status).to.equal(200);
  });

  it('is replaced when the system has ended it, and what it was at can be asked again', async () => {
    const slow = post(SLOW, { steps: 1000 });
    await until('it runs', async () => (await running()) === 1);
    process.kill(analystsOf()[0] as number, 'SIGKILL');
    const ended = await slow;
    expect([ended.status, ended.headers.get('retry-after')]).to.deep.equal([503, '5']);
    expect(await ended.json()).to.include({ code: 'QueryTooLarge' });
    await until('the query has ended', hasStopped);
    expect((await post(TALLY, { events: 'events' })).status).to.equal(200);
  });

  it('is replaced when it has no memory left, and says what to do', async () => {
    const alone = await json<{ detail: string }>(post(RUINOUS, { how: 'memory' }));
    expect(alone).to.include({ status: 400, code: 'AnalysisTooLarge' });
    expect(alone.detail).to.match(/64 MB.*Narrow/);
    expect(failures.at(-1)).to.include({ signal: 'SIGABRT' });
    const slow = post(SLOW, { steps: 1000 });
    await until('one is under way', async () => (await running()) === 1);
    await post(RUINOUS, { how: 'memory' });
    const beside = await slow;
    expect([beside.status, beside.headers.get('retry-after')]).to.deep.equal([503, '5']);
    expect(await beside.json()).to.include({ code: 'QueryTooLarge' });
    expect((await post(TALLY, { events: 'events' })).status).to.equal(200);
  });

  it('ends with the server, busy or not', async () => {
    const others = analystsOf();
    const own = await startServer(({ analysis }) => ({ analysis: { ...analysis, processes: ANALYST_TOYS } }), {
      entry: ENTRY,
      onError: () => undefined,
    });
    const ask = (process: Process, inputs: object) =>
      own.context.analysis
        .answer(process, order(inputs as never), caller(), own.context.catalogue())
        .catch((error: Error) => error.name);
    await ask(TALLY, {});
    expect(analystsOf()).to.have.length(others.length + 1);
    const asked = [ask(SLOW, { steps: 1000 }), ask(RUINOUS, { how: 'busy', seconds: 60 })];
    await pause(100);
    await own.close();
    expect(await Promise.all(asked)).to.deep.equal(['JobInterrupted', 'JobInterrupted']);
    expect(analystsOf()).to.deep.equal(others);
  });
});

/** Ids of the processes that this one has begun to answer questions. */
function analystsOf(): number[] {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'latin1').trim().split(' ').filter(Boolean);
  return children.map(Number).filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(ENTRY));
}

/** Whether those are the processors that it may use, as a list. */
function mayUse(pid: number, processors: string): boolean {
  return readFileSync(`/proc/${pid}/status`, 'latin1').includes(`Cpus_allowed_list:\t${processors}\n`);
}

/** Of each thread of a process. */
function prioritiesOf(pid: number): number[] {
  // https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: behind the name in parentheses, the 17th.
  return readdirSync(`/proc/${pid}/task`).map((thread) => {
    const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'latin1');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
  });
}
