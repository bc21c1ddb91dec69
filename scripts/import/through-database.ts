import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { type Config, importLimits, parseConfig } from '../../server/config.ts';
import type { Catalogue } from '../../server/core/catalogue.ts';
import type { Mapping, Target } from '../../server/core/mapping.ts';
import { readCatalogue } from '../../server/db/catalogue.ts';
import { openCopies } from '../../server/db/copy.ts';
import type { FileReport } from '../../server/ingest/report.ts';
import { openFile } from '../../server/jobs/import/open-file.ts';
import { runImport } from '../../server/jobs/import/run-import.ts';
import { publishWaiting } from '../../server/jobs/uploads/publish-waiting.ts';
import { sweepCommands } from '../../server/jobs/uploads/sweep-commands.ts';
import { dropStaging } from '../../server/query/staging/create.ts';
import { deleteUpload, insertUpload, moveUpload, type UploadRow, uploadRow } from '../../server/query/upload-doors.ts';
import { lockCommand } from '../../server/query/uploads.ts';
import { openServerDatabase, type ServerDatabase } from '../server-database.ts';
import type { ImportArguments } from './arguments.ts';

/**
 * As for the processes of an import: checking and publishing millions of records take their time. One connection more holds
 * the lock by which others know that this process lives, and two make indexes.
 */
const LANES = { jobs: { max: 5, statementMs: 0 }, queries: { statementMs: 0 } };

/** What came of a file. */
export interface Brought {
  readonly upload: string;
  readonly state: UploadRow['state'];
  /** Null when the file could not be read at all. */
  readonly report: FileReport | null;
  readonly error: UploadRow['error'];
  readonly published: { readonly collection: string; readonly generation: number } | null;
}

/**
 * Brings a file the way that an upload goes, in this process. Of what is not published nothing stays; what this command left
 * when it was killed another time is taken out first.
 */
export async function bringFile(args: ImportArguments): Promise<Brought> {
  const config = parseConfig(process.env);
  const database = await openServerDatabase(config, { limits: LANES });
  const upload = randomUUID();
  try {
    await sweepCommands(database.run);
    return await database.transaction(async (hold) => {
      await hold(lockCommand(upload));
      return bringThrough(database, config, upload, args);
    });
  } finally {
    await database.close();
  }
}

async function bringThrough(
  { run, transaction, connection }: ServerDatabase,
  config: Config,
  upload: string,
  { file, publish, collection, mode }: ImportArguments,
): Promise<Brought> {
  const read = async () => (await run<UploadRow>(uploadRow(upload)))[0] as UploadRow;
  try {
    const source = await openFile(file);
    await run(insertUpload(upload, path.basename(file), source.bytes, { byCommand: true }));
    await run(moveUpload(upload, ['receiving'], 'reading'));
    await runImport({
      ...{ upload, file: source, limits: importLimits(config) },
      database: { run, transaction, copy: openCopies(connection) },
      today: new Date().toISOString().slice(0, 10),
      catalogue: () => readCatalogue(run),
      adapt: (mapping, catalogue) => (collection === undefined ? mapping : aim(mapping, catalogue, collection, mode)),
    }).finally(() => source.close());
    const [ready] = publish ? await run(moveUpload(upload, ['ready'], 'publishing')) : [];
    if (ready) {
      const budget = { records: config.TILE_RECORDS, bytes: config.TILE_BYTES };
      await publishWaiting({ run, transaction }, upload, {
        budget,
        versionsKept: config.VERSIONS_KEEP,
        beside: transaction,
      });
    }
    const { state, report, error, collection: id, generation } = await read();
    const published = id !== null && generation !== null ? { collection: id, generation } : null;
    return { upload, state, report: report as FileReport | null, error, published };
  } finally {
    if ((await read().catch(() => undefined))?.state !== 'published') {
      await run(deleteUpload(upload, []));
      for (const statement of dropStaging({ upload })) await run(statement);
    }
  }
}

/** Another target for the same records: the collection of this name, or a new one. */
function aim(mapping: Mapping, { layers }: Catalogue, id: string, mode: ImportArguments['mode']): Mapping {
  const isThere = layers.some((layer) => layer.id === id);
  if (!isThere && mapping.target.mode === 'new') {
    return { ...mapping, target: { mode: 'new', layer: { ...mapping.target.layer, id } } };
  }
  const target: Target =
    mode === 'upsert' ? { mode, collection: id, newer: newerOf(mapping) } : { mode, collection: id };
  return { ...mapping, target };
}

const newerOf = ({ target }: Mapping) => (target.mode === 'upsert' ? target.newer : null);
