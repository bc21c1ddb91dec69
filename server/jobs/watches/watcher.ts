import type { Catalogue } from '../../core/catalogue.ts';
import {
  type ClaimedWatch,
  claimWatch,
  deleteOldEntries,
  holdWatch,
  releaseWatch,
  takeBackDigest,
  type WaitingWatch,
  waitingWatches,
} from '../../query/watches.ts';
import { type AskingWatch, askWatch } from './ask-watch.ts';

/** Entries are kept so long. */
const KEEP_DAYS = 90;
/** Who asks says so in time; one that has ended is taken for gone after so long. */
const CLAIM_SECONDS = 60;
const HOLD_MS = 15_000;

/** Publications that follow one another are waited for, not without end. */
const SETTLE_MS = 5_000;
const LONGEST_SETTLE_MS = 60_000;
/** So often new questions, those that failed, and briefs that are due are looked for. */
const LOOK_MS = 5_000;

export interface WatcherOptions extends Pick<AskingWatch, 'run' | 'compare' | 'transaction' | 'ask' | 'toProblem'> {
  /** The catalogue as the database has it. */
  readonly catalogue: () => Promise<Catalogue>;
  /** Makes the briefs that are due; done in each round, before questions are asked. */
  readonly makeBriefs: () => Promise<void>;
  readonly onError: (error: unknown, watch: string) => void;
  readonly settleMs?: number;
  readonly lookMs?: number;
}

export interface Watcher {
  /** Something was published: soon, when no more follows, what is made of it is asked again. */
  wake(): void;
  /** Asks what is to be asked, now; returns how many questions were. Those of a round under way are not counted twice. */
  round(): Promise<number>;
  /** Gives up the question that is asked; it is asked again at the next start. */
  close(): Promise<void>;
}

/** Whether a question is to be asked: it has no answer, or one of other versions than those in service. */
export function isDue({ asked }: Pick<WaitingWatch, 'asked'>, { layers }: Catalogue): boolean {
  if (asked === null) return true;
  const served = new Map(layers.map(({ id, generation }) => [id, generation]));
  return Object.entries(asked).some(([id, generation]) => served.get(id) !== generation);
}

/**
 * Asks watched questions again when the layers of their answers change, one after the other. What was published while nobody
 * listened is found in the same way, by the versions of the answer. One process does this; of several the first takes a question.
 */
export function openWatcher(options: WatcherOptions): Watcher {
  const { run, catalogue, makeBriefs, onError, settleMs = SETTLE_MS, lookMs = LOOK_MS } = options;
  const controller = new AbortController();
  const { signal } = controller;
  let settling: { readonly since: number; timer: NodeJS.Timeout } | undefined;
  let current: Promise<number> | undefined;

  async function ask(id: string, known: Catalogue): Promise<boolean> {
    const [watch] = await run<ClaimedWatch>(claimWatch(id, CLAIM_SECONDS));
    if (!watch) return false;
    // Another process has asked it since it was found to be due.
    if (!isDue(watch, known)) {
      await run(releaseWatch(id, 0));
      return false;
    }
    const hold = setInterval(() => void run(holdWatch(id, CLAIM_SECONDS)).catch(() => undefined), HOLD_MS);
    try {
      await askWatch(watch, { ...options, catalogue: known, signal });
    } finally {
      clearInterval(hold);
    }
    return true;
  }

  async function work(): Promise<number> {
    let count = 0;
    for (const query of [...takeBackDigest(), deleteOldEntries(KEEP_DAYS)]) await run(query);
    // A brief that cannot be made keeps no question from being asked.
    await makeBriefs().catch((error: unknown) => onError(error, ''));
    for (const waiting of await run<WaitingWatch>(waitingWatches())) {
      if (signal.aborted) break;
      const known = await catalogue();
      if (!isDue(waiting, known)) continue;
      const isAsked = await ask(waiting.id, known).catch((error: unknown) => {
        if (!signal.aborted) onError(error, waiting.id);
        return false;
      });
      if (isAsked) count += 1;
    }
    return count;
  }

  function round(): Promise<number> {
    current ??= work().finally(() => {
      current = undefined;
    });
    return current;
  }

  const look = () => {
    if (signal.aborted) return;
    round().catch((error: unknown) => {
      if (!signal.aborted) onError(error, '');
    });
  };

  // While publications follow one another nothing is asked.
  const looking = setInterval(() => {
    if (!settling) look();
  }, lookMs);
  looking.unref();

  function wake(): void {
    if (signal.aborted) return;
    const since = settling?.since ?? Date.now();
    clearTimeout(settling?.timer);
    const wait = Math.max(0, Math.min(settleMs, since + LONGEST_SETTLE_MS - Date.now()));
    const timer = setTimeout(() => {
      settling = undefined;
      look();
    }, wait);
    timer.unref();
    settling = { since, timer };
  }

  return {
    wake,
    round,
    close: async () => {
      controller.abort();
      clearInterval(looking);
      clearTimeout(settling?.timer);
      await current?.catch(() => undefined);
    },
  };
}
