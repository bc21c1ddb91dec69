import { parentPort, workerData } from 'node:worker_threads';
import type { ItemRow } from '../../encode/feature.ts';
import { ArchiveTooLarge } from './errors.ts';
import { type GeopackageWish, openGeopackage } from './geopackage-file.ts';

/** A message to this thread: rows, or null when there are no more. Each is answered. */
export type ToWorker = readonly ItemRow[] | null;

/** What this thread answers. `tooLarge`: errors lose their class on the way. */
export type FromWorker =
  | { readonly type: 'taken' }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly error: unknown; readonly tooLarge: string | undefined };

/** Writes a GeoPackage in a thread of its own: SQLite works in place, and whoever asks for tiles must not wait for it. */
const port = parentPort as NonNullable<typeof parentPort>;
const say = (message: FromWorker) => port.postMessage(message);

function guarded(work: () => void): void {
  try {
    work();
  } catch (error) {
    say({ type: 'failed', error, tooLarge: error instanceof ArchiveTooLarge ? error.message : undefined });
    port.close();
  }
}

guarded(() => {
  const file = openGeopackage(workerData as GeopackageWish);
  port.on('message', (rows: ToWorker) =>
    guarded(() => {
      if (rows) {
        file.add(rows);
        say({ type: 'taken' });
      } else {
        file.finish();
        say({ type: 'done' });
        port.close();
      }
    }),
  );
});
