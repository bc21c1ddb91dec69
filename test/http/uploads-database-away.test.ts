import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { seeded } from '../../scripts/bench/random.ts';
import { PREFIX } from '../support/cluster.ts';
import { type Running, start, until } from '../support/process.ts';
import type { UploadJson } from '../support/uploads.ts';

const TOKEN = 'a-token-for-outages';
/** Takes seconds to read and to publish: there is time to take the database away. */
const RECORDS = 20_000;

/** How often PostgreSQL is killed while something is published. */
const KILLS = 3;

const isReplacing = (mapping: UploadJson['mapping']) => JSON.stringify(mapping?.target ?? null).includes('"replace"');

const wells = 'id,name,lat,lon\nw1,Alpha,14.5,-4.2\nw2,Beta,15.5,-3.2\n';
const many = (records = RECORDS) =>
  `id,name,lat,lon\n${Array.from({ length: records }, (_, n) => `m${n},Well ${n} ${'x'.repeat(300)},${13 + (n % 211) / 100},${-5 + (n % 197) / 100}`).join('\n')}\n`;

describe('a database that goes away while files are brought, and comes back', function () {
  this.timeout(300_000);
  let folder: string;
  let server: Running;

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), `${PREFIX}${process.pid}-away-`));
    // As root the cluster runs under another user, which must be able to pass.
    chmodSync(folder, 0o755);
    server = await start({ DATA_DIR: folder, ADMIN_TOKEN: TOKEN, WORKERS: '1' });
    const { id } = await send('wells.csv', wells);
    await reach(id, 'ready');
    await ask(`/uploads/${id}/publish`, { method: 'POST' });
    await reach(id, 'published');
  });
  after(async () => {
    server.child.kill('SIGTERM');
    await server.ended;
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = (address: string, init: RequestInit = {}) =>
    fetch(server.url + address, { ...init, headers: { Authorization: `Bearer ${TOKEN}`, ...init.headers } });
  const send = async (name: string, body: string) =>
    (await (await ask('/uploads', { method: 'POST', body, headers: { 'X-File-Name': name } })).json()) as UploadJson;
  const look = async (id: string) => {
    const response = await ask(`/uploads/${id}`);
    return response.status === 200 ? ((await response.json()) as UploadJson) : undefined;
  };
  const ENDS = ['ready', 'published', 'failed'];
  /** Waits for the end of what goes on, which must be this. */
  async function reach(id: string, state: string): Promise<UploadJson> {
    let last: UploadJson | undefined;
    await until(`it is ${state}`, async () => {
      last = (await look(id)) ?? last;
      if (last?.state !== state && ENDS.includes(last?.state ?? '') && last?.error)
        throw new Error(`${JSON.stringify(last.error)}\n${server.log().slice(-4_000)}`);
      return last?.state === state;
    });
    return last as UploadJson;
  }
  const during = (id: string, what: string, condition: (upload: UploadJson) => boolean) =>
    until(what, async () => {
      const upload = await look(id);
      return upload !== undefined && condition(upload);
    });

  const postmaster = () => Number(readFileSync(path.join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
  async function takeAway(signal: 'SIGKILL' | 'SIGINT'): Promise<void> {
    const pid = postmaster();
    process.kill(pid, signal);
    await until('another server of the database runs', () => {
      try {
        return postmaster() !== pid;
      } catch {
        return false;
      }
    });
  }
  const isBack = () => until('the server answers again', async () => (await ask('/readyz')).status === 200);
  const layer = async () => {
    const { azalai } = (await (await ask('/collections/wells')).json()) as {
      azalai: { generation: number; count: number };
    };
    const items = (await (await ask('/collections/wells/items?limit=3')).json()) as { numberMatched: number };
    return [azalai.generation, azalai.count, items.numberMatched];
  };

  it('reads, checks and publishes all the same, and what was published stays whole until then', async () => {
    const before = await layer();
    expect(before.slice(1)).to.deep.equal([2, 2]);
    const { id } = await send('wells.csv', many());
    await during(id, 'it reads', ({ state, progress }) => state === 'reading' && (progress.done ?? 0) > 0);
    await takeAway('SIGKILL');
    await isBack();
    expect(await layer()).to.deep.equal(before);
    expect((await reach(id, 'ready')).report).to.have.nested.property('account.read', RECORDS);

    const json = { 'Content-Type': 'application/json' };
    const target = JSON.stringify({ target: { mode: 'replace', collection: 'wells' } });
    await ask(`/uploads/${id}/mapping`, { method: 'PATCH', headers: json, body: target });
    await during(id, 'it checks', ({ state }) => state === 'checking');
    await takeAway('SIGKILL');
    await isBack();
    expect(await layer()).to.deep.equal(before);
    const { report } = await reach(id, 'ready');
    expect(report).to.have.nested.property('account.unchanged', RECORDS);

    await ask(`/uploads/${id}/publish`, { method: 'POST' });
    await during(id, 'it publishes', ({ state, progress }) => state === 'publishing' && progress.stage !== undefined);
    await takeAway('SIGINT');
    await isBack();
    const between = await layer();
    const { published } = await reach(id, 'published');
    await until('the new version is served', async () => (await layer())[0] === published?.generation);
    expect((await layer()).slice(1)).to.deep.equal([RECORDS, RECORDS]);
    // Not yet published then, or already all of it.
    expect([before, await layer()]).to.deep.include(between);
  });

  it('is killed at any moment of a publication, and readers see the version before or the whole of the next', async () => {
    const json = { 'Content-Type': 'application/json' };
    const random = seeded(7);
    let current = await layer();
    const seen = { before: 0, after: 0 };
    for (let round = 1; round <= KILLS; round++) {
      // Of another number each time: half of one version and half of the other would be neither.
      const records = 8_000 - 500 * round;
      const { id } = await send('wells.csv', many(records));
      await reach(id, 'ready');
      const target = JSON.stringify({ target: { mode: 'replace', collection: 'wells' } });
      await ask(`/uploads/${id}/mapping`, { method: 'PATCH', headers: json, body: target });
      await during(id, 'it is checked again', ({ state, mapping }) => state === 'ready' && isReplacing(mapping));
      await ask(`/uploads/${id}/publish`, { method: 'POST' });
      await during(id, 'it publishes', ({ state, progress }) => state !== 'publishing' || progress.stage !== undefined);
      await new Promise((resolve) => setTimeout(resolve, 1_000 * random()));
      await takeAway('SIGKILL');
      await isBack();
      const found = await layer();
      if (found[0] === current[0]) {
        expect(found, `after kill ${round}`).to.deep.equal(current);
        seen.before += 1;
      } else {
        expect(found.slice(1), `after kill ${round}`).to.deep.equal([records, records]);
        seen.after += 1;
      }
      // It is begun again by itself.
      const { published } = await reach(id, 'published');
      await until('the new version is served', async () => (await layer())[0] === published?.generation);
      current = await layer();
      expect(current.slice(1)).to.deep.equal([records, records]);
    }
    expect(seen.before, 'some were killed in the middle').to.be.greaterThan(0);
  });
});
