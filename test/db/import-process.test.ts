import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { expect } from 'chai';
import { resumeUploads } from '../../server/jobs/import/resume.ts';
import { createRead } from '../../server/query/staging/create.ts';
import { moveUpload } from '../../server/query/upload-doors.ts';
import { lockUpload, unfinishedImports, waitForTurn } from '../../server/query/uploads.ts';
import { seededDatabase, type TestDatabase } from '../support/database.ts';
import { type Imports, newChild, openImports } from '../support/imports.ts';
import { childrenOf, isAlive, start, until } from '../support/process.ts';

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

describe('the process of an import', function () {
  // Each process takes seconds to start where others run beside it.
  this.timeout(180_000);
  let database: TestDatabase;
  let imports: Imports;
  let content: string;

  before(async () => {
    database = await seededDatabase();
    imports = openImports(database);
    content = long();
  });
  afterEach(() => imports.end());
  after(async () => {
    await imports.close();
    await database.close();
  });

  const query = <Row>(text: string, ...values: unknown[]) => database.run<Row>({ text, values });
  const rowOf = (upload: string) => imports.rowOf(upload);
  const bring = (text: string) => imports.bring('some.geojson', [text]);
  const tables = (upload: string) =>
    query(`SELECT FROM pg_tables WHERE schemaname = 'staging' AND tablename LIKE $1`, `${upload.replaceAll('-', '')}%`);
  const isReading = async (upload: string) => ((await rowOf(upload)).progress.features ?? 0) > 0;

  it('reads and checks, one upload after the other', async () => {
    const point = { type: 'Point', coordinates: [1, 15] };
    const uploads = [await bring(JSON.stringify(point)), await bring(JSON.stringify(point))];
    const errors: unknown[] = [];
    const { launch } = imports.open({ onError: (error) => errors.push(error) });
    const before = childrenOf(process.pid).length;
    const over = Promise.all(uploads.map(launch));
    expect(childrenOf(process.pid).length - before).to.be.at.most(1);
    await over;
    expect(errors).to.deep.equal([]);
    for (const upload of uploads) expect((await rowOf(upload)).state).to.equal('ready');
  });

  it('waits for its turn with one connection, whichever process has the turn', async () => {
    const upload = await bring('{"type":"Point","coordinates":[1,15]}');
    const attempts = () => query('SELECT attempts FROM azalai.upload WHERE id = $1', upload);
    const waiting = () =>
      query(`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'`);
    let over: Promise<void> | undefined;
    await database.transaction(async (hold) => {
      await hold(waitForTurn('reading'));
      const before = await query('SELECT FROM pg_stat_activity WHERE datname = current_database()');
      over = imports.open().launch(upload);
      await until('it waits', async () => (await waiting()).length === 1);
      const now = await query('SELECT FROM pg_stat_activity WHERE datname = current_database()');
      expect(now.length - before.length).to.be.at.most(1);
      expect(await attempts()).to.deep.equal([{ attempts: 0 }]);
    });
    await over;
    expect((await rowOf(upload)).state).to.equal('ready');
  });

  it('that is killed leaves a reason and no table, and the file can be read again', async () => {
    const upload = await bring(content);
    const before = childrenOf(process.pid);
    const over = imports.open().launch(upload);
    await until('it reads', () => isReading(upload));
    process.kill(newChild(before) as number, 'SIGKILL');
    await over;
    const { state, error } = await rowOf(upload);
    expect([state, error?.code]).to.deep.equal(['failed', 'import-ended']);
    await until('PostgreSQL has rolled back', async () => (await tables(upload)).length === 0);
    await database.run(moveUpload(upload, ['failed'], 'reading'));
    await imports.open().launch(upload);
    expect((await rowOf(upload)).state).to.equal('ready');
    const table = `staging."${upload.replaceAll('-', '')}_read"`;
    expect(await query(`SELECT count(*) AS n, count(DISTINCT idx) AS ids FROM ${table}`)).to.deep.equal([
      { n: RECORDS, ids: RECORDS },
    ]);
  });

  it('that is ended with its server is taken up again', async () => {
    const upload = await bring(content);
    const first = imports.open();
    const over = first.launch(upload);
    await until('it reads', () => isReading(upload));
    expect(await database.run(unfinishedImports(0)), 'somebody works on it').to.deep.equal([]);
    await first.close();
    await over;
    expect((await rowOf(upload)).state).to.equal('reading');
    const attempts = await query('SELECT attempts FROM azalai.upload WHERE id = $1', upload);
    expect(attempts, 'what is ended on purpose says nothing of the file').to.deep.equal([{ attempts: 0 }]);
    await until('the lock is free', async () => (await database.run(unfinishedImports(0))).length === 1);
    expect((await resumeUploads(database.run)).unfinished).to.deep.equal([upload]);
    await imports.open().launch(upload);
    expect((await rowOf(upload)).state).to.equal('ready');
  });

  it('ends when the server is killed, and the next start brings the upload to its end', async () => {
    const upload = await bring(content);
    const { connectionString } = database.connection;
    const environment = { DATABASE_URL: String(connectionString), DATA_DIR: imports.folder, WORKERS: '1' };
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

  it('drops versions that were being made, unless somebody still is at it', async () => {
    const [left, busy] = [await bring('{}'), await bring('{}')];
    const nameOf = (upload: string) => `${upload.replaceAll('-', '')}_version`;
    for (const upload of [left, busy]) await query(`CREATE TABLE staging."${nameOf(upload)}" ()`);
    for (const upload of [left, busy]) await database.run(moveUpload(upload, ['reading'], 'publishing'));
    await database.transaction(async (hold) => {
      await hold(lockUpload(busy));
      expect((await resumeUploads(database.run)).dropped).to.deep.equal([nameOf(left)]);
    });
    await query(`UPDATE azalai.upload SET state = 'ready'`);
    expect((await resumeUploads(database.run)).dropped).to.deep.equal([nameOf(busy)]);
  });

  it('says that the file is gone', async () => {
    const upload = await bring('{}');
    rmSync(imports.fileOf(upload));
    await imports.open().launch(upload);
    expect((await rowOf(upload)).error?.code).to.equal('file-gone');
  });
});
