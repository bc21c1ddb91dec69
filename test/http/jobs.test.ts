import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { type JobAnswer, openAnalysisJobs } from '../../server/jobs/analysis/jobs.ts';
import { sweepAnalysis } from '../../server/jobs/analysis/sweep.ts';
import { publish } from '../../server/jobs/publish.ts';
import { EVENTS_LAYER, eventRecord } from '../support/layers.ts';
import { until } from '../support/process.ts';
import { served } from '../support/served.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';
import { TOYS } from '../support/toy-processes.ts';

const TOKEN = { Authorization: `Bearer ${TEST_TOKEN}` };
const EXCEPTIONS = 'http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0';

interface StatusInfo {
  readonly processID: string;
  readonly type: string;
  readonly jobID: string;
  readonly status: string;
  readonly message: string;
  readonly progress: number;
  readonly created: string;
  readonly started?: string;
  readonly finished?: string;
  readonly updated: string;
  readonly expires: string;
  readonly links: readonly { readonly rel: string; readonly href: string }[];
}

/** Questions whose answers are come back for. */
describe('Jobs', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer(({ analysis }) => ({ analysis: { ...analysis, processes: TOYS } }));
    const records = [eventRecord(1, 0, 16), eventRecord(2, 1, 17), eventRecord(3, 2, 18, { handling: 'restricted' })];
    await server.database.transaction((run) => publish(run, EVENTS_LAYER, records, { generation: 1, seedHash: null }));
    await served(server, 'events', 1);
  });
  after(() => server.close());

  const ask = (process: string, inputs: object, headers: Record<string, string> = {}, more: object = {}) =>
    fetch(`${server.url}/processes/${process}/execution`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Prefer: 'wait=1, Respond-Async', ...headers },
      body: JSON.stringify({ inputs, ...more }),
    });
  const begin = async (...given: Parameters<typeof ask>) => {
    const response = await ask(...given);
    expect(response.status, await response.clone().text()).to.equal(201);
    return (await response.json()) as StatusInfo;
  };
  const at = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`${server.url}${path}`, { headers, method });
  const info = async (id: string, headers: Record<string, string> = {}) =>
    (await (await at(`/jobs/${id}`, headers)).json()) as StatusInfo;
  const ends = (id: string, headers: Record<string, string> = {}) =>
    until('the job ends', async () => !['accepted', 'running'].includes((await info(id, headers)).status));
  const inSql = async <Row>(text: string, ...values: unknown[]) => server.database.run<Row>({ text, values });
  const running = async () => {
    const [row] = await inSql<{ count: number }>(
      "SELECT count(*) AS count FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%slow process%' AND pid <> pg_backend_pid() AND datname = current_database()",
    );
    return row?.count;
  };
  /** Between two queries of a process there is none for a moment. */
  const hasStopped = async () => {
    for (let look = 0; look < 10; look++) {
      if ((await running()) !== 0) return false;
      await pause(50);
    }
    return true;
  };

  it('are taken at once, and say how they are until they are done', async () => {
    const response = await ask('slow', { steps: 4 });
    expect(response.status).to.equal(201);
    expect(response.headers.get('preference-applied')).to.equal('respond-async');
    expect(response.headers.get('cache-control')).to.equal('no-store');
    const job = (await response.json()) as StatusInfo;
    expect(response.headers.get('location')).to.equal(`${server.url}/jobs/${job.jobID}`);
    expect(job).to.include({ processID: 'slow', type: 'process', status: 'accepted', progress: 0 });
    expect(job.message).to.equal('Waiting for its turn.');

    const early = (await (await at(`/jobs/${job.jobID}/results`)).json()) as { type: string; status: number };
    expect(early).to.include({ type: `${EXCEPTIONS}/result-not-ready`, status: 404 });

    const seen: StatusInfo[] = [];
    await until('it is done', async () => {
      seen.push(await info(job.jobID));
      return seen.at(-1)?.status === 'successful';
    });
    const underway = seen.filter(({ status, progress }) => status === 'running' && progress > 0);
    expect(underway[0]?.message).to.match(/^Step \d$/);
    for (const [index, { progress }] of seen.entries()) expect(progress).to.be.at.least(seen[index - 1]?.progress ?? 0);
    const last = seen.at(-1) as StatusInfo;
    expect(last).to.include({ progress: 100, message: 'Done.' });
    const french = (await (await at(`/jobs/${job.jobID}?lang=fr`)).json()) as StatusInfo;
    expect(french.message).to.equal('Terminé.');
    const times = [last.created, last.started, last.finished].map((time) => Date.parse(time as string));
    expect(times).to.deep.equal(times.toSorted((a, b) => a - b));
    expect((Date.parse(last.expires) - Date.parse(last.created)) / 86_400_000).to.equal(7);
    const result = last.links.find(({ rel }) => rel.endsWith('/results'));
    expect((await fetch(result?.href as string)).status).to.equal(200);
  });

  it('give the same bytes as an answer that was waited for, packed or not', async () => {
    const question = { events: 'events', shown: 2 };
    const waited = await (await ask('tally', question, { Prefer: '' })).text();
    const { jobID } = await begin('tally', question);
    await ends(jobID);
    const packed = await at(`/jobs/${jobID}/results`);
    expect(packed.headers.get('content-encoding')).to.equal('gzip');
    expect(packed.headers.get('vary')).to.match(/Accept-Encoding/);
    expect(await packed.text()).to.equal(waited);
    const plain = await at(`/jobs/${jobID}/results`, { 'Accept-Encoding': 'identity' });
    expect([plain.headers.get('content-encoding'), await plain.text()]).to.deep.equal([null, waited]);

    const document = await begin('tally', question, {}, { response: 'document' });
    await ends(document.jobID);
    const { result } = (await (await at(`/jobs/${document.jobID}/results`)).json()) as { result: { value: unknown } };
    expect(result.value).to.deep.equal(JSON.parse(waited));
  });

  it('say at once what is wrong with a question, and keep what goes wrong later', async () => {
    expect((await ask('tally', { within_km: 501 })).status).to.equal(400);
    expect((await ask('nothing', {})).status).to.equal(404);

    const inside = await begin('slow', { steps: 0, fails: true });
    await ends(inside.jobID);
    const failed = await info(inside.jobID);
    expect(failed.status).to.equal('failed');
    expect(JSON.stringify(failed)).not.to.contain('secret');
    const internal = await at(`/jobs/${inside.jobID}/results`);
    expect(internal.status).to.equal(500);
    expect(internal.headers.get('content-type')).to.match(/problem/);

    const { jobID } = await begin('tally', { events: 'events', filter: "colour = 'red'" });
    await ends(jobID);
    const problem = (await (await at(`/jobs/${jobID}/results`)).json()) as Record<string, unknown>;
    expect(problem).to.include({ status: 400, code: 'InvalidFilter', instance: `/jobs/${jobID}/results` });
    expect((await info(jobID)).message).to.equal(problem.detail);
  });

  it('may take longer than an answer that is waited for', async () => {
    const { jobID } = await begin('tally', { events: 'events', within_km: 30 });
    await ends(jobID);
    expect((await info(jobID)).status).to.equal('successful');
  });

  it('end when they are dismissed, and so does their query', async () => {
    const { jobID } = await begin('slow', { steps: 1000 });
    await until('it runs', async () => (await running()) === 1);
    const dismissed = (await (await at(`/jobs/${jobID}`, {}, 'DELETE')).json()) as StatusInfo;
    expect(dismissed).to.include({ jobID, status: 'dismissed', message: 'Dismissed.' });
    await until('its query has ended', hasStopped);
    expect((await at(`/jobs/${jobID}/results`)).status).to.equal(410);
    expect((await info(jobID)).status).to.equal('dismissed');
    expect((await at(`/jobs/${jobID}`, {}, 'DELETE')).status).to.equal(200);
  });

  it('end when it is said elsewhere that they are not wanted', async () => {
    const { jobID } = await begin('slow', { steps: 1000 });
    await until('it runs', async () => (await running()) === 1);
    await inSql("UPDATE azalai.job SET state = 'dismissed' WHERE id = $1", jobID);
    await until('its query has ended', hasStopped);
    expect((await info(jobID)).status).to.equal('dismissed');
  });

  it('wait for their turn, never begin when they are dismissed before, and are turned away when too many wait', async () => {
    const first = await begin('slow', { steps: 1000 });
    const waiting: StatusInfo[] = [];
    for (let index = 0; index < 12; index++) waiting.push(await begin('slow', { steps: 1 }));
    const refused = await ask('slow', {});
    expect([refused.status, refused.headers.get('retry-after')]).to.deep.equal([503, '30']);
    expect(((await refused.json()) as { code: string }).code).to.equal('JobsFull');
    for (const { jobID } of waiting) expect((await info(jobID)).status).to.equal('accepted');
    for (const { jobID } of waiting.slice(1)) await at(`/jobs/${jobID}`, {}, 'DELETE');
    await at(`/jobs/${first.jobID}`, {}, 'DELETE');
    await ends((waiting[0] as StatusInfo).jobID);
    expect((await info((waiting[0] as StatusInfo).jobID)).status).to.equal('successful');
    const begun = await inSql<{ count: number }>(
      'SELECT count(*) AS count FROM azalai.job WHERE id = ANY($1::uuid[]) AND started_at IS NOT NULL',
      waiting.slice(1).map(({ jobID }) => jobID),
    );
    expect(begun[0]?.count).to.equal(0);
  });

  it('have places for who has the token where too many others wait, and the next turn', async () => {
    const first = await begin('slow', { steps: 1000 });
    const others: StatusInfo[] = [];
    for (let index = 0; index < 12; index++) others.push(await begin('slow', { steps: 0 }));
    expect((await ask('slow', {})).status).to.equal(503);
    const [mine, ...rest] = [await begin('slow', { steps: 0 }, TOKEN), await begin('slow', { steps: 0 }, TOKEN)];
    for (let index = 0; index < 2; index++) rest.push(await begin('slow', { steps: 0 }, TOKEN));
    expect((await ask('slow', {}, TOKEN)).status).to.equal(503);
    for (const { jobID } of [...others.slice(1), ...rest]) await at(`/jobs/${jobID}`, TOKEN, 'DELETE');
    await at(`/jobs/${first.jobID}`, {}, 'DELETE');
    const both = [mine, others[0]].map((job) => (job as StatusInfo).jobID);
    for (const id of both) await ends(id, TOKEN);
    const begun = await inSql<{ id: string }>(
      'SELECT id FROM azalai.job WHERE id = ANY($1::uuid[]) ORDER BY started_at',
      both,
    );
    expect(begun.map(({ id }) => id)).to.deep.equal(both);
  });

  it('are not weighed where too many wait already', async () => {
    const first = await begin('slow', { steps: 1000 });
    const waiting: StatusInfo[] = [];
    for (let index = 0; index < 12; index++) waiting.push(await begin('slow', { steps: 0 }));
    // What is wrong with it is found out by weighing it.
    expect((await ask('tally', { within_km: 501 })).status).to.equal(503);
    for (const { jobID } of [...waiting, first]) await at(`/jobs/${jobID}`, {}, 'DELETE');
    await until('there is room', async () => (await ask('tally', { within_km: 501 })).status === 400);
  });

  it('keep nothing of what was asked', async () => {
    const { jobID } = await begin('tally', { events: 'events', filter: "kind = 'a telling word'" });
    await ends(jobID);
    const [row] = await inSql<{ all: string }>('SELECT job::text AS all FROM azalai.job WHERE id = $1', jobID);
    expect(row?.all).to.contain(jobID).and.not.to.contain('telling');
  });

  it('are listed for who has the token, the newest first, page by page', async () => {
    expect((await at('/jobs')).status).to.equal(401);
    expect((await at('/jobs', { Authorization: 'Bearer another' })).status).to.equal(401);
    const listed = async (query: string) =>
      (await (await at(`/jobs${query}`, TOKEN)).json()) as { jobs: StatusInfo[]; links: StatusInfo['links'] };
    const { jobs, links } = await listed('');
    const times = jobs.map(({ created }) => created);
    expect(times).to.deep.equal(times.toSorted().toReversed());
    expect(links.some(({ rel }) => rel === 'next')).to.equal(false);
    const page = await listed('?limit=3');
    expect(page.jobs.map(({ jobID }) => jobID)).to.deep.equal(jobs.slice(0, 3).map(({ jobID }) => jobID));
    const next = page.links.find(({ rel }) => rel === 'next')?.href.replace(/^.*\/jobs/, '') as string;
    expect((await listed(next)).jobs.map(({ jobID }) => jobID)).to.deep.equal(
      jobs.slice(3, 6).map(({ jobID }) => jobID),
    );
  });

  it('that were asked with the token are found with it only, as if there were none', async () => {
    const { jobID } = await begin('tally', { events: 'events' }, TOKEN);
    await ends(jobID, TOKEN);
    const result = (await (await at(`/jobs/${jobID}/results`, TOKEN)).json()) as { numbers: { events: number } };
    expect(result.numbers.events).to.equal(3);
    const unknown = '00000000-0000-4000-8000-000000000000';
    const plain = async (id: string, method = 'GET', rest = '') => {
      const response = await at(`/jobs/${id}${rest}`, {}, method);
      const { type, status, detail } = (await response.json()) as Record<string, unknown>;
      return JSON.stringify([type, status, detail]).replaceAll(id, 'ID');
    };
    const nothing = await plain(unknown);
    expect(nothing).to.contain(`${EXCEPTIONS}/no-such-job`);
    expect(await plain(jobID)).to.equal(nothing);
    expect(await plain(jobID, 'DELETE')).to.equal(nothing);
    expect(await plain(jobID, 'GET', '/results')).to.equal(nothing);
    expect(await plain('no-id-at-all')).to.equal(nothing);
    expect((await info(jobID, TOKEN)).status).to.equal('successful');
  });

  it('keep texts that a database does not like', async () => {
    for (const filter of ['\ud800', '\uffff', '\u0001']) {
      const response = await ask('tally', { events: 'events', filter: `kind = '${filter}'` });
      expect(response.status, JSON.stringify(filter)).to.be.oneOf([201, 400]);
      if (response.status === 400) continue;
      const { jobID } = (await response.json()) as StatusInfo;
      await ends(jobID);
      expect((await info(jobID)).status).to.be.oneOf(['successful', 'failed']);
    }
  });

  it('expire with their results, and are swept', async () => {
    const { jobID } = await begin('tally', { events: 'events' });
    await ends(jobID);
    await inSql("UPDATE azalai.job SET expires_at = now() - interval '1 second' WHERE id = $1", jobID);
    expect((await at(`/jobs/${jobID}`)).status).to.equal(404);
    expect((await at(`/jobs/${jobID}/results`)).status).to.equal(404);
    await sweepAnalysis(server.database);
    expect(await inSql('SELECT id FROM azalai.job WHERE id = $1', jobID)).to.deep.equal([]);
  });

  it('are swept before their time where there are too many, or their results too large, the oldest first', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 4; index++) {
      const { jobID } = await begin('tally', { events: 'events', shown: index });
      await ends(jobID);
      ids.push(jobID);
    }
    const held = await begin('slow', { steps: 1000 });
    const left = async () => {
      const rows = await inSql<{ id: string }>('SELECT id FROM azalai.job ORDER BY created_at');
      return rows.map(({ id }) => id);
    };
    await sweepAnalysis(server.database, { jobs: 3, bytes: 1e9 });
    expect(await left()).to.deep.equal([...ids.slice(1), held.jobID]);
    const [{ bytes } = { bytes: 0 }] = await inSql<{ bytes: number }>(
      'SELECT sum(octet_length(result)) AS bytes FROM azalai.job WHERE id = ANY($1::uuid[])',
      ids.slice(2),
    );
    await sweepAnalysis(server.database, { jobs: 3, bytes });
    expect(await left()).to.deep.equal([...ids.slice(2), held.jobID]);
    // What went wrong takes room too: it may quote a long question.
    await inSql("UPDATE azalai.job SET problem = '{}' WHERE id = $1", ids[3]);
    await sweepAnalysis(server.database, { jobs: 3, bytes });
    expect(await left()).to.deep.equal([...ids.slice(3), held.jobID]);
    await at(`/jobs/${held.jobID}`, {}, 'DELETE');
  });

  it('have failed when their process was killed, and nothing of them is left in the database', async () => {
    const script = path.resolve(import.meta.dirname, '../support/job-process.ts');
    const connection = JSON.stringify(server.database.connection);
    const child = spawn(process.execPath, ['--import', './scripts/test/strip.mjs', script, connection]);
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    const id = said.toString().trim();
    const locks = async () => {
      const [row] = await inSql<{ count: number }>(
        "SELECT count(*) AS count FROM pg_locks WHERE locktype = 'advisory' AND objid = 730 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
      );
      return row?.count;
    };
    await until('it runs', async () => (await locks()) === 1);
    await until('it says how far it is', async () => (await info(id)).progress === 50);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await until('its lock is gone', async () => (await locks()) === 0);
    expect((await info(id)).status, 'it may only be slow').to.equal('running');
    await inSql("UPDATE azalai.job SET heartbeat_at = heartbeat_at - interval '30 seconds' WHERE id = $1", id);
    const failed = await info(id);
    expect(failed).to.include({ status: 'failed' });
    expect(failed.message).to.match(/ended before it was done/);
    const result = await at(`/jobs/${id}/results`);
    expect([result.status, ((await result.json()) as { code: string }).code]).to.deep.equal([503, 'JobInterrupted']);
  });

  it('that are still held stay as they are however long they take', async () => {
    const { jobID } = await begin('slow', { steps: 8 });
    await until('it runs', async () => (await info(jobID)).status === 'running');
    await inSql("UPDATE azalai.job SET heartbeat_at = heartbeat_at - interval '29 seconds' WHERE id = $1", jobID);
    await pause(1_200);
    expect((await info(jobID)).status).to.equal('running');
    await ends(jobID);
    expect((await info(jobID)).status).to.equal('successful');
  });

  it('fail when the server is stopped, those that wait too', async () => {
    const { run } = server.database;
    const jobs = openAnalysisJobs({
      ...{ run, keepDays: 1, onError: () => undefined },
      toProblem: () => ({ title: '', status: 500, detail: 'not this' }),
    });
    const order = { process: 'slow', response: 'raw', access: 'public' } as const;
    const work = (signal: AbortSignal) =>
      new Promise<JobAnswer>((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('ended')));
      });
    const both = [await jobs.submit(order, work), await jobs.submit(order, work)];
    await jobs.close();
    for (const { id } of both) {
      const job = await info(id);
      expect(job.status).to.equal('failed');
      expect(job.message).to.match(/ended before it was done/);
    }
  });
});
