import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { RequestAborted } from '../../core/errors.ts';
import type { ItemRow } from '../../encode/feature.ts';
import { ArchiveTooLarge } from './errors.ts';
import type { GeopackageWish } from './geopackage-file.ts';
import type { FromWorker, ToWorker } from './geopackage-worker.ts';

/** Rows in one message: more would keep others waiting while they are copied. */
const ROWS = 250;
/** Messages that are not yet answered: one is written while the next is on its way. */
const AHEAD = 2;
/** The heap of the thread: pieces of rows, and what records need until the R-tree is packed. */
const HEAP_MB = 512;

const ENTRY = path.join(import.meta.dirname, `geopackage-worker${path.extname(import.meta.filename)}`);

/**
 * Writes rows into a new GeoPackage, in a thread of its own. When it fails or is aborted, nothing is left of the file.
 * @throws ArchiveTooLarge, RequestAborted, and whatever the rows throw
 */
export async function writeGeopackage(
  wish: GeopackageWish,
  rows: AsyncIterable<readonly ItemRow[]>,
  signal?: AbortSignal,
): Promise<void> {
  const worker = new Worker(ENTRY, { workerData: wish, resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } });
  const thread = follow(worker);
  const onAbort = () => thread.fail(new RequestAborted('The export was given up: nothing is written.'));
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    if (signal?.aborted) onAbort();
    for await (const batch of rows) {
      for (let at = 0; at < batch.length; at += ROWS) await thread.send(batch.slice(at, at + ROWS));
    }
    await thread.send(null);
    await thread.done;
  } catch (error) {
    await worker.terminate();
    // SQLite here marks a file that is open by a folder beside it.
    for (const left of [wish.path, `${wish.path}.lock`]) await rm(left, { force: true, recursive: true });
    throw error;
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}

function follow(worker: Worker) {
  let unanswered = 0;
  let failure: { readonly error: unknown } | undefined;
  let wake: () => void = () => undefined;
  let isDone = false;

  const fail = (error: unknown) => {
    failure ??= { error };
    wake();
  };
  worker.on('message', (message: FromWorker) => {
    if (message.type === 'taken') unanswered -= 1;
    else if (message.type === 'done') isDone = true;
    else fail(message.tooLarge === undefined ? message.error : new ArchiveTooLarge(message.tooLarge));
    wake();
  });
  worker.on('error', fail);
  worker.on('exit', () => {
    if (!isDone) fail(new Error('The thread that wrote the GeoPackage ended before it was done.'));
  });

  const until = async (isSo: () => boolean): Promise<void> => {
    while (!failure && !isSo()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if (failure) throw failure.error;
  };

  return {
    fail,
    send: async (message: ToWorker): Promise<void> => {
      await until(() => unanswered < AHEAD);
      unanswered += 1;
      worker.postMessage(message);
      await setImmediate();
    },
    get done() {
      return until(() => isDone);
    },
  };
}
