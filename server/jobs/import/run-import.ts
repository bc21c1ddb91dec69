import type { Catalogue, PublishedLayer } from '../../core/catalogue.ts';
import { AzalaiError } from '../../core/errors.ts';
import type { Layer } from '../../core/layer.ts';
import { type Mapping, MappingSchema } from '../../core/mapping.ts';
import { proposeMapping } from '../../ingest/propose-mapping.ts';
import type { FileReport } from '../../ingest/report.ts';
import type { Limits, SourceFile } from '../../ingest/source.ts';
import type { OpenCopy } from '../../query/copy.ts';
import type { Run, Transaction } from '../../query/sql.ts';
import { extentQuery } from '../../query/staging/account.ts';
import { dropStaging } from '../../query/staging/create.ts';
import {
  beginAttempt,
  failImport,
  lockUpload,
  storeCheck,
  storeReading,
  type UploadToImport,
  uploadToImport,
} from '../../query/uploads.ts';
import { GIVEN_UP, MAX_ATTEMPTS } from './attempts.ts';
import { chooseRegions } from './check-staged/choose-regions.ts';
import { compareStaged, fillStaged } from './check-staged.ts';
import { isPassing, toFailure } from './failure.ts';
import { ProgressWriter } from './progress.ts';
import { stageFile } from './stage.ts';

/** What an import needs of the database. */
export interface ImportDatabase {
  readonly run: Run;
  /** Holds the lock on the upload as long as it is worked on. */
  readonly transaction: Transaction;
  readonly copy: OpenCopy;
}

/** What is smaller is checked sooner than another connection is told of it. */
const LARGE = 50_000;

type ClosableFile = SourceFile & { close(): Promise<void> };

export interface ImportJob {
  /** Id of the upload; its row says by its state where to begin. */
  readonly upload: string;
  readonly database: ImportDatabase;
  /** The file, or what opens it where it has to be read: what that throws is stored as the reason. */
  readonly file: SourceFile | (() => Promise<ClosableFile>);
  readonly limits: Limits;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly signal?: AbortSignal;
  readonly catalogue: () => Promise<Catalogue>;
  /** Changes the mapping that is proposed for a file that has none yet. */
  readonly adapt?: (proposed: Mapping, catalogue: Catalogue) => Mapping;
}

/**
 * `ready`: to be published. `failed`: the row says why. `left`: another process works on it, it is gone, or it is in no
 * state to be worked on.
 */
export type Imported = 'ready' | 'failed' | 'left';

/** What a stored report has beside what the reading tells. */
interface StoredReport extends FileReport {
  readonly profile: string | null;
  /** West, south, east, north in degrees; null before the records are checked, and when none lies anywhere. */
  readonly bbox: readonly [number, number, number, number] | null;
}

/**
 * Takes an upload from `reading` or `checking` to `ready`: reads its file into the staging tables, proposes a mapping
 * where there is none, and checks the records. Of two that try, one works. May be ended at any moment and begun again:
 * each step holds whole or not at all. A cause that a person can mend is stored with the upload; any other is thrown
 * too, and so is what may pass by itself (the database is away, the job was given up), which leaves the upload as it is;
 * what was begun several times without an end is not begun again.
 * @throws DatabaseUnavailable, RequestAborted, and whatever is a fault of ours
 */
export function runImport(job: ImportJob): Promise<Imported> {
  const { upload, database } = job;
  return database.transaction(async (hold) => {
    const [lock] = await hold<{ taken: boolean }>(lockUpload(upload));
    if (!lock?.taken) return 'left';
    try {
      const [row] = await database.run<UploadToImport>(beginAttempt(upload, ['reading', 'checking']));
      if (row && row.attempts > MAX_ATTEMPTS) {
        await database.run(failImport(upload, GIVEN_UP));
        return 'failed';
      }
      if (row?.state === 'reading') return await readThenCheck(job, row);
      if (row?.state === 'checking') return await check(job, row);
      return 'left';
    } catch (error) {
      if (isPassing(error)) throw error;
      await database.run(failImport(upload, toFailure(error)));
      if (error instanceof AzalaiError) return 'failed';
      throw error;
    }
  });
}

async function readThenCheck(job: ImportJob, row: UploadToImport): Promise<Imported> {
  const { upload, database, limits, today, signal } = job;
  const opened = typeof job.file === 'function' ? await job.file() : null;
  const file = opened ?? (job.file as SourceFile);
  const progress = new ProgressWriter(database.run, upload);
  const earlier = row.mapping ? MappingSchema.parse(row.mapping) : null;
  const read = await stageFile({
    ...{ upload, file, limits, today, copy: database.copy, mapping: earlier },
    ...(signal ? { signal } : {}),
    onProgress: (bytes, features) =>
      progress.note({ stage: 'reading', done: Math.min(bytes, file.bytes), total: file.bytes, features }),
  }).finally(() => opened?.close());
  await progress.settle();
  const catalogue = await job.catalogue();
  const proposal = proposeMapping({ report: read, fileName: row.name, layers: catalogue.layers, upload });
  const report: StoredReport = { ...read, profile: proposal.profile, bbox: null };
  const mapping = earlier ?? job.adapt?.(proposal.mapping, catalogue) ?? proposal.mapping;
  const [stored] = await database.run(storeReading(upload, report, mapping));
  if (!stored) return leave(job);
  return check(job, { ...row, state: 'checking', report, mapping });
}

async function check(job: ImportJob, row: UploadToImport): Promise<Imported> {
  const { upload, database, today, signal } = job;
  const report = row.report as StoredReport;
  const mapping: Mapping = MappingSchema.parse(row.mapping);
  const catalogue = await job.catalogue();
  const progress = new ProgressWriter(database.run, upload);
  const { read } = report.account;
  const layer = targetLayer(mapping, catalogue);
  const served = mapping.target.mode === 'new' ? null : catalogue.get(layer.id);
  const toCheck = { upload, mapping, layer, served, report, today };
  const note = (done: number, total: number) => progress.note({ stage: 'checking', done, total, features: read });
  const inOne = <T>(work: (run: Run) => Promise<T>) =>
    database.transaction((own) => work((query, its) => own(query, its ?? signal)));
  // In one transaction: what is made in it need not go through PostgreSQL's log as well.
  const filled = await inOne(async (run) => {
    const boundaries = findBoundaries(catalogue);
    const regionsOf = await chooseRegions(run, { upload, mapping, boundaries });
    return fillStaged(run, { ...toCheck, regions: boundaries[0] ?? null, regionsOf }, note);
  });
  // Another, since only what is committed can be looked at by two connections at once.
  const beside = read >= LARGE ? inOne : undefined;
  const { account, extent } = await inOne(async (run) => {
    const checked = await compareStaged(run, filled, note, beside);
    const [box] = await run<{ bbox: StoredReport['bbox'] }>(extentQuery({ upload }));
    return { account: checked, extent: box };
  });
  await progress.settle();
  const checked: StoredReport = { ...report, account, bbox: extent?.bbox ?? null };
  const [stored] = await database.run(storeCheck(upload, checked));
  return stored ? 'ready' : leave(job);
}

/** The upload was removed or changed under our hands: tables of one that is gone go too. */
async function leave({ upload, database: { run } }: ImportJob): Promise<Imported> {
  const [row] = await run(uploadToImport(upload));
  if (!row) for (const statement of dropStaging({ upload })) await run(statement);
  return 'left';
}

/** The layer in which the records are to be. @throws LayerNotFound */
function targetLayer({ target }: Mapping, catalogue: Catalogue): Layer {
  return target.mode === 'new' ? (target.layer as unknown as Layer) : catalogue.get(target.collection);
}

/** The layers of boundaries against which the names of regions may be held. */
function findBoundaries({ layers }: Catalogue): readonly PublishedLayer[] {
  const named = (layer: PublishedLayer, name: string) => layer.fields.some((field) => field.name === name);
  const fits = (layer: PublishedLayer) =>
    layer.role === 'boundaries' && layer.geometry === 'polygon' && named(layer, 'level') && named(layer, 'pcode');
  return layers.filter(fits);
}
