import type { Order } from './analysis/asking/analyst.ts';
import type { Result } from './analysis/process.ts';
import { figuresOf } from './core/watch-figures.ts';
import type { Context } from './http/context.ts';
import { ask } from './http/processes/ask.ts';
import { findProcess } from './http/processes/find-process.ts';
import { toJobProblem } from './http/processes/job-problem.ts';
import { findJob } from './jobs/analysis/find-job.ts';
import type { JobAnswer } from './jobs/analysis/jobs.ts';
import { madeOf } from './jobs/analysis/take-back.ts';
import type { Briefs } from './jobs/briefs/open-briefs.ts';
import type { Found } from './jobs/watches/ask-watch.ts';
import { makeBriefs } from './jobs/watches/make-briefs.ts';
import { openWatcher, type Watcher, type WatcherOptions } from './jobs/watches/watcher.ts';
import { forgetJob } from './query/watches.ts';

/** A job that was given up before its turn is found so. */
const LOOK_MS = 1_000;

export interface WatchingOptions extends Pick<WatcherOptions, 'onError' | 'settleMs' | 'lookMs'> {
  readonly context: Pick<Context, 'run' | 'catalogue' | 'refresh' | 'analysis'>;
  /** In the lane for jobs, so that nobody waits for what compares versions. */
  readonly slow: Pick<WatcherOptions, 'compare' | 'transaction'>;
  readonly briefs: Pick<Briefs, 'create' | 'replace'>;
  /** Milliseconds since 1970; the clock's when it is left out. */
  readonly now?: () => number;
}

/** Asks as a job is asked: in its turn, in the child process for questions, in the lane for analyses. */
async function askAsJob(
  { run, ...context }: WatchingOptions['context'],
  { process: id, inputs }: { readonly process: string; readonly inputs: Order['inputs'] },
  access: Order['access'],
  signal: AbortSignal,
): Promise<Found> {
  const process = findProcess(context.analysis.processes, id);
  let settle: (found: Found) => void = () => undefined;
  let refuse: (error: unknown) => void = () => undefined;
  const found = new Promise<Found>((resolve, reject) => {
    [settle, refuse] = [resolve, reject];
  });
  // It may fail while nobody waits for it yet.
  found.catch(() => undefined);
  // Whoever asks with the token goes before, also where all records are asked: nobody waits for it.
  const order = { process: process.id, response: 'raw', access: 'public' } as const;
  const job = await context.analysis.jobs.submit(order, async (given, progress): Promise<JobAnswer> => {
    try {
      const caller = { access, signal: given, progress, isAsynchronous: true };
      const answered = await ask(context, process, inputs, caller, { form: 'raw', keeps: false });
      const { text, numbers, units, receipt } = JSON.parse(Buffer.from(answered.body).toString()) as Result;
      const made = madeOf(answered.asked);
      settle({ answer: { text, figures: figuresOf(numbers, units), hash: receipt.hash }, madeOf: made });
      // Nobody comes back for it: what it says is in the digest.
      return { body: new Uint8Array(), madeOf: made };
    } catch (error) {
      refuse(error);
      throw error;
    }
  });
  const giveUp = () => context.analysis.jobs.abort(job.id);
  signal.addEventListener('abort', giveUp, { once: true });
  const looking = setInterval(() => {
    findJob(run, job.id, true).then(({ state, problem }) => {
      if (state === 'dismissed' || state === 'failed')
        refuse(new Error(problem?.detail ?? 'The question was given up.'));
    }, refuse);
  }, LOOK_MS);
  try {
    return await Promise.race([found, aborted(signal)]);
  } finally {
    clearInterval(looking);
    signal.removeEventListener('abort', giveUp);
    await run(forgetJob(job.id)).catch(() => undefined);
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const give = () => reject(signal.reason);
    if (signal.aborted) give();
    else signal.addEventListener('abort', give, { once: true });
  });
}

/** Watches questions in this process; of several, in one. */
export function openWatching(options: WatchingOptions): Watcher {
  const { context, slow, briefs, now = Date.now, ...rest } = options;
  return openWatcher({
    ...rest,
    ...slow,
    run: context.run,
    catalogue: context.refresh,
    ask: (watch, access, signal) => askAsJob(context, watch, access, signal),
    toProblem: (error) => {
      const { title, status, detail } = toJobProblem(error);
      return { title, status, detail };
    },
    makeBriefs: async () => {
      await makeBriefs({ run: context.run, briefs, now });
    },
  });
}
