import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { json } from '../support/json.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly url: string;
  readonly log: () => string;
  readonly ended: Promise<number | null>;
}

function spawnServer(environment: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'ts-blank-space/register', 'server/main.ts'], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, PORT: '0', ...environment },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  const ended = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)));
  return { child, log: () => output, ended };
}

/** Resolves when the server says where it is. */
async function start(environment: Record<string, string>): Promise<Running> {
  const { child, log, ended } = spawnServer(environment);
  const address = new Promise<string>((resolve) => {
    child.stdout.on('data', () => {
      const match = /Azalai is at (http:\/\/[^"]+)"/.exec(log());
      if (match) resolve(match[1] as string);
    });
  });
  const url = await Promise.race([
    address,
    ended.then((code) => Promise.reject(new Error(`ended with ${code}: ${log()}`))),
  ]);
  return { child, url, log, ended };
}

describe('the server process', () => {
  let dataDir: string;
  before(() => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'azalai-process-'));
    // As root, PostgreSQL runs as another user, who must be able to pass.
    chmodSync(dataDir, 0o755);
  });
  after(() => rmSync(dataDir, { recursive: true, force: true }));

  const readyCollections = async (url: string) =>
    (await json<{ collections: number }>(fetch(`${url}/readyz`))).collections;

  it('loses nothing when it is killed, and joins the PostgreSQL that it left behind', async () => {
    const first = await start({ DATA_DIR: dataDir });
    const collections = await readyCollections(first.url);
    expect(collections).to.be.above(10);
    first.child.kill('SIGKILL');
    await first.ended;

    const second = await start({ DATA_DIR: dataDir });
    expect(await readyCollections(second.url)).to.equal(collections);
    expect(second.log(), 'nothing is published again').to.not.include('layers published');

    second.child.kill('SIGTERM');
    expect(await second.ended).to.equal(0);
  }).timeout(60_000);

  it('finishes the requests under way before it stops', async () => {
    const server = await start({ DATA_DIR: dataDir });
    const requests = Array.from({ length: 8 }, (_, x) => fetch(`${server.url}/tiles/attacks_modelled/4/${x}/7.mvt`));
    // Sent for certain: the first has been answered.
    await requests[0];
    server.child.kill('SIGTERM');
    const statuses = (await Promise.all(requests)).map(({ status }) => status);
    expect(new Set(statuses)).to.deep.equal(new Set([200]));
    expect(await server.ended).to.equal(0);
    // Every line of the log is a JSON object of its own.
    for (const line of server.log().trim().split('\n')) expect(JSON.parse(line)).to.be.an('object');
  }).timeout(60_000);

  it('stops the start with a sentence that names the variable', async () => {
    const server = spawnServer({ PORT: 'eighty' });
    expect(await server.ended).to.equal(1);
    expect(server.log().trim()).to.equal(
      'The environment variable PORT must be a port number, 0 to 65535. It is "eighty".',
    );
  });

  it('says so when the port is taken', async () => {
    const server = await start({ DATA_DIR: dataDir });
    const port = new URL(server.url).port;
    const other = spawnServer({ DATA_DIR: dataDir, PORT: port });
    expect(await other.ended).to.equal(1);
    expect(other.log()).to.include('EADDRINUSE').and.include(port);
    server.child.kill('SIGTERM');
    await server.ended;
  }).timeout(60_000);

  it('says so when the database of DATABASE_URL is not there', async () => {
    const server = spawnServer({ DATABASE_URL: 'postgres://nobody:hunter2@127.0.0.1:1/nowhere' });
    expect(await server.ended).to.equal(1);
    expect(server.log()).to.include('database cannot be reached').and.not.include('hunter2');
  });
});
