import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import pg from 'pg';
import { openCluster } from '../../server/db/cluster.ts';
import { type Database, type DatabaseOptions, openDatabase } from '../../server/db/database.ts';
import type { Outcome } from '../../server/db/lane.ts';
import { emptyDatabase, type TestDatabase } from '../support/database.ts';
import { type DatabaseProxy, openProxy } from '../support/proxy.ts';

const query = (text: string, ...values: unknown[]) => ({ text, values });
const sleep = (seconds: number) => query('SELECT 1 AS done, pg_sleep($1)', seconds);

/** Name of the error that a promise rejects with; 'done' when it does not. */
const fate = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: Error) => error.name,
  );

/** Resolves when the condition holds; the limit is there so that a failing test ends. */
async function until(condition: () => boolean | Promise<boolean>, limitMs = 8_000): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`it did not happen within ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('the lanes of the database', () => {
  let home: TestDatabase;
  let watcher: pg.Client;
  let database: Database;
  let lost: Error[];
  // An error that nobody hears fails a test by mocha itself; a leak of listeners is a warning only.
  const warnings: Error[] = [];
  const onWarning = (warning: Error) => warnings.push(warning);

  before(async () => {
    home = await emptyDatabase();
    watcher = new pg.Client(home.connection as pg.ClientConfig);
    await watcher.connect();
    process.on('warning', onWarning);
  });
  after(async () => {
    process.off('warning', onWarning);
    await watcher.end();
    await home.close();
  });
  beforeEach(() => {
    lost = [];
  });
  afterEach(async () => {
    await database.close();
    expect(warnings).to.deep.equal([]);
  });

  const open = (options?: DatabaseOptions, connection = home.connection) => {
    database = openDatabase(connection, (error) => lost.push(error), options);
    return database.lanes;
  };
  const ask = async <T>(text: string, ...values: unknown[]) =>
    (await watcher.query({ text, values, rowMode: 'array' })).rows[0]?.[0] as T;
  /** How many of our backends run something now. */
  const backends = () =>
    ask<number>(
      `SELECT count(*)::int FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'azalai' AND state <> 'idle' AND pid <> pg_backend_pid()`,
    );
  const atRest = () => until(() => Object.values(database.lanes).every(({ stats }) => stats().active === 0));

  describe('are apart', () => {
    it('answer a question at once while 500 slow tiles wait', async () => {
      const { tiles } = open();
      const leaving = new AbortController();
      const slow = Array.from({ length: 500 }, () => fate(tiles.run(sleep(10), leaving.signal)));
      await until(async () => (await backends()) === 4);
      expect(tiles.stats()).to.include({ active: 4, waiting: 496, max: 4, queueMax: 512 });
      expect(await database.run(query('SELECT 1 AS one'))).to.deep.equal([{ one: 1 }]);
      expect(await database.transaction((run) => run(query('SELECT 1 AS one')))).to.deep.equal([{ one: 1 }]);
      expect(tiles.stats().waiting).to.equal(496);
      leaving.abort();
      expect(new Set(await Promise.all(slow))).to.deep.equal(new Set(['RequestAborted']));
      await atRest();
      expect(await backends()).to.equal(0);
    });

    it('have settings of their own', async () => {
      open({ limits: { queries: { statementMs: 7_000 } } });
      const settings = query(
        `SELECT current_setting('statement_timeout') AS limit, current_setting('jit') AS jit,
         current_setting('max_parallel_workers_per_gather') AS workers, current_setting('timezone') AS zone`,
      );
      const common = { jit: 'off', zone: 'UTC' };
      expect(await database.runTile(settings)).to.deep.equal([{ ...common, limit: '15s', workers: '0' }]);
      expect(await database.run(settings)).to.deep.equal([{ ...common, limit: '7s', workers: '2' }]);
      const inJob = await database.transaction((run) => run(settings));
      expect(inJob).to.deep.equal([{ ...common, limit: '10min', workers: '2' }]);
    });

    it('turn away at once what finds the queue full, and later what waits too long', async () => {
      const { tiles } = open({ limits: { tiles: { max: 1, queueMax: 1, waitMs: 50 } } });
      const leaving = new AbortController();
      const running = fate(database.runTile(sleep(10), leaving.signal));
      const waiting = fate(database.runTile(sleep(0)));
      expect(await Promise.race([waiting, fate(database.runTile(sleep(0)))])).to.equal('LaneSaturated');
      expect(tiles.stats()).to.include({ active: 1, waiting: 1, saturated: 1 });
      expect(await waiting).to.equal('LaneSaturated');
      expect(tiles.stats()).to.include({ active: 1, waiting: 0, saturated: 2 });
      leaving.abort();
      expect(await running).to.equal('RequestAborted');
    });

    it('end a statement that runs too long', async () => {
      open({ limits: { queries: { max: 1, statementMs: 50 } } });
      expect(await fate(database.run(sleep(10)))).to.equal('QueryTimeout');
      expect(await fate(database.run(sleep(0)))).to.equal('done');
    });

    it('count what became of each query, and tell it as it happens', async () => {
      const heard: [string, Outcome, boolean][] = [];
      const { queries } = open({
        limits: { queries: { max: 1, queueMax: 0 } },
        onQuery: (lane, ms, outcome, waitedMs) => heard.push([lane, outcome, 0 <= waitedMs && waitedMs <= ms]),
      });
      // With a queue of none, each must find the place of the one before free.
      expect(await fate(database.run(sleep(0)))).to.equal('done');
      expect(await fate(database.run(query('SELECT 1/0')))).to.equal('error');
      const leaving = new AbortController();
      const aborted = fate(database.run(sleep(10), leaving.signal));
      expect(await fate(database.run(sleep(0)))).to.equal('LaneSaturated');
      leaving.abort();
      await aborted;
      const outcomes = { completed: 1, failed: 1, cancelled: 1, saturated: 1 };
      expect(queries.stats()).to.include(outcomes);
      expect(heard).to.have.deep.members(Object.keys(outcomes).map((outcome) => ['queries', outcome, true]));
    });
  });

  describe('hear that a client went away', () => {
    it('before it began: PostgreSQL is not touched', async () => {
      const connections = () =>
        ask<number>(
          `SELECT count(*)::int FROM pg_stat_activity
           WHERE datname = current_database() AND application_name = 'azalai'`,
        );
      // Those of the test before may still be ending.
      await until(async () => (await connections()) === 0);
      open();
      expect(await fate(database.run(sleep(10), AbortSignal.abort()))).to.equal('RequestAborted');
      expect(await fate(database.transaction(async () => 1, AbortSignal.abort()))).to.equal('RequestAborted');
      expect(await connections()).to.equal(0);
    });

    it('while it waits: it leaves the queue, and its query never runs', async () => {
      const { queries } = open({ limits: { queries: { max: 1 } } });
      await watcher.query('CREATE TABLE trace (who text)');
      const first = database.run(sleep(0.2));
      const leaving = new AbortController();
      const waiting = fate(database.run(query("INSERT INTO trace VALUES ('left')"), leaving.signal));
      expect(queries.stats().waiting).to.equal(1);
      leaving.abort();
      expect(queries.stats().waiting).to.equal(0);
      expect(await waiting).to.equal('RequestAborted');
      await first;
      await database.run(query("INSERT INTO trace VALUES ('stayed')"));
      expect(await database.run(query('SELECT who FROM trace'))).to.deep.equal([{ who: 'stayed' }]);
    });

    it('while it runs: the backend is free long before its query would have ended, and goes on to serve', async () => {
      open({ limits: { queries: { max: 1 } } });
      const backend = query('SELECT pg_backend_pid() AS pid');
      const [before] = await database.run<{ pid: number }>(backend);
      const leaving = new AbortController();
      const running = fate(database.run(sleep(20), leaving.signal));
      await until(async () => (await backends()) === 1);
      leaving.abort();
      expect(await running).to.equal('RequestAborted');
      await until(async () => (await backends()) === 0);
      expect(await database.run(backend)).to.deep.equal([before]);
    });

    it('in a transaction: everything is rolled back first', async () => {
      const { jobs } = open({ limits: { jobs: { max: 1 } } });
      await watcher.query('CREATE TABLE kept (n int)');
      const leaving = new AbortController();
      const work = database.transaction(async (run) => {
        await run(query('INSERT INTO kept VALUES (1)'));
        await run(sleep(20));
      }, leaving.signal);
      await until(async () => (await backends()) === 1);
      leaving.abort();
      expect(await fate(work)).to.equal('RequestAborted');
      expect(jobs.stats()).to.include({ active: 0, cancelled: 1 });
      expect(await ask('SELECT count(*)::int FROM kept')).to.equal(0);
      await database.transaction((run) => run(query('INSERT INTO kept VALUES (2)')));
      expect(await ask('SELECT array_agg(n) FROM kept')).to.deep.equal([2]);
    });

    it('200 times at any moment: no connection is lost, nobody else is cancelled, every answer is right', async () => {
      open({ limits: { queries: { max: 3 } } });
      const fates: [boolean, string][] = [];
      // 12 clients on 3 connections: an abort finds its query waiting, on its way, running, ending, or over.
      const client = async (_: unknown, who: number) => {
        for (let round = 0; round < 50; round += 1) {
          const n = 100 * who + round;
          const isLeaving = n % 3 === 0;
          const leaving = new AbortController();
          if (isLeaving) setTimeout(() => leaving.abort(), Math.random() * 16);
          const text = 'SELECT $1::int AS n, pg_sleep($2)';
          const answer = database.run<{ n: number }>(query(text, n, Math.random() * 0.006), leaving.signal).then(
            ([row]) => (row?.n === n ? 'right' : 'wrong'),
            (error: Error) => error.name,
          );
          fates.push([isLeaving, await answer]);
        }
      };
      await Promise.all(Array.from({ length: 12 }, client));
      const of = (leaving: boolean) => fates.filter(([isLeaving]) => isLeaving === leaving).map(([, word]) => word);
      expect(of(true).length).to.equal(200);
      expect(new Set(of(false))).to.deep.equal(new Set(['right']));
      expect(new Set(of(true))).to.deep.equal(new Set(['right', 'RequestAborted']));
      await atRest();
      const all = await Promise.all([1, 2, 3].map(() => fate(database.run(sleep(0.02)))));
      expect(all).to.deep.equal(['done', 'done', 'done']);
    });
  });

  describe('reached by TCP', () => {
    let proxy: DatabaseProxy;
    beforeEach(async () => {
      const name = await ask<string>('SELECT current_database()');
      proxy = await openProxy(process.env.TEST_CLUSTER_URL ?? '', name);
    });
    afterEach(() => proxy.close());

    const abortOne = async (seconds: number) => {
      const leaving = new AbortController();
      const running = fate(database.run(sleep(seconds), leaving.signal));
      await until(async () => (await backends()) === 1);
      leaving.abort();
      expect(await running).to.equal('RequestAborted');
    };

    it('cancel as well', async () => {
      open({}, proxy.connection);
      await abortOne(20);
      await until(async () => (await backends()) === 0);
      expect(proxy.cancels()).to.be.at.least(1);
    });

    it('hand a connection on only when a late cancel request can no longer hit the next query', async () => {
      const { queries } = open({ limits: { queries: { max: 1 } } }, proxy.connection);
      proxy.treat('hold');
      await abortOne(1);
      const next = fate(database.run(sleep(0.3)));
      await until(() => proxy.cancels() === 1);
      await until(async () => (await backends()) === 0);
      // The query ended by itself; its cancel request is still on its way, and the place still taken.
      expect(queries.stats()).to.include({ active: 1, waiting: 1 });
      proxy.open();
      expect(await next).to.equal('done');
    });

    it('give up a connection whose cancel request is in doubt', async () => {
      const { queries } = open({ limits: { queries: { max: 1 } } }, proxy.connection);
      const backend = query('SELECT pg_backend_pid() AS pid');
      const before = await database.run(backend);
      proxy.treat('swallow');
      await abortOne(20);
      const next = database.run(backend);
      expect(await next).to.not.deep.equal(before);
      // PostgreSQL sees that the connection is gone, and ends what it ran.
      await until(async () => (await backends()) === 0);
      expect(queries.stats()).to.include({ active: 0, cancelled: 1 });
    });

    it('cancel again when the request came before its query', async () => {
      open({ limits: { queries: { max: 1 } } }, proxy.connection);
      await database.run(sleep(0));
      for (let round = 0; round < 20; round += 1) {
        const leaving = new AbortController();
        const running = fate(database.run(sleep(20), leaving.signal));
        await Promise.resolve();
        setImmediate(() => leaving.abort());
        expect(await running).to.equal('RequestAborted');
      }
      await atRest();
      expect(await backends()).to.equal(0);
    });
  });

  describe('heal', () => {
    const endAll = () =>
      watcher.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = 'azalai'`,
      );

    it('when all connections are ended under load', async () => {
      const { queries, tiles } = open();
      const load = Array.from({ length: 20 }, (_, n) => fate((n % 2 ? queries : tiles).run(sleep(n < 8 ? 10 : 0.05))));
      await until(async () => (await backends()) === 8);
      await endAll();
      const fates = await Promise.all(load);
      expect(fates.filter((word) => word === 'DatabaseUnavailable').length).to.equal(8);
      expect(fates.filter((word) => word === 'done').length).to.equal(12);
      // Idle now; they die as well.
      await endAll();
      await until(() => lost.length === 8);
      expect(await fate(database.run(sleep(0)))).to.equal('done');
      expect(queries.stats().active + tiles.stats().active).to.equal(0);
    });

    it('when the connection of a transaction dies between two queries', async () => {
      const { jobs } = open({ limits: { jobs: { max: 1 } } });
      await watcher.query('CREATE TABLE half (n int)');
      const work = database.transaction(async (run) => {
        await run(query('INSERT INTO half VALUES (1)'));
        await endAll();
        await new Promise((resolve) => setTimeout(resolve, 50));
        await run(query('INSERT INTO half VALUES (2)'));
      });
      expect(await fate(work)).to.equal('DatabaseUnavailable');
      expect(await ask('SELECT count(*)::int FROM half')).to.equal(0);
      await database.transaction((run) => run(query('INSERT INTO half VALUES (3)')));
      expect(await ask('SELECT array_agg(n) FROM half')).to.deep.equal([3]);
      expect(jobs.stats()).to.include({ active: 0, completed: 1, failed: 1 });
    });

    it('when PostgreSQL itself is restarted under load', async function () {
      this.timeout(60_000);
      const folder = mkdtempSync(join(tmpdir(), 'azalai-lanes-'));
      // As root the server runs under another user, which must be able to pass.
      chmodSync(folder, 0o755);
      const log = { info: () => undefined, warn: () => undefined };
      const cluster = await openCluster({ dataDir: folder, log, fsync: false });
      try {
        const { queries } = open({}, cluster.connection);
        const fates: string[] = [];
        let isOver = false;
        const client = async () => {
          while (!isOver) {
            fates.push(await fate(database.run(sleep(0.02))));
            await new Promise((resolve) => setTimeout(resolve, 5));
          }
        };
        const clients = Array.from({ length: 8 }, client);
        for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
          const [pid] = readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n');
          await until(() => fates.at(-1) === 'done');
          process.kill(Number(pid), signal);
          await until(() => fates.at(-1) === 'DatabaseUnavailable');
          await until(() => fates.at(-1) === 'done', 30_000);
        }
        isOver = true;
        await Promise.all(clients);
        expect(new Set(fates)).to.deep.equal(new Set(['done', 'DatabaseUnavailable']));
        expect(queries.stats()).to.include({ active: 0, waiting: 0 });
        await database.close();
        open();
      } finally {
        await cluster.stop();
        rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      }
    });

    it('when the work of a transaction fails: nothing of it stays, and its connection serves on', async () => {
      open({ limits: { jobs: { max: 1 } } });
      await watcher.query('CREATE TABLE none (n int)');
      const backend = query('SELECT pg_backend_pid() AS pid');
      const before = await database.transaction((run) => run(backend));
      const work = database.transaction(async (run) => {
        await run(query('INSERT INTO none VALUES (1)'));
        throw new RangeError('of the work itself');
      });
      expect(await fate(work)).to.equal('RangeError');
      expect(await database.transaction((run) => run(backend))).to.deep.equal(before);
      expect(await ask('SELECT count(*)::int FROM none')).to.equal(0);
      // Of this database: the tests that run beside these have theirs open in the same cluster.
      const idle = `SELECT count(*)::int FROM pg_stat_activity
        WHERE datname = current_database() AND state LIKE 'idle in transaction%'`;
      expect(await ask(idle)).to.equal(0);
    });

    it('refuse to call a broken transaction done', async () => {
      open();
      const work = database.transaction(async (run) => {
        await run(query('SELECT 1/0')).catch(() => undefined);
        return 'well';
      });
      expect(await fate(work)).to.equal('Error');
    });
  });

  it('close: what waits is turned away, what runs may finish', async () => {
    open({ limits: { queries: { max: 1 } } });
    const running = fate(database.run(sleep(0.7)));
    const waiting = fate(database.run(sleep(0)));
    await until(async () => (await backends()) === 1);
    const closing = database.close();
    expect(await Promise.race([running, waiting])).to.equal('DatabaseUnavailable');
    expect(await running).to.equal('done');
    await closing;
    open();
  });

  it('close on what runs too long for it: it loses its connection, and PostgreSQL ends it', async () => {
    open();
    const running = fate(database.run(sleep(20)));
    await until(async () => (await backends()) === 1);
    await database.close(50);
    expect(await running).to.equal('DatabaseUnavailable');
    await until(async () => (await backends()) === 0);
    open();
  });
});
