import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import pg from 'pg';
import { choosePlace, socketFolder } from '../../server/db/cluster/place.ts';
import { alive, findPostmaster } from '../../server/db/cluster/postmaster.ts';
import { type Cluster, openCluster } from '../../server/db/cluster.ts';
import { findPostgres } from '../../server/db/postgres-binaries.ts';
import { PREFIX } from '../support/cluster.ts';

const ROOT = process.getuid?.() === 0;

describe('the private cluster', function () {
  this.timeout(60_000);
  let temp: string;
  let dataDir: string;
  let said: string[];
  const opened: Cluster[] = [];
  const pids = new Set<number>();
  const sockets = new Set<string>();

  const log = { info: (message: string) => said.push(message), warn: (message: string) => said.push(message) };
  const open = async (folder = dataDir, fsync = false) => {
    const cluster = await openCluster({ dataDir: folder, log, fsync, elsewhere: join(temp, 'elsewhere') });
    opened.push(cluster);
    pids.add(cluster.pid);
    sockets.add(cluster.connection.host);
    return cluster;
  };
  const ask = async (cluster: Cluster, text: string): Promise<unknown> => {
    const client = new pg.Client(cluster.connection);
    await client.connect();
    try {
      const { rows } = await client.query({ text, rowMode: 'array' });
      return (rows as unknown[][])[0]?.[0];
    } finally {
      await client.end();
    }
  };
  const failure = async (work: Promise<unknown>): Promise<string> => {
    try {
      await work;
    } catch (cause) {
      return (cause as Error).message;
    }
    throw new Error('it should have failed');
  };

  /** A Node process of its own that opens the cluster, runs `then`, and stays until it is killed. */
  const otherProcess = (then: string, folder = dataDir): ChildProcess => {
    const module = JSON.stringify(new URL('../../server/db/cluster.ts', import.meta.url).href);
    const code = `
      import { openCluster } from ${module};
      import pg from 'pg';
      const log = { info() {}, warn() {} };
      const cluster = await openCluster({ dataDir: ${JSON.stringify(folder)}, log });
      const client = new pg.Client(cluster.connection);
      await client.connect();
      ${then}
      console.log('pid ' + cluster.pid);
      setInterval(() => {}, 1000);`;
    return spawn(process.execPath, ['--import', './scripts/test/strip.mjs', '--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  };
  const announced = async (child: ChildProcess): Promise<number> => {
    const [line] = await once(child.stdout as NonNullable<typeof child.stdout>, 'data');
    const pid = Number(/pid (\d+)/.exec(String(line))?.[1]);
    pids.add(pid);
    sockets.add(findPostmaster(join(dataDir, 'postgres'))?.socketDir ?? '');
    return pid;
  };
  const killed = async (child: ChildProcess): Promise<void> => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  const gone = async (pid: number): Promise<boolean> => {
    for (let waited = 0; waited < 5_000 && alive(pid); waited += 20) await delay(20);
    return !alive(pid);
  };

  beforeEach(() => {
    temp = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
    // mkdtemp makes it 0700, and as root the server runs under another user.
    chmodSync(temp, 0o755);
    dataDir = join(temp, 'data');
    said = [];
  });
  afterEach(async () => {
    for (const cluster of opened.splice(0)) await cluster.stop().catch(() => {});
    for (const pid of pids) if (alive(pid)) process.kill(pid, 'SIGQUIT');
    for (const pid of pids) await gone(pid);
    pids.clear();
    // A server that was killed leaves its socket.
    for (const folder of sockets) if (folder !== '') rmSync(folder, { recursive: true, force: true });
    sockets.clear();
    rmSync(temp, { recursive: true, force: true, maxRetries: 5 });
  });

  it('is made on the first start: UTF-8, durable, on a unix socket only', async () => {
    const cluster = await open(dataDir, true);
    expect(cluster.owned).to.equal(true);
    expect(await ask(cluster, 'SHOW server_encoding')).to.equal('UTF8');
    expect(await ask(cluster, 'SHOW lc_collate')).to.equal('C.UTF-8');
    expect(await ask(cluster, 'SHOW fsync')).to.equal('on');
    expect(await ask(cluster, 'SHOW full_page_writes')).to.equal('on');
    expect(await ask(cluster, 'SHOW listen_addresses')).to.equal('');
    expect(await ask(cluster, 'SHOW timezone')).to.equal('UTC');
    expect(
      await ask(cluster, "SELECT default_version >= '3.3' FROM pg_available_extensions WHERE name = 'postgis'"),
    ).to.equal(true);
    expect(statSync(join(dataDir, 'postgres')).mode & 0o777).to.equal(0o700);
    expect(statSync(cluster.connection.host).mode & 0o777).to.equal(0o700);
  });

  it('is reached by its URL too, through pg and through libpq', async () => {
    const cluster = await open();
    const client = new pg.Client(cluster.url);
    await client.connect();
    expect((await client.query('SELECT current_database() AS name')).rows[0].name).to.equal('azalai');
    await client.end();
    const psql = spawn(join(findPostgres()?.bin ?? '', 'psql'), ['-tAc', 'SELECT current_user', cluster.url]);
    const [printed] = await once(psql.stdout, 'data');
    expect(String(printed).trim()).to.equal('azalai');
  });

  it('keeps its rows over a stop and opens again within 3 s', async () => {
    const first = await open();
    await ask(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    const began = Date.now();
    const second = await open();
    expect(await ask(second, 'SELECT answer FROM kept')).to.equal(42);
    expect(Date.now() - began).to.be.below(3_000);
    expect(second.pid).not.to.equal(first.pid);
  });

  it('stops for good: no process, no socket, and a second stop is quiet', async () => {
    const cluster = await open();
    const socket = cluster.connection.host;
    expect(existsSync(socket)).to.equal(true);
    await cluster.stop();
    expect(alive(cluster.pid)).to.equal(false);
    expect(existsSync(socket)).to.equal(false);
    await cluster.stop();
    expect(findPostmaster(join(dataDir, 'postgres'))).to.equal(undefined);
  });

  it('finds the server of a killed Node process, with every row, and ends it afterwards', async () => {
    const child = otherProcess("await client.query('CREATE TABLE kept AS SELECT 7 AS answer');");
    const pid = await announced(child);
    await killed(child);
    expect(alive(pid), 'the server outlives its Node process').to.equal(true);
    const began = Date.now();
    const cluster = await open();
    expect(Date.now() - began).to.be.below(3_000);
    expect(cluster.pid).to.equal(pid);
    expect(cluster.owned).to.equal(false);
    expect(await ask(cluster, 'SELECT answer FROM kept')).to.equal(7);
    await cluster.stop();
    expect(await gone(pid)).to.equal(true);
  });

  it('recovers when Node and PostgreSQL were both killed', async () => {
    const child = otherProcess("await client.query('CREATE TABLE kept AS SELECT 7 AS answer');");
    const pid = await announced(child);
    await killed(child);
    process.kill(pid, 'SIGKILL');
    await gone(pid);
    expect(existsSync(join(dataDir, 'postgres/postmaster.pid')), 'the stale file is there').to.equal(true);
    const cluster = await open();
    expect(cluster.owned).to.equal(true);
    expect(await ask(cluster, 'SELECT answer FROM kept')).to.equal(7);
  });

  it('starts when the pid of a stale file now belongs to another program of the same user', async () => {
    await (await open()).stop();
    const pgdata = join(dataDir, 'postgres');
    const owner = statSync(pgdata);
    const ids = ROOT ? { uid: owner.uid, gid: owner.gid } : {};
    const sleeper = spawn('sleep', ['60'], { ...ids, cwd: '/', stdio: 'ignore' });
    try {
      const file = join(pgdata, 'postmaster.pid');
      writeFileSync(file, `${sleeper.pid}\n${pgdata}\n1700000000\n5432\n/tmp/none\n\n     0 0\nready   \n`, {
        mode: 0o600,
      });
      if (ROOT) chownSync(file, owner.uid, owner.gid);
      const cluster = await open();
      expect(cluster.owned).to.equal(true);
      expect(await ask(cluster, 'SELECT 1')).to.equal(1);
    } finally {
      sleeper.kill();
    }
  });

  it('starts when the lock of its socket names another program of the same user', async () => {
    const first = await open();
    const socketDir = first.connection.host;
    const { uid, gid } = statSync(socketDir);
    await first.stop();
    mkdirSync(socketDir, { mode: 0o700 });
    const ids = ROOT ? { uid, gid } : {};
    const sleeper = spawn('sleep', ['60'], { ...ids, cwd: '/', stdio: 'ignore' });
    try {
      const file = join(socketDir, '.s.PGSQL.5432.lock');
      writeFileSync(file, `${sleeper.pid}\n${dataDir}/postgres\n1700000000\n5432\n${socketDir}\n`, { mode: 0o600 });
      if (ROOT) for (const path of [socketDir, file]) chownSync(path, uid, gid);
      expect(await ask(await open(), 'SELECT 1')).to.equal(1);
    } finally {
      sleeper.kill();
    }
  });

  it('starts again a server whose socket was cleaned away', async () => {
    const child = otherProcess("await client.query('CREATE TABLE kept AS SELECT 7 AS answer');");
    const pid = await announced(child);
    await killed(child);
    const socketDir = findPostmaster(join(dataDir, 'postgres'))?.socketDir ?? '';
    rmSync(socketDir, { recursive: true });
    const cluster = await open();
    expect(cluster.pid).not.to.equal(pid);
    expect(await ask(cluster, 'SELECT answer FROM kept')).to.equal(7);
    expect(said.join()).to.include('no longer answers');
  });

  it('is shared by two, and the one that leaves last ends it, not the one that started it', async () => {
    const first = await open();
    const second = await open();
    expect(second.pid).to.equal(first.pid);
    expect([first.owned, second.owned]).to.deep.equal([true, false]);
    await first.stop();
    expect(await ask(second, 'SELECT 1'), 'still served').to.equal(1);
    await second.stop();
    expect(await gone(first.pid)).to.equal(true);
  });

  it('is made once when two processes start at the same moment on an empty folder', async () => {
    const children = [otherProcess(''), otherProcess('')];
    const seen = await Promise.all(children.map(announced));
    expect(seen[0]).to.equal(seen[1]);
    await Promise.all(children.map(killed));
    expect(readdirSync(dataDir).filter((name) => name.startsWith('postgres.init'))).to.deep.equal([]);
  });

  it('comes back by itself when PostgreSQL is killed under it', async () => {
    const cluster = await open(dataDir, true);
    await ask(cluster, 'CREATE TABLE kept AS SELECT 7 AS answer');
    process.kill(cluster.pid, 'SIGKILL');
    await gone(cluster.pid);
    let answer: unknown;
    for (let attempt = 0; attempt < 100 && answer === undefined; attempt += 1) {
      answer = await ask(cluster, 'SELECT answer FROM kept').catch(() => delay(100));
    }
    expect(answer).to.equal(7);
    const pid = findPostmaster(join(dataDir, 'postgres'))?.pid ?? 0;
    pids.add(pid);
    await cluster.stop();
    expect(await gone(pid)).to.equal(true);
  });

  it('lives in a folder whose path is far longer than a socket may have', async () => {
    const deep = join(temp, ...Array.from({ length: 6 }, () => 'a-folder-with-a-long-name-as-in-a-home-of-a-network'));
    const cluster = await open(deep);
    expect(deep.length).to.be.above(250);
    expect(Buffer.byteLength(join(cluster.connection.host, '.s.PGSQL.5432'))).to.be.at.most(107);
    expect(await ask(cluster, 'SELECT 1')).to.equal(1);
  });

  it('takes another name when somebody else holds that of its socket folder', function () {
    if (!ROOT) this.skip();
    mkdirSync(dataDir);
    const place = choosePlace(dataDir, join(temp, 'elsewhere'), () => {});
    const usual = socketFolder(place);
    chownSync(usual, 65534, 65534);
    const other = socketFolder(place);
    try {
      expect(other).not.to.equal(usual);
    } finally {
      rmSync(usual, { recursive: true });
      rmSync(other, { recursive: true, force: true });
    }
  });

  describe('below a folder that the user of PostgreSQL may not pass (as root)', () => {
    before(function () {
      if (!ROOT) this.skip();
    });
    beforeEach(() => {
      mkdirSync(join(temp, 'closed'), { mode: 0o700 });
      dataDir = join(temp, 'closed/data');
    });

    it('lives elsewhere, says so, and is found there again', async () => {
      const first = await open();
      await ask(first, 'CREATE TABLE kept AS SELECT 7 AS answer');
      const home = readFileSync(join(dataDir, 'postgres.location'), 'utf8').trim();
      expect(home).to.match(new RegExp(`^${temp}/elsewhere/`));
      expect(said.join()).to.include(home);
      expect(existsSync(join(dataDir, 'postgres'))).to.equal(false);
      await first.stop();
      chmodSync(join(temp, 'closed'), 0o755);
      expect(await ask(await open(), 'SELECT answer FROM kept'), 'the pointer is followed').to.equal(7);
    });

    it('is not shared with a copy of the folder', async () => {
      await ask(await open(), 'CREATE TABLE kept AS SELECT 7 AS answer');
      const copy = join(temp, 'closed/copy');
      mkdirSync(copy);
      writeFileSync(join(copy, 'postgres.location'), readFileSync(join(dataDir, 'postgres.location')));
      const other = await open(copy);
      expect(await failure(ask(other, 'SELECT answer FROM kept'))).to.include('does not exist');
    });
  });

  describe('says what is wrong', () => {
    it('with data of another major version: names both', async () => {
      mkdirSync(join(dataDir, 'postgres'), { recursive: true });
      writeFileSync(join(dataDir, 'postgres/PG_VERSION'), '13\n');
      const message = await failure(open());
      expect(message).to.include('PostgreSQL 13');
      expect(message).to.include(`PostgreSQL ${findPostgres()?.major}`);
    });

    it('with a folder that holds something else: touches nothing', async () => {
      mkdirSync(join(dataDir, 'postgres'), { recursive: true });
      writeFileSync(join(dataDir, 'postgres/letters.txt'), 'mine');
      expect(await failure(open())).to.include('holds no PostgreSQL data');
      expect(readFileSync(join(dataDir, 'postgres/letters.txt'), 'utf8')).to.equal('mine');
    });

    it('with the last words of PostgreSQL when it does not start', async () => {
      await (await open()).stop();
      writeFileSync(join(dataDir, 'postgres/postgresql.conf'), 'no_such_setting = 1\n', { flag: 'a' });
      expect(await failure(open())).to.include('no_such_setting');
    });

    it('with a folder that cannot be made: names DATA_DIR', async () => {
      writeFileSync(join(temp, 'file'), '');
      expect(await failure(open(join(temp, 'file/data')))).to.include('DATA_DIR');
    });
  });

  describe('when its making was cut short', () => {
    it('begins anew and sweeps up', async () => {
      const child = otherProcess('');
      const half = () =>
        existsSync(dataDir) ? readdirSync(dataDir).filter((name) => name.startsWith('postgres.init-')) : [];
      while (!half().some((name) => existsSync(join(dataDir, name, 'base')))) await delay(2);
      await killed(child);
      expect(existsSync(join(dataDir, 'postgres'))).to.equal(false);
      expect(half()).to.have.length(1);
      const cluster = await open();
      expect(await ask(cluster, 'SELECT 1')).to.equal(1);
      expect(half()).to.deep.equal([]);
    });
  });

  after(() => {
    expect(pids.size).to.equal(0);
  });
});
