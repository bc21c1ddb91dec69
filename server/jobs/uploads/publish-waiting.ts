import { AzalaiError } from '../../core/errors.ts';
import { MappingSchema } from '../../core/mapping.ts';
import type { TileBudget } from '../../core/prepared.ts';
import type { Run, Transaction } from '../../query/sql.ts';
import { notePublishing, releaseUpload } from '../../query/upload-doors.ts';
import { beginAttempt, lockUpload, type UploadToImport } from '../../query/uploads.ts';
import { MAX_ATTEMPTS, NOT_PUBLISHED } from '../import/attempts.ts';
import { isPassing } from '../import/failure.ts';
import { publishUpload } from '../publish-upload.ts';

export interface PublishSettings {
  readonly budget: TileBudget;
  /** How many versions of a layer keep their records. */
  readonly versionsKept: number;
  /** As for `publishUpload`. */
  readonly beside?: Transaction;
}

const PROGRESS_MS = 250;

const FAULT = 'Publishing met a fault of the server, which its log tells of. Nothing was published.';

/**
 * Publishes an upload in state `publishing`; nothing happens to one in another. When it cannot be published it is ready
 * again, and its row says why. What may pass by itself is thrown and leaves it as it is, to be begun again.
 * @throws DatabaseUnavailable, LaneSaturated, and what is a fault of ours
 */
export function publishWaiting(
  { run, transaction }: { readonly run: Run; readonly transaction: Transaction },
  upload: string,
  settings: PublishSettings,
): Promise<void> {
  return transaction(async (hold) => {
    const [lock] = await hold<{ taken: boolean }>(lockUpload(upload));
    if (!lock?.taken) return;
    const [row] = await run<UploadToImport>(beginAttempt(upload, ['publishing']));
    if (!row) return;
    if (row.attempts > MAX_ATTEMPTS) {
      await run(releaseUpload(upload, NOT_PUBLISHED));
      return;
    }
    let last = performance.now();
    let noting: Promise<unknown> = Promise.resolve();
    try {
      await publishUpload(transaction, {
        ...{ upload, mapping: MappingSchema.parse(row.mapping), ...settings },
        progress: (_step, done, total) => {
          if (performance.now() - last < PROGRESS_MS) return;
          last = performance.now();
          const progress = { stage: 'publishing', done, total, features: null, secondsLeft: null } as const;
          // Told in passing: what cannot be told does not keep it from being published.
          noting = run(notePublishing(upload, progress)).catch(() => undefined);
        },
      });
      await noting;
    } catch (error) {
      await noting;
      if (isPassing(error)) throw error;
      const isOurs = !(error instanceof AzalaiError);
      const code = isOurs ? 'internal' : error.name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
      await run(releaseUpload(upload, { code, detail: isOurs ? FAULT : error.message }));
      if (isOurs) throw error;
    }
  });
}
