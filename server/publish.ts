/**
 * Entry of the process that publishes an upload. It is told by a message which one, ends when it is done, and ends at once
 * with the process that has started it: nothing of the upload is published then.
 */

import { parseConfig } from './config.ts';
import { openDatabase } from './db/database.ts';
import { isPassing } from './jobs/import/failure.ts';
import { type ImportOrder, TRY_LATER } from './jobs/import/launch.ts';
import { publishWaiting } from './jobs/uploads/publish-waiting.ts';
import { waitForTurn } from './query/uploads.ts';

/**
 * One waits for its turn and has it, one holds the lock of the upload, one publishes, two make indexes; two tell the progress
 * and look: seven in all, see connections.ts. Millions of records take their time.
 */
const LIMITS = { jobs: { max: 5, statementMs: 0 }, queries: { max: 2, waitMs: 60_000 } };

async function work({ upload, connection }: ImportOrder): Promise<void> {
  const config = parseConfig(process.env);
  const database = openDatabase(connection, () => undefined, { limits: LIMITS });
  try {
    await database.transaction(async (turn) => {
      await turn(waitForTurn('publishing'));
      await publishWaiting(database, upload, {
        budget: { records: config.TILE_RECORDS, bytes: config.TILE_BYTES },
        versionsKept: config.VERSIONS_KEEP,
        beside: database.transaction,
      });
    });
  } finally {
    await database.close();
  }
}

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
