import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { json } from '../support/json.ts';
import { spawnServer, start } from '../support/process.ts';

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
  }).timeout(180_000);

  it('finishes the requests under way before it stops', async () => {
    const server = await start({ DATA_DIR: dataDir });
    // Their heads have come, and more of their bodies than a socket holds has not.
    const address = `${server.url}/collections/attacks_modelled/items?limit=10000`;
    const responses = await Promise.all(Array.from({ length: 8 }, () => fetch(address)));
    server.child.kill('SIGTERM');
    const pages = await Promise.all(responses.map((response) => json<{ numberReturned: number }>(response)));
    expect(new Set(pages.map(({ numberReturned }) => numberReturned))).to.deep.equal(new Set([2327]));
    expect(await server.ended).to.equal(0);
    // Every line of the log is a JSON object of its own.
    for (const line of server.log().trim().split('\n')) expect(JSON.parse(line)).to.be.an('object');
  }).timeout(180_000);

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
  }).timeout(180_000);

  it('says so when the database of DATABASE_URL is not there', async () => {
    const server = spawnServer({ DATABASE_URL: 'postgres://nobody:hunter2@127.0.0.1:1/nowhere' });
    expect(await server.ended).to.equal(1);
    expect(server.log()).to.include('database cannot be reached').and.not.include('hunter2');
  });
});
