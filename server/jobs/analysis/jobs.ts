import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Localized } from '../../core/layer.ts';
import {
  failJob,
  finishJob,
  insertJob,
  type JobProblem,
  type JobRow,
  type NewJob,
  startJob,
  touchJobs,
} from '../../query/analysis-jobs.ts';
import type { Run } from '../../query/sql.ts';
import type { MadeOf } from '../../query/withholding.ts';
import { JobsFull } from './errors.ts';

/** A job asks the database one thing at a time (see `analysis/asking/analyst.ts`): of the lane's two places one is left for who waits. */
const AT_ONCE = 1;
/** Anybody may ask: some places are for those who have the token, and their turn comes first. */
const MOST_WAITING = 16;
const MOST_PUBLIC_WAITING = 12;
/** So often it is said how far jobs are, and heard which are no longer wanted. */
const HEARTBEAT_MS = 500;

const WAITING = { en: 'Waiting for its turn.', fr: 'En attente de son tour.' };
const BEGUN = { en: 'Begun.', fr: 'Commencé.' };
const DONE = { en: 'Done.', fr: 'Terminé.' };

/** Nothing begins before the table knows of it. */
const START = { isRunning: true, progress: 0, message: WAITING } as const;

export type JobOrder = Omit<NewJob, 'id' | 'message' | 'keepDays'>;

/** What a job found. */
export interface JobAnswer {
  /** As it is sent. */
  readonly body: Uint8Array;
  readonly madeOf: MadeOf;
}

/** Finds the answer; `progress` takes 0 to 1 and what is being done. */
export type JobWork = (signal: AbortSignal, progress: (share: number, step: Localized) => void) => Promise<JobAnswer>;

interface Held {
  readonly access: JobRow['access'];
  readonly work: JobWork;
  readonly controller: AbortController;
  isRunning: boolean;
  progress: number;
  message: Localized;
}

export interface AnalysisJobs {
  /** Whether one more may wait: to be asked before anything is done for it. @throws JobsFull */
  checkRoom(access: JobRow['access']): void;
  /** Takes a job, which is then found in the table. @throws JobsFull */
  submit(order: JobOrder, work: JobWork): Promise<JobRow>;
  /** Ends a job at once that this process has; others hear of it by the table. */
  abort(id: string): void;
  /** Ends what runs; it is then said to have failed. */
  close(): Promise<void>;
}

export interface JobsOptions {
  readonly run: Run;
  /** How long a job and its result are kept. */
  readonly keepDays: number;
  /** An error as it is sent to who asked. */
  readonly toProblem: (error: unknown) => JobProblem;
  readonly onError: (error: unknown, job: string) => void;
}

const compress = promisify(gzip);

/** Works on jobs in this process, one after the other, and says in the table how far they are. */
export function openAnalysisJobs({ run, keepDays, toProblem, onError }: JobsOptions): AnalysisJobs {
  /** In the order in which they came. */
  const held = new Map<string, Held>();
  const working = new Set<Promise<void>>();
  let isClosed = false;
  let isTelling = false;

  async function tell(): Promise<void> {
    const jobs = [...held].map(([id, { progress, message }]) => ({ id, progress, message }));
    if (jobs.length === 0 || isTelling) return;
    isTelling = true;
    try {
      const wanted = new Set((await run<{ id: string }>(touchJobs(jobs))).map(({ id }) => id));
      for (const { id } of jobs) if (!wanted.has(id)) abort(id);
    } finally {
      isTelling = false;
    }
  }

  const timer = setInterval(() => {
    tell().catch((error: unknown) => onError(error, ''));
  }, HEARTBEAT_MS);
  timer.unref();

  function abort(id: string): void {
    const job = held.get(id);
    job?.controller.abort();
    if (job && !job.isRunning) held.delete(id);
  }

  async function work(id: string, job: Held): Promise<void> {
    const { signal } = job.controller;
    try {
      if ((await run(startJob(id))).length === 0) return;
      // It may have been given up meanwhile, and nobody would tell the work.
      signal.throwIfAborted();
      job.message = BEGUN;
      const { body, madeOf } = await job.work(signal, (share, step) => {
        // The last percent is the finding of the result itself.
        job.progress = Math.max(job.progress, Math.min(99, Math.floor(share * 100)));
        job.message = step;
      });
      await run(finishJob(id, DONE, await compress(body), madeOf));
    } catch (error) {
      // Dismissed, or taken for dead: the table says so already.
      if (signal.aborted && !isClosed) return;
      const problem = isClosed ? null : toProblem(error);
      if (!isClosed) onError(error, id);
      await run(failJob(id, problem));
    }
  }

  function next(): void {
    if (isClosed) return;
    const running = [...held.values()].filter(({ isRunning }) => isRunning).length;
    const inQueue = [...held].filter(([, { isRunning }]) => !isRunning);
    const waiting = inQueue.find(([, { access }]) => access === 'full') ?? inQueue[0];
    if (!waiting || running >= AT_ONCE) return;
    const [id, job] = waiting;
    job.isRunning = true;
    const done = work(id, job)
      .catch((error: unknown) => onError(error, id))
      .finally(() => {
        held.delete(id);
        working.delete(done);
        next();
      });
    working.add(done);
    next();
  }

  function checkRoom(access: JobRow['access']): void {
    const same = [...held.values()].filter((job) => job.access === access).length;
    const isFull = held.size >= AT_ONCE + MOST_WAITING;
    if (isClosed || isFull || (access === 'public' && same >= AT_ONCE + MOST_PUBLIC_WAITING)) {
      const most = access === 'public' ? MOST_PUBLIC_WAITING : MOST_WAITING;
      throw new JobsFull(`${most} questions wait already: ask again when some are answered.`);
    }
  }

  return {
    checkRoom,
    submit: async (order, work) => {
      checkRoom(order.access);
      const id = randomUUID();
      const { access } = order;
      const job: Held = { ...{ work, access, controller: new AbortController() }, ...START };
      // Its place is taken before the table knows of it, and nothing begins before.
      held.set(id, job);
      try {
        const [row] = await run<JobRow>(insertJob({ ...order, id, message: WAITING, keepDays }));
        job.isRunning = false;
        next();
        return row as JobRow;
      } catch (error) {
        held.delete(id);
        throw error;
      }
    },
    abort,
    close: async () => {
      isClosed = true;
      clearInterval(timer);
      for (const { controller } of held.values()) controller.abort();
      await Promise.all(working);
      for (const id of held.keys()) await run(failJob(id, null)).catch((error: unknown) => onError(error, id));
      held.clear();
    },
  };
}
