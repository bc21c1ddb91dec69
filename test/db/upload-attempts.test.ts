import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { DatabaseUnavailable } from '../../server/core/errors.ts';
import { readCatalogue } from '../../server/db/catalogue.ts';
import { openCopies } from '../../server/db/copy.ts';
import { LIMITS } from '../../server/ingest/source.ts';
import { openFile } from '../../server/jobs/import/open-file.ts';
import { releasePublishing } from '../../server/jobs/import/resume.ts';
import { type ImportDatabase, runImport } from '../../server/jobs/import/run-import.ts';
import { publishWaiting } from '../../server/jobs/uploads/publish-waiting.ts';
import { failCut } from '../../server/jobs/uploads/sweep.ts';
import { uploadFolder } from '../../server/jobs/uploads/upload-folder.ts';
import { insertUpload, moveUpload, type UploadRow, uploadRow } from '../../server/query/upload-doors.ts';
import { touchPublishing } from '../../server/query/uploads.ts';
import { seededDatabase, type TestDatabase } from '../support/database.ts';

const WELLS = 'id,name,lat,lon\nw1,Alpha,14.5,-4.2\nw2,Beta,15.5,-3.2\n';
const PUBLISHING = { budget: { records: 5000, bytes: 500_000 }, versionsKept: 3 };

describe('an upload whose work is broken off again and again', () => {
  let database: TestDatabase;
  let folder: string;

  before(async () => {
    database = await seededDatabase();
    folder = mkdtempSync(path.join(tmpdir(), 'azalai-attempts-'));
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await database.close();
  });

  const query = <Row>(text: string, ...values: unknown[]) => database.run<Row>({ text, values });
  const rowOf = async (upload: string) => (await database.run<UploadRow>(uploadRow(upload)))[0] as UploadRow;
  const attemptsOf = async (upload: string) =>
    (await query<{ attempts: number }>('SELECT attempts FROM azalai.upload WHERE id = $1', upload))[0]?.attempts;
  const away = async (): Promise<never> => {
    throw new DatabaseUnavailable('The database cannot be reached now: try again in a moment.');
  };

  async function bring(): Promise<string> {
    const upload = randomUUID();
    writeFileSync(path.join(folder, upload), WELLS);
    await database.run(insertUpload(upload, 'wells.csv', null));
    await database.run(moveUpload(upload, ['receiving'], 'reading'));
    return upload;
  }
  const work = (upload: string, changes: Partial<ImportDatabase> = {}) =>
    runImport({
      ...{ upload, limits: LIMITS, today: '2026-11-21' },
      database: {
        run: database.run,
        transaction: database.transaction,
        copy: openCopies(database.connection),
        ...changes,
      },
      file: () => openFile(path.join(folder, upload), 'wells.csv'),
      catalogue: () => readCatalogue(database.run),
    });
  const thrown = (promise: Promise<unknown>) =>
    promise.then(
      () => undefined,
      (error: unknown) => error,
    );

  it('is begun three times, then given up with the reason, and begun anew when a person asks for it', async () => {
    const upload = await bring();
    for (const attempt of [1, 2, 3]) {
      expect(await thrown(work(upload, { copy: away }))).to.be.instanceOf(DatabaseUnavailable);
      expect([(await rowOf(upload)).state, await attemptsOf(upload)]).to.deep.equal(['reading', attempt]);
    }
    expect(await work(upload)).to.equal('failed');
    const { state, error } = await rowOf(upload);
    expect([state, error?.code]).to.deep.equal(['failed', 'attempts-exhausted']);
    expect(error?.detail).to.match(/begun 3 times.*Send it in parts/);

    await database.run(moveUpload(upload, ['failed'], 'reading'));
    expect(await work(upload)).to.equal('ready');
    expect(await attemptsOf(upload)).to.equal(0);
  });

  it('is published when the database is back, and goes back to where it was after three times', async () => {
    const upload = await bring();
    await work(upload);
    await database.run(moveUpload(upload, ['ready'], 'publishing'));
    let calls = 0;
    // The first holds the lock, the second is that of the publication.
    const broken: typeof database.transaction = (...args) => {
      calls += 1;
      return calls % 2 === 0 ? away() : database.transaction(...args);
    };
    const { run } = database;
    for (const attempt of [1, 2, 3]) {
      const error = await thrown(publishWaiting({ run, transaction: broken }, upload, PUBLISHING));
      expect(error).to.be.instanceOf(DatabaseUnavailable);
      expect([(await rowOf(upload)).state, await attemptsOf(upload)]).to.deep.equal(['publishing', attempt]);
    }
    await publishWaiting(database, upload, PUBLISHING);
    const { state, error } = await rowOf(upload);
    expect([state, error?.code]).to.deep.equal(['ready', 'attempts-exhausted']);
    await database.run(moveUpload(upload, ['ready'], 'publishing'));
    await publishWaiting(database, upload, PUBLISHING);
    expect((await rowOf(upload)).state).to.equal('published');
  });

  it('is let go when nobody has it to publish any more, and not while somebody says so', async () => {
    const [left, held] = [await bring(), await bring()];
    for (const upload of [left, held]) await database.run(moveUpload(upload, ['reading'], 'publishing'));
    await query(`UPDATE azalai.upload SET updated_at = now() - interval '1 minute' WHERE state = 'publishing'`);
    await database.run(touchPublishing([held]));
    expect(await releasePublishing(database.run, 30)).to.deep.equal([left]);
    expect([(await rowOf(left)).state, (await rowOf(held)).state]).to.deep.equal(['ready', 'publishing']);
    await query(`UPDATE azalai.upload SET state = 'ready' WHERE id = $1`, held);
  });

  it('says of a file of which nothing comes any more that it was cut, and nothing of one that rests on purpose', async () => {
    const [cut, coming, resting] = [randomUUID(), randomUUID(), randomUUID()];
    await database.run(insertUpload(cut, 'cut.csv', 100));
    await database.run(insertUpload(coming, 'coming.csv', 100));
    await database.run(insertUpload(resting, 'resting.csv', 100, { resumable: true }));
    const files = uploadFolder(path.join(folder, 'uploads'), { maxBytes: 1000, maxAllBytes: 1000 });
    for (const id of [cut, coming]) mkdirSync(path.dirname(files.fileOf(id)), { recursive: true });
    await query(
      `UPDATE azalai.upload SET updated_at = now() - interval '6 minutes' WHERE id IN ($1, $2)`,
      cut,
      resting,
    );
    await failCut(database.run, files, 300);
    const states = await Promise.all([cut, coming, resting].map(async (id) => (await rowOf(id)).state));
    expect(states).to.deep.equal(['failed', 'receiving', 'receiving']);
    expect((await rowOf(cut)).error).to.include({ code: 'cut-short' });
    expect(await files.received(coming)).to.equal(undefined);
  });
});
