/**
 * Entry of the process that reads a file and checks its records. It is told by a message which, ends when it is done, and
 * ends at once with the process that has started it: what it was at is then taken up at the next start.
 */

import { AzalaiError } from './core/errors.ts';
import { readCatalogue } from './db/catalogue.ts';
import { openCopies } from './db/copy.ts';
import { openDatabase } from './db/database.ts';
import { isPassing } from './jobs/import/failure.ts';
import { type ImportOrder, TRY_LATER } from './jobs/import/launch.ts';
import { openFile } from './jobs/import/open-file.ts';
import { runImport } from './jobs/import/run-import.ts';
import { type UploadToImport, uploadToImport, waitForTurn } from './query/uploads.ts';

/**
 * One waits for its turn and has it, one holds the lock of the upload, two check; two tell the progress and look. Two more
 * copy, before any checks: at most seven at a time, see connections.ts. Checking millions of records takes its time.
 */
const LANES = { jobs: { max: 4, statementMs: 0 }, queries: { max: 2, statementMs: 0 } };
/** The process that worked on it before may still be about to end. */
const TRIES = 20;
const PAUSE_MS = 500;

class FileGone extends AzalaiError {}

async function openUpload(file: string, name: string) {
  return openFile(file, name).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new FileGone('The file of this upload is no longer there. Send it again.') : error;
  });
}

async function work({ upload, file, limits, connection }: ImportOrder): Promise<void> {
  const database = openDatabase(connection, () => undefined, { limits: LANES });
  const { run, transaction } = database;
  try {
    await transaction(async (turn) => {
      await turn(waitForTurn('reading'));
      await bring();
    });
  } finally {
    await database.close();
  }

  async function bring(): Promise<void> {
    for (let tried = 0; tried < TRIES; tried += 1) {
      const [row] = await run<UploadToImport>(uploadToImport(upload));
      if (row?.state !== 'reading' && row?.state !== 'checking') return;
      const imported = await runImport({
        ...{ upload, limits, database: { run, transaction, copy: openCopies(connection) } },
        file: () => openUpload(file, row.name),
        today: new Date().toISOString().slice(0, 10),
        catalogue: () => readCatalogue(run),
      });
      if (imported !== 'left') return;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

// Ctrl-C goes to all processes of a terminal; this one ends with its parent.
process.on('SIGINT', () => undefined);
process.once('disconnect', () => process.exit(1));
process.once('message', (order: ImportOrder) => {
  work(order).then(
    () => process.exit(0),
    (error: unknown) => {
      const code = isPassing(error) ? TRY_LATER : 1;
      process.send?.(error instanceof Error ? error : String(error), () => process.exit(code));
    },
  );
});
