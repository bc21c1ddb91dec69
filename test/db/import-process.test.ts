import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { LIMITS } from '../../server/ingest/source.ts';
import { importLauncher, type Launcher } from '../../server/jobs/import/launch.ts';
import { resumeUploads } from '../../server/jobs/import/resume.ts';
import { createRead } from '../../server/query/staging/create.ts';
import { insertUpload, moveUpload, type UploadRow, uploadRow } from '../../server/query/upload-doors.ts';
import { lockUpload, unfinishedImports } from '../../server/query/uploads.ts';
import { seededDatabase, type TestDatabase } from '../support/database.ts';
import { childrenOf, start, until } from '../support/process.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** Takes seconds to read: there is time to end who reads it. */
const RECORDS = 50_000;

const long = () =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: Array.from({ length: RECORDS }, (_, n) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [-3 + (n % 100) / 100, 15 + (n % 77) / 100] },
      properties: { n, name: `place ${n}`, text: 'x'.repeat(200) },
    })),
  });

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('the process of an import', function () {
  // Each process takes seconds to start where others run beside it.
  this.timeout(180_000);
  let database: TestDatabase;
  let folder: string;
  let content: string;
  let launchers: Launcher[] = [];

  before(async () => {
    database = await seededDatabase();
    folder = mkdtempSync(path.join(tmpdir(), 'azalai-import-'));
    content = long();
  });
  afterEach(async () => {
    await Promise.all(launchers.map((launcher) => launcher.close()));
    launchers = [];
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await database.close();
  });

  const fileOf = (upload: string) => path.join(folder, 'uploads', upload, 'file');
  const query = <Row>(text: string, ...values: unknown[]) => database.run<Row>({ text, values });
  const rowOf = async (upload: string) => (await database.run<UploadRow>(uploadRow(upload)))[0] as UploadRow;
  const tables = (upload: string) =>
    query(`SELECT FROM pg_tables WHERE schemaname = 'staging' AND tablename LIKE $1`, `${upload.replaceAll('-', '')}%`);
  const isReading = async (upload: string) => ((await rowOf(upload)).progress.features ?? 0) > 0;

  async function bring(text: string): Promise<string> {
    const upload = randomUUID();
    mkdirSync(path.dirname(fileOf(upload)), { recursive: true });
    writeFileSync(fileOf(upload), text);
    await database.run(insertUpload(upload, 'some.geojson', null));
    await database.run(moveUpload(upload, ['receiving'], 'reading'));
    return upload;
  }

  function open(onError: (error: unknown) => void = () => undefined): Launcher {
    const launcher = importLauncher({
      entry: path.join(ROOT, 'server/import.ts'),
      connection: database.connection as Record<string, unknown>,
      limits: LIMITS,
      fileOf,
      run: database.run,
      onError,
    });
    launchers.push(launcher);
    return launcher;
  }

  const newChild = (before: readonly number[]) =>
    childrenOf(process.pid).find((pid) => !before.includes(pid)) as number;

  it('reads and checks, one upload after the other', async () => {
    const point = { type: 'Point', coordinates: [1, 15] };
    const uploads = [await bring(JSON.stringify(point)), await bring(JSON.stringify(point))];
    const errors: unknown[] = [];
    const { launch } = open((error) => errors.push(error));
    const before = childrenOf(process.pid).length;
    const over = Promise.all(uploads.map(launch));
    expect(childrenOf(process.pid).length - before).to.be.at.most(1);
    await over;
    expect(errors).to.deep.equal([]);
    for (const upload of uploads) expect((await rowOf(upload)).state).to.equal('ready');
  });

  it('that is killed leaves a reason and no table, and the file can be read again', async () => {
    const upload = await bring(content);
    const before = childrenOf(process.pid);
    const over = open().launch(upload);
    await until('it reads', () => isReading(upload));
    process.kill(newChild(before), 'SIGKILL');
    await over;
    const { state, error } = await rowOf(upload);
    expect([state, error?.code]).to.deep.equal(['failed', 'import-ended']);
    await until('PostgreSQL has rolled back', async () => (await tables(upload)).length === 0);
    await database.run(moveUpload(upload, ['failed'], 'reading'));
    await open().launch(upload);
    expect((await rowOf(upload)).state).to.equal('ready');
    const table = `staging."${upload.replaceAll('-', '')}_read"`;
    expect(await query(`SELECT count(*) AS n, count(DISTINCT idx) AS ids FROM ${table}`)).to.deep.equal([
      { n: RECORDS, ids: RECORDS },
    ]);
  });

  it('that is ended with its server is taken up again', async () => {
    const upload = await bring(content);
    const first = open();
    const over = first.launch(upload);
    await until('it reads', () => isReading(upload));
    expect(await database.run(unfinishedImports(0)), 'somebody works on it').to.deep.equal([]);
    await first.close();
    await over;
    expect((await rowOf(upload)).state).to.equal('reading');
    await until('the lock is free', async () => (await database.run(unfinishedImports(0))).length === 1);
    expect((await resumeUploads(database.run)).unfinished).to.deep.equal([upload]);
    await open().launch(upload);
    expect((await rowOf(upload)).state).to.equal('ready');
  });

  it('ends when the server is killed, and the next start brings the upload to its end', async () => {
    const upload = await bring(content);
    const { connectionString } = database.connection;
    const environment = { DATABASE_URL: String(connectionString), DATA_DIR: folder, WORKERS: '1' };
    const killed = await start(environment);
    let child: number | undefined;
    await until('it reads', async () => {
      child = childrenOf(killed.child.pid as number)[0];
      return isReading(upload);
    });
    killed.child.kill('SIGKILL');
    await until('the child ends too', () => child !== undefined && !isAlive(child));
    expect((await rowOf(upload)).state).to.equal('reading');
    const next = await start(environment);
    await until('it is ready', async () => (await rowOf(upload)).state === 'ready');
    next.child.kill('SIGTERM');
    await next.ended;
  });

  it('lets go what was being published, unless somebody still is at it', async () => {
    const [stuck, busy] = [await bring('{}'), await bring('{}')];
    for (const upload of [stuck, busy]) await database.run(moveUpload(upload, ['reading'], 'publishing'));
    await database.transaction(async (hold) => {
      await hold(lockUpload(busy));
      expect((await resumeUploads(database.run)).released).to.deep.equal([stuck]);
    });
    const { state, error } = await rowOf(stuck);
    expect([state, error?.code]).to.deep.equal(['ready', 'publish-interrupted']);
    expect((await rowOf(busy)).state).to.equal('publishing');
  });

  it('drops the tables of uploads that are gone, and of no others', async () => {
    const [gone, kept] = [randomUUID(), await bring('{}')];
    for (const id of [gone, kept]) for (const statement of createRead({ upload: id })) await database.run(statement);
    expect((await resumeUploads(database.run)).dropped).to.deep.equal([`${gone.replaceAll('-', '')}_read`]);
    expect([(await tables(gone)).length, (await tables(kept)).length]).to.deep.equal([0, 1]);
    await query(`UPDATE azalai.upload SET state = 'ready'`);
  });

  it('says that the file is gone', async () => {
    const upload = await bring('{}');
    rmSync(fileOf(upload));
    await open().launch(upload);
    expect((await rowOf(upload)).error?.code).to.equal('file-gone');
  });
});
