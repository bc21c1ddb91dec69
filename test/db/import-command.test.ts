import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { sweepCommands } from '../../server/jobs/uploads/sweep-commands.ts';
import { insertUpload } from '../../server/query/upload-doors.ts';
import { lockCommand } from '../../server/query/uploads.ts';
import { seededDatabase, type TestDatabase } from '../support/database.ts';
import { until } from '../support/process.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

describe('npm run import', function () {
  // Each process takes seconds to start where others run beside it.
  this.timeout(180_000);
  let database: TestDatabase;
  let folder: string;
  let file: string;

  before(async () => {
    database = await seededDatabase();
    folder = mkdtempSync(path.join(tmpdir(), 'azalai-import-'));
    file = path.join(folder, 'wells.csv');
    writeFileSync(file, 'id,name,lat,lon\nw1,Alpha,14.5,-4.2\nw2,Beta,15.5,-3.2\nw3,Gamma,,\n');
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await database.close();
  });

  const begin = (...args: string[]) =>
    spawn(process.execPath, ['--import', './scripts/test/strip.mjs', 'scripts/import.ts', ...args], {
      cwd: ROOT,
      env: { PATH: process.env.PATH, DATA_DIR: folder, DATABASE_URL: String(database.connection.connectionString) },
    });
  function run(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
    const child = begin(...args);
    let [out, err] = ['', ''];
    child.stdout.on('data', (data) => (out += data));
    child.stderr.on('data', (data) => (err += data));
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
  }
  const lastLine = (text: string) => JSON.parse(text.trimEnd().split('\n').at(-1) as string);
  const query = <Row>(text: string) => database.run<Row>({ text, values: [] });

  it('checks a file in the database, and leaves nothing there', async () => {
    const { code, out } = await run(file, '--check', '--json');
    expect(code, out).to.equal(0);
    const { state, published, report } = lastLine(out);
    expect([state, published]).to.deep.equal(['ready', null]);
    const { read, unchanged, unlocated } = report.account;
    expect({ read, unchanged, unlocated }).to.deep.equal({ read: 3, unchanged: 2, unlocated: 1 });
    expect(await query('SELECT FROM azalai.upload')).to.have.length(0);
    expect(await query(`SELECT FROM pg_tables WHERE schemaname = 'staging'`)).to.have.length(0);
  });

  it('publishes under the name that it is told, and then in place of what is there', async () => {
    const first = await run(file, '--publish', '--collection', 'wells', '--json');
    expect(first.code, first.err).to.equal(0);
    expect(lastLine(first.out).published.collection).to.equal('wells');
    expect(await query(`SELECT count FROM azalai.layer WHERE id = 'wells'`)).to.deep.equal([{ count: 2 }]);
    writeFileSync(file, 'id,name,lat,lon\nw1,Alpha,14.5,-4.2\n');
    const second = await run(file, '--publish', '--collection', 'wells');
    expect(second.code, second.err).to.equal(0);
    expect(await query(`SELECT count FROM azalai.layer WHERE id = 'wells'`)).to.deep.equal([{ count: 1 }]);
  });

  it('takes out what a command has left that was killed, and nothing of one that lives', async () => {
    const large = path.join(folder, 'large.csv');
    const rows = Array.from({ length: 60_000 }, (_, n) => `m${n},Well ${n},${13 + (n % 211) / 100},-4`);
    writeFileSync(large, `id,name,lat,lon\n${rows.join('\n')}\n`);
    const before = await query('SELECT id FROM azalai.upload');
    const killed = begin(large, '--check');
    const others = () =>
      query<{ id: string; state: string }>(
        `SELECT id, state FROM azalai.upload WHERE by_command AND state <> 'published'`,
      );
    await until('it is at work', async () => (await others()).some(({ state }) => state === 'checking'));
    const tables = () => query(`SELECT FROM pg_tables WHERE schemaname = 'staging' AND tablename LIKE '%_read'`);
    const kept = (await tables()).length;
    killed.kill('SIGKILL');
    await once(killed, 'close');

    const living = randomUUID();
    await database.run(insertUpload(living, 'living.csv', null, { byCommand: true }));
    await database.transaction(async (hold) => {
      await hold(lockCommand(living));
      const { code, err } = await run(file, '--check');
      expect(code, err).to.equal(0);
      expect((await others()).map(({ id }) => id)).to.deep.equal([living]);
      expect((await tables()).length).to.equal(kept - 1);
    });
    expect(await sweepCommands(database.run)).to.deep.equal([living]);
    expect(await query('SELECT id FROM azalai.upload')).to.deep.equal(before);
  });

  it('says why a file cannot be published, and what it was told wrongly', async () => {
    const appended = await run(file, '--publish', '--collection', 'wells', '--mode', 'append', '--json');
    expect(appended.code).to.equal(1);
    expect(lastLine(appended.out).error.code).to.equal('publish-conflict');
    for (const args of [
      ['--collection', 'wells'],
      ['--publish', '--mode', 'merge'],
      ['--publish', '--collection', 'W'],
    ]) {
      const { code, err } = await run(file, ...args);
      expect([code, err.includes('    at ')], args.join(' ')).to.deep.equal([1, false]);
    }
  });
});
