import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { seeded } from '../../scripts/bench/random.ts';
import { PREFIX } from '../support/cluster.ts';
import { migratedDatabase, type TestDatabase } from '../support/database.ts';
import { childrenOf, isAlive, type Running, start, until } from '../support/process.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const KILLS = 20;
const ROWS = 400;
const TOKEN = 'a-token-for-killing';

/** A table whose every row says of which upload it is. */
const table = (batch: number) =>
  `id,batch,latitude,longitude\n${Array.from({ length: ROWS }, (_, row) => `k${row},${batch},${13 + row / 100},${-5 + ((row * 7) % 100) / 20}`).join('\n')}\n`;

/** So many that two threads read them: more than eight batches of 1,024. */
const POINTS = 40_000;
const ROUNDS = 2;
/** What is begun a fourth time is given up. */
const TIMES = 2;

const collection = () => {
  const features = Array.from({ length: POINTS }, (_, n) => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [-5 + (n % 1_000) / 200, 13 + n / 20_000] },
    properties: { id: `k${n}`, batch: 99, name: `Place ${n}` },
  }));
  return JSON.stringify({ type: 'FeatureCollection', features });
};

describe('a server that is killed at any moment of an upload', function () {
  this.timeout(400_000);
  let database: TestDatabase;
  let folder: string;
  before(async () => {
    database = await migratedDatabase();
    folder = mkdtempSync(path.join(tmpdir(), `${PREFIX}${process.pid}-killed-`));
    await begin();
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await database.close();
  });

  const environment = () => ({
    DATABASE_URL: String(database.connection.connectionString),
    DATA_DIR: path.join(folder, 'data'),
    ADMIN_TOKEN: TOKEN,
    WORKERS: '1',
  });

  /** Publishes the first version by the command line. */
  async function begin(): Promise<void> {
    const file = path.join(folder, 'kills.csv');
    writeFileSync(file, table(0));
    const args = [
      '--import',
      './scripts/test/strip.mjs',
      'scripts/import.ts',
      file,
      '--publish',
      '--collection',
      'kills',
    ];
    const child = spawn(process.execPath, args, { cwd: ROOT, env: { PATH: process.env.PATH, ...environment() } });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += data));
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(code, said).to.equal(0);
  }

  /** Until the processes that it had begun have ended, and what these did in the database. */
  async function kill({ child, ended }: Running): Promise<void> {
    const begun = childrenOf(child.pid as number);
    child.kill('SIGKILL');
    await ended;
    await until('nothing of it is under way', async () => {
      if (begun.some(isAlive)) return false;
      const text = `SELECT FROM pg_stat_activity
        WHERE datname = current_database() AND backend_type = 'client backend' AND xact_start IS NOT NULL AND pid <> pg_backend_pid()`;
      return (await database.run({ text, values: [] })).length === 0;
    });
  }

  /** Sends a table and publishes it in place of what is there, for as long as the server lives. */
  async function bring({ url }: Running, batch: number, onPublish: () => void): Promise<void> {
    const headers = { Authorization: `Bearer ${TOKEN}` };
    const ask = async (address: string, init: RequestInit = {}) => {
      const response = await fetch(`${url}${address}`, { ...init, headers: { ...headers, ...init.headers } });
      return (await response.json()) as { id: string; state: string };
    };
    const { id } = await ask('/uploads', {
      method: 'POST',
      body: table(batch),
      headers: { 'X-File-Name': 'kills.csv' },
    });
    const until = async (state: string) => {
      while ((await ask(`/uploads/${id}`)).state !== state) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    await until('ready');
    const target = { mode: 'replace', collection: 'kills' };
    const json = { 'Content-Type': 'application/json' };
    await ask(`/uploads/${id}/mapping`, { method: 'PATCH', body: JSON.stringify({ target }), headers: json });
    await until('ready');
    onPublish();
    await ask(`/uploads/${id}/publish`, { method: 'POST' });
    await until('published');
  }

  it('leaves the published layer whole: the version before, or the new one', async () => {
    const random = seeded(20);
    let current = 0;
    const seen = { kept: 0, published: 0 };
    for (let batch = 1; batch <= KILLS; batch++) {
      const server = await start(environment());
      let asked = false;
      const brought = bring(server, batch, () => {
        asked = true;
      }).catch(() => undefined);
      const moment = new Promise((resolve) => setTimeout(resolve, 3_000 * random()));
      await Promise.race([moment, brought]);
      await kill(server);
      await brought;
      const [row] = await database.run<{ rows: number; batches: number; batch: number }>({
        text: `SELECT count(*) AS rows, count(DISTINCT batch) AS batches, min(batch) AS batch FROM ${await database.tableOf('kills')}`,
        values: [],
      });
      expect([row?.rows, row?.batches], `after kill ${batch}`).to.deep.equal([ROWS, 1]);
      expect(row?.batch, `after kill ${batch}`).to.be.oneOf(asked ? [current, batch] : [current]);
      if (row?.batch === current) seen.kept += 1;
      else seen.published += 1;
      current = row?.batch ?? -1;
    }
    expect(seen.kept, 'some were killed in the middle').to.be.greaterThan(3);
  });

  it('leaves it whole while two threads read, and takes the file up again', async () => {
    const held = async () => {
      const text = `SELECT count(*) AS rows, min(batch) AS batch FROM ${await database.tableOf('kills')}`;
      return (await database.run({ text, values: [] }))[0];
    };
    const before = await held();
    const headers = { Authorization: `Bearer ${TOKEN}`, 'X-File-Name': 'kills.geojson' };
    const random = seeded(21);
    const states: string[] = [];
    let server = await start(environment());
    for (let round = 0; round < ROUNDS; round++) {
      const sent = await fetch(`${server.url}/uploads`, { method: 'POST', body: collection(), headers });
      const { id } = (await sent.json()) as { id: string };
      for (let time = 0; time < TIMES; time++) {
        await new Promise((resolve) => setTimeout(resolve, 300 + 700 * random()));
        await kill(server);
        const stateNow = { text: 'SELECT state FROM azalai.upload WHERE id = $1', values: [id] };
        states.push((await database.run<{ state: string }>(stateNow))[0]?.state ?? 'gone');
        expect(await held(), `round ${round}, after kill ${time}`).to.deep.equal(before);
        server = await start(environment());
      }
      const upload = async () =>
        (await (await fetch(`${server.url}/uploads/${id}`, { headers })).json()) as { state: string; report: object };
      while (['reading', 'checking'].includes((await upload()).state))
        await new Promise((resolve) => setTimeout(resolve, 50));
      const { state, report } = await upload();
      expect(state).to.equal('ready');
      expect(report).to.have.nested.property('account.read', POINTS);
      expect(await held()).to.deep.equal(before);
    }
    expect(states, 'some were killed while they were read').to.include('reading');
    await kill(server);
  });
});
