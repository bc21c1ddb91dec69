/** Entry of the thread that reads batches beside the one that finds them: each message is one, and each is answered in its turn. */

import { parentPort } from 'node:worker_threads';
import type { RecordBatch } from '../../ingest/record-batch.ts';
import { digestToLines, type LinesContext } from './digest-to-lines.ts';

parentPort?.on('message', ({ batch, context }: { readonly batch: RecordBatch; readonly context: LinesContext }) => {
  const digest = digestToLines(batch, context);
  parentPort?.postMessage(digest, digest ? [digest.lines.buffer] : []);
});
