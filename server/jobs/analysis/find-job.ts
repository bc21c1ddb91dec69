import {
  dismissJob,
  failSilentJobs,
  type JobRow,
  jobQuery,
  jobResult,
  jobsQuery,
  takeBackJobs,
} from '../../query/analysis-jobs.ts';
import type { Run } from '../../query/sql.ts';
import { JobDismissed, JobFailed, JobInterrupted, JobNotFound, ResultNotReady } from './errors.ts';
import { TAKEN_BACK } from './take-back.ts';

/** A process that says nothing for so long has ended: it speaks twice a second. */
const SILENT_SECONDS = 30;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Before jobs are looked at: those that nobody has any more have failed, for whoever looks. */
export async function failSilent(run: Run): Promise<void> {
  await run(failSilentJobs(SILENT_SECONDS));
}

/** A job, for who has the token (`isFull`) or not. @throws JobNotFound */
export async function findJob(run: Run, id: string, isFull: boolean): Promise<JobRow> {
  if (!UUID.test(id)) throw new JobNotFound(id);
  await failSilent(run);
  // It may have been finished by who had not heard yet that some of it is withheld.
  await run(takeBackJobs(TAKEN_BACK, id));
  const [row] = await run<JobRow>(jobQuery(id, isFull));
  if (!row) throw new JobNotFound(id);
  return row;
}

/** The newest first. */
export async function listJobs(run: Run, limit: number, offset: number): Promise<JobRow[]> {
  await failSilent(run);
  return run<JobRow>(jobsQuery(limit, offset));
}

/** Says that a job, or its result, is no longer wanted. @throws JobNotFound */
export async function dismiss(run: Run, id: string, isFull: boolean): Promise<JobRow> {
  if (!UUID.test(id)) throw new JobNotFound(id);
  const [row] = await run<JobRow>(dismissJob(id, isFull));
  if (!row) throw new JobNotFound(id);
  return row;
}

/** The body of the answer, gzipped. @throws JobNotFound, ResultNotReady, JobFailed, JobInterrupted, JobDismissed */
export async function findResult(run: Run, id: string, isFull: boolean): Promise<Buffer> {
  const { state, progress, problem, message } = await findJob(run, id, isFull);
  if (state === 'accepted' || state === 'running') {
    throw new ResultNotReady(`The job is ${state}, ${progress} % done: /jobs/${id} says when there is a result.`);
  }
  if (state === 'failed') throw problem ? new JobFailed(problem) : new JobInterrupted();
  const [row] = await run<{ result: Buffer }>(jobResult(id));
  if (!row) throw new JobDismissed(message?.en ?? `The job ${id} was dismissed: there is no result of it. Ask again.`);
  return row.result;
}
