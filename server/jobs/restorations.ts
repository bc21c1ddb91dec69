import { randomUUID } from 'node:crypto';
import { RequestAborted } from '../core/errors.ts';
import type { TileBudget } from '../core/prepared.ts';
import { beginRestoration, failRestoration, noteRestoration, type RestorationProgress } from '../query/restorations.ts';
import type { Run } from '../query/sql.ts';
import { toFailure } from './import/failure.ts';
import { restoreVersion } from './restore-version.ts';

/** What restoring takes of the database. */
export interface RestoringDatabase {
  readonly run: Run;
  readonly transaction: <T>(work: (run: Run) => Promise<T>, signal?: AbortSignal) => Promise<T>;
}

export interface RestorerOptions {
  readonly budget?: TileBudget;
  /** How many versions of a layer keep their records. */
  readonly versionsKept?: number;
  /** Hears of what went wrong, also of what the row tells. */
  readonly onError: (error: unknown, restoration: string) => void;
}

export interface Restorer {
  /**
   * Begins to publish an earlier version of a layer as its next one. Resolves to the id of the restoration at once: its
   * row says how far it is, and what came of it.
   */
  restore(layer: string, generation: number): Promise<string>;
  /** Ends what runs: nothing of it is published. Resolves when nothing is under way. */
  close(): Promise<void>;
}

/** Written at most this often. */
const EVERY_MS = 250;
/** Said also where nothing is new: far less than after what a silent one is taken for dead, see query/restorations.ts. */
const TOUCH_MS = 10_000;

const STOPPED = {
  code: 'restore-interrupted',
  detail: 'The server was stopped before this was done, and nothing was changed. Restore the version again.',
};

/** Brings versions back in the background, one transaction each. */
export function openRestorer({ run, transaction }: RestoringDatabase, options: RestorerOptions): Restorer {
  const { budget, versionsKept, onError } = options;
  const closing = new AbortController();
  const { signal } = closing;
  const underway = new Set<Promise<void>>();

  async function work(id: string, layer: string, generation: number): Promise<void> {
    const tell = (progress: RestorationProgress | null) => run(noteRestoration(id, progress)).catch(() => undefined);
    const timer = setInterval(() => void tell(null), TOUCH_MS);
    timer.unref();
    let last = Number.NEGATIVE_INFINITY;
    let telling: Promise<unknown> = Promise.resolve();
    try {
      await restoreVersion((own) => transaction(own, signal), {
        ...{ layer, generation, restoration: id },
        ...(budget ? { budget } : {}),
        ...(versionsKept === undefined ? {} : { versionsKept }),
        progress: (step, done, total) => {
          if (performance.now() - last < EVERY_MS) return;
          last = performance.now();
          // One after the other, or an earlier one could be written last.
          telling = telling.then(() => tell({ step, done, total }));
        },
      });
    } catch (error) {
      await telling;
      onError(error, id);
      const cause = error instanceof RequestAborted && signal.aborted ? STOPPED : toFailure(error);
      // Where this cannot be written either, the silence tells.
      await run(failRestoration(id, cause)).catch(() => undefined);
    } finally {
      clearInterval(timer);
    }
  }

  return {
    restore: async (layer, generation) => {
      const id = randomUUID();
      await run(beginRestoration(id, layer, generation));
      const over = work(id, layer, generation).finally(() => underway.delete(over));
      underway.add(over);
      return id;
    },
    close: async () => {
      closing.abort();
      await Promise.all(underway);
    },
  };
}
