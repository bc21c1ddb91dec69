import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Analyst, Answered, Caller } from './analysis/asking/analyst.ts';
import { fromCrossing } from './analysis/asking/crossing.ts';
import { AnalysisTooLarge } from './analysis/estimate.ts';
import type { AnalystData, Asking, FromAnalyst, ToAnalyst } from './analyst.ts';
import type { Catalogue } from './core/catalogue.ts';
import { QueryTooLarge, RequestAborted } from './core/errors.ts';
import { rowsOf } from './db/catalogue.ts';
import { analysisLimits } from './db/database.ts';
import type { Lane, LaneEvents, LaneStats } from './db/lane.ts';
import { JobInterrupted } from './jobs/analysis/errors.ts';

const ENTRY = path.join(import.meta.dirname, `analyse${path.extname(import.meta.filename)}`);
/** The heap of the thread: a million events as rows take 110 MB, and a question has them in several forms. */
const HEAP_MB = 1024;
/** After its lane has given up what is under way, a thread that computes does not hold up the end. */
const END_MS = 2_000;

export interface AnalysingOptions extends AnalystData, Required<Pick<LaneEvents, 'onQuery' | 'onError'>> {
  /** Path of the entry of the thread; server/analyse.ts, or what it was built to, when it is left out. */
  readonly entry?: string;
  /** Of the thread; `HEAP_MB` when it is left out. */
  readonly heapMb?: number;
}

export interface Analysing extends Analyst {
  /** How the lane of the thread is. */
  readonly lane: Pick<Lane, 'name' | 'stats'>;
  /** Gives up what is under way. Resolves when no thread is left. */
  close(): Promise<void>;
}

interface Waiting {
  readonly progress: Caller['progress'];
  readonly resolve: (answer: Answered | undefined) => void;
  readonly reject: (error: unknown) => void;
}

interface Thread {
  readonly tell: (message: ToAnalyst) => void;
  /** What it was told last. */
  catalogue: Catalogue | undefined;
  readonly waiting: Map<number, Waiting>;
  readonly worker: Worker;
  readonly over: Promise<void>;
}

/** Why a question has no answer whose thread has ended. `isAlone`: no other was under way, so that it was this one. */
function toCause(error: unknown, heapMb: number, isAlone: boolean): Error {
  if (!(error instanceof Error)) return new Error('The thread that answers questions ended before it was done.');
  if (!('code' in error) || error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return error;
  const what = `more memory than there is for questions (${heapMb} MB)`;
  return isAlone
    ? new AnalysisTooLarge(`This needs ${what}. Narrow the place, the time, the filter or the distance.`)
    : new QueryTooLarge(
        `This and other questions needed ${what}, and were given up. Ask again; if that fails too, narrow it.`,
      );
}

/**
 * Answers questions in a thread of its own, so that who asks for tiles does not wait for what an analysis computes. It begins
 * with the first question; another takes its place when it has died, with the questions that it was at.
 */
export function openAnalysing(options: AnalysingOptions): Analysing {
  const { entry = ENTRY, heapMb = HEAP_MB, connection, limits, software, onQuery, onError } = options;
  const { max, queueMax } = analysisLimits(limits);
  const rest: LaneStats = {
    ...{ max, queueMax, active: 0, waiting: 0 },
    ...{ completed: 0, failed: 0, cancelled: 0, saturated: 0 },
  };
  let stats = rest;
  let thread: Thread | undefined;
  let last = 0;
  let isClosed = false;

  function begin(): Thread {
    const workerData: AnalystData = { connection, limits, software };
    const worker = new Worker(entry, { workerData, resourceLimits: { maxOldGenerationSizeMb: heapMb } });
    const waiting: Thread['waiting'] = new Map();
    let failure: unknown;
    worker.on('message', (message: FromAnalyst) => hear(message, waiting));
    worker.on('error', (error) => {
      failure = error;
      onError(error);
    });
    const over = new Promise<void>((resolve) => {
      worker.once('exit', () => {
        if (thread === begun) [thread, stats] = [undefined, rest];
        const isAlone = waiting.size === 1;
        const toError = () => (isClosed ? new JobInterrupted() : toCause(failure, heapMb, isAlone));
        for (const { reject } of waiting.values()) reject(toError());
        resolve();
      });
    });
    const tell = (message: ToAnalyst) => worker.postMessage(message);
    const begun: Thread = { worker, waiting, over, tell, catalogue: undefined };
    return begun;
  }

  function hear(message: FromAnalyst, waiting: Thread['waiting']): void {
    if (message.type === 'lane') {
      stats = message.stats;
      for (const query of message.queried) onQuery(...query);
    } else if (message.type === 'lost') {
      onError(fromCrossing(message.error));
    } else {
      // Of one that was given up nothing more is wanted.
      const asked = waiting.get(message.id);
      if (message.type === 'progress') asked?.progress(message.share, message.step);
      else if (message.type === 'done') asked?.resolve(message.answer);
      else asked?.reject(fromCrossing(message.error));
    }
  }

  type Work = Asking extends infer Each ? (Each extends Asking ? Omit<Each, 'id'> : never) : never;

  async function ask(work: Work, { signal, progress }: Caller, catalogue: Catalogue): Promise<Answered | undefined> {
    if (isClosed) throw new JobInterrupted();
    const aborted = () => new RequestAborted('The question was given up.');
    if (signal.aborted) throw aborted();
    thread ??= begin();
    const { tell, waiting } = thread;
    if (thread.catalogue !== catalogue) tell({ type: 'catalogue', rows: rowsOf(catalogue) });
    thread.catalogue = catalogue;
    last += 1;
    const id = last;
    let onAbort = (): void => undefined;
    try {
      return await new Promise<Answered | undefined>((resolve, reject) => {
        waiting.set(id, { progress, resolve, reject });
        onAbort = () => {
          tell({ type: 'abort', id });
          reject(aborted());
        };
        signal.addEventListener('abort', onAbort, { once: true });
        tell({ ...work, id } as Asking);
      });
    } finally {
      waiting.delete(id);
      signal.removeEventListener('abort', onAbort);
    }
  }

  return {
    answer: async ({ id }, order, caller, catalogue) =>
      (await ask({ type: 'answer', process: id, order }, caller, catalogue)) as Answered,
    weigh: async ({ id }, order, caller, catalogue) => {
      await ask({ type: 'weigh', process: id, order }, caller, catalogue);
    },
    lane: { name: 'analysis', stats: () => stats },
    close: async () => {
      isClosed = true;
      if (!thread) return;
      const { tell, over, worker } = thread;
      tell({ type: 'end' });
      const limit = setTimeout(() => void worker.terminate(), END_MS);
      await over;
      clearTimeout(limit);
    },
  };
}
