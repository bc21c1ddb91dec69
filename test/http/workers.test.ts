import { get } from 'node:http';
import { expect } from 'chai';
import { after, afterEach, before, describe, it } from 'mocha';
import { seededDatabase, type TestDatabase } from '../support/database.ts';
import { childrenOf, isAlive, type Running, serversOn, until } from '../support/process.ts';

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** On a connection of its own, so that any of the workers may get it. */
function ask(url: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text) => (body += text));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    }).on('error', reject);
  });
}

describe('several processes', function () {
  this.timeout(120_000);
  let database: TestDatabase;
  const servers = serversOn(() => database);
  before(async () => {
    database = await seededDatabase();
  });
  afterEach(() => servers.end('SIGTERM'));
  after(() => database.close());

  const startSet = async (workers: number) => {
    const server = await servers.start({ WORKERS: String(workers) });
    const { pid } = server.child;
    const children = () => childrenOf(pid as number);
    const metrics = async () => (await ask(`${server.url}/metrics`)).body;
    const isComplete = async () => {
      const text = await metrics();
      return Array.from({ length: workers }, (_, k) => text.includes(`process="worker ${k + 1}"`)).every(Boolean);
    };
    await until('every worker answers', isComplete);
    return { ...server, children, metrics, isComplete };
  };

  /** Each has made a tile. A worker that measures itself may not listen yet: killing the other would close the port. */
  const untilBothServe = (server: Running) =>
    until('both have made a tile', async () => {
      await ask(`${server.url}/tiles/mines/5/15/14.mvt`);
      return ['"worker":1', '"worker":2'].every((worker) => server.log().includes(worker));
    });

  it('share the port and say what they measure together', async () => {
    const server = await startSet(2);
    expect(server.log().match(/Azalai is at/g)).to.have.lengthOf(1);
    await untilBothServe(server);
    const text = await server.metrics();
    // One miss in each of the two; everything else was in memory, or shared the query.
    expect(text).to.match(/^azalai_tile_cache_entries 2$/m);
    const memory = (process: string) =>
      Number(new RegExp(`^azalai_resident_memory_bytes\\{process="${process}"\\} (\\d+)`, 'm').exec(text)?.[1]);
    const sum = ['primary', 'worker 1', 'worker 2'].reduce((total, process) => total + memory(process), 0);
    expect(text).to.match(new RegExp(`^azalai_set_resident_memory_bytes ${sum}$`, 'm'));
  });

  it('are replaced when they die, at the same port, and the others go on', async () => {
    const server = await startSet(2);
    await untilBothServe(server);
    const before = server.children();
    expect(before).to.have.lengthOf(2);
    process.kill(before[0] as number, 'SIGKILL');
    await until('a worker is missing', () => server.log().includes('another takes its place'));
    expect((await ask(`${server.url}/readyz`)).status).to.equal(200);
    await until('there are two again', () => server.children().filter((pid) => pid !== before[0]).length === 2);
    await until('both answer', server.isComplete);
    expect(server.log().match(/Azalai is at/g)).to.have.lengthOf(1);
  });

  it('end with the process that leads them, also when that is killed', async () => {
    const server = await startSet(2);
    const workers = server.children();
    server.child.kill('SIGKILL');
    await until('no worker is left', () => !workers.some(isAlive));
  });

  it('end together when told to', async () => {
    const server = await startSet(2);
    const workers = server.children();
    server.child.kill('SIGTERM');
    expect(await server.ended).to.equal(0);
    expect(workers.some(isAlive)).to.equal(false);
    for (const line of server.log().trim().split('\n')) expect(JSON.parse(line)).to.be.an('object');
  });

  it('of two servers show one generation, later than a second after a publication', async () => {
    const servers = [await startSet(2), await startSet(2)];
    const shown = async (url: string) => {
      const { status, body } = await ask(`${url}/tiles/mines.json`);
      return status === 200 ? /generation=(\d+)/.exec(body)?.[1] : `status ${status}`;
    };
    const publish = async () => {
      const [row] = await database.run<{ generation: number }>({
        text: `UPDATE azalai.layer SET generation = generation + 1 WHERE id = 'mines' RETURNING generation`,
        values: [],
      });
      return String(row?.generation);
    };
    const endListening = () =>
      database.run({
        text: `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'azalai listen'`,
        values: [],
      });
    // Also when nobody hears of the publication.
    for (const prepare of [async () => undefined, endListening]) {
      await prepare();
      const generation = await publish();
      await new Promise((resolve) => setTimeout(resolve, 1000));
      const answers = await Promise.all(servers.flatMap(({ url }) => Array.from({ length: 8 }, () => shown(url))));
      expect(new Set(answers)).to.deep.equal(new Set([generation]));
    }
  });
});
