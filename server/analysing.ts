import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
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
/** The heap of the process: a million events as rows take 110 MB, and a question has them in several forms. */
const HEAP_MB = 1024;
/** After its lane has given up what is under way, a process that computes does not hold up the end. */
const END_MS = 2_000;

export interface AnalysingOptions extends AnalystData, Required<Pick<LaneEvents, 'onQuery' | 'onError'>> {
  /** Path of the entry of the process; server/analyse.ts, or what it was built to, when it is left out. */
  readonly entry?: string;
  /** Of the process; `HEAP_MB` when it is left out. */
  readonly heapMb?: number;
}

export interface Analysing extends Analyst {
  /** How the lane of the process is. */
  readonly lane: Pick<Lane, 'name' | 'stats'>;
  /** Gives up what is under way. Resolves when no process is left. */
  close(): Promise<void>;
}

interface Waiting {
  readonly progress: Caller['progress'];
  readonly resolve: (answer: Answered | undefined) => void;
  readonly reject: (error: unknown) => void;
}

interface Running {
  readonly child: ChildProcess;
  readonly tell: (message: ToAnalyst) => void;
  /** What it was told last. */
  catalogue: Catalogue | undefined;
  readonly waiting: Map<number, Waiting>;
  readonly over: Promise<void>;
}

/** How a process ended that nobody told to. */
class AnalystEnded extends Error {
  readonly signal: NodeJS.Signals | null;

  constructor(code: number | null, signal: NodeJS.Signals | null) {
    super(`The process that answers questions ended before it was done (${signal ?? code}).`);
    this.signal = signal;
  }
}

/** Why a question has no answer whose process has ended. `isAlone`: no other was under way, so that it was this one. */
function toCause(failure: Error, heapMb: number, isAlone: boolean): Error {
  // So the system ends a process when the machine has no memory left, and whoever wants to: which one it was for is not known.
  if (failure instanceof AnalystEnded && failure.signal === 'SIGKILL') {
    return new QueryTooLarge(
      'Questions were given up, most likely because the machine had no memory left. Ask again; if that fails too, narrow it.',
    );
  }
  // So V8 ends a process that has no memory left; nothing else of ours does.
  if (!(failure instanceof AnalystEnded) || failure.signal !== 'SIGABRT') return failure;
  const what = `more memory than there is for questions (${heapMb} MB)`;
  return isAlone
    ? new AnalysisTooLarge(`This needs ${what}. Narrow the place, the time, the filter or the distance.`)
    : new QueryTooLarge(
        `This and other questions needed ${what}, and were given up. Ask again; if that fails too, narrow it.`,
      );
}

/**
 * Answers questions in a process of its own, so that who asks for tiles does not wait for what an analysis computes: not in a
 * thread, whose garbage V8 collects in threads that all of a process share, and which go before others as the process does. It
 * begins with the first question; another takes its place when it has died, with the questions that it was at.
 */
export function openAnalysing(options: AnalysingOptions): Analysing {
  const { entry = ENTRY, heapMb = HEAP_MB, connection, limits, software, onQuery, onError } = options;
  const { max, queueMax } = analysisLimits(limits);
  const rest: LaneStats = {
    ...{ max, queueMax, active: 0, waiting: 0 },
    ...{ completed: 0, failed: 0, cancelled: 0, saturated: 0 },
  };
  let stats = rest;
  let running: Running | undefined;
  let last = 0;
  let isClosed = false;

  function begin(): Running {
    // As this process was started, so that TypeScript is understood where it is run as it is.
    const own = process.execArgv.filter((argument) => !/^--(max-old-space-size|inspect)/.test(argument));
    const execArgv = [...own, `--max-old-space-size=${heapMb}`];
    // A session of its own is what the system shares the processor between first, and is not told of Ctrl-C.
    const child = fork(entry, [], { execArgv, serialization: 'advanced', detached: true });
    const waiting: Running['waiting'] = new Map();
    child.on('message', (message: FromAnalyst) => hear(message, waiting));
    const over = new Promise<void>((resolve) => {
      const end = (failure: Error) => {
        if (running === begun) [running, stats] = [undefined, rest];
        if (!isClosed) onError(failure);
        const isAlone = waiting.size === 1;
        for (const { reject } of waiting.values())
          reject(isClosed ? new JobInterrupted() : toCause(failure, heapMb, isAlone));
        resolve();
      };
      child.once('exit', (code, signal) => end(new AnalystEnded(code, signal)));
      // One that could not be started does not end.
      child.once('error', (error) => child.pid === undefined && end(error));
    });
    // One that has gone hears nothing, and what waits for it hears of its end.
    const tell = (message: ToAnalyst) => void (child.connected && child.send(message, () => undefined));
    const begun: Running = { child, waiting, over, tell, catalogue: undefined };
    tell({ type: 'begin', data: { connection, limits, software } });
    return begun;
  }

  function hear(message: FromAnalyst, waiting: Running['waiting']): void {
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
    running ??= begin();
    const { tell, waiting } = running;
    if (running.catalogue !== catalogue) tell({ type: 'catalogue', rows: rowsOf(catalogue) });
    running.catalogue = catalogue;
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
      if (!running) return;
      const { tell, over, child } = running;
      tell({ type: 'end' });
      const limit = setTimeout(() => child.kill('SIGKILL'), END_MS);
      await over;
      clearTimeout(limit);
    },
  };
}
