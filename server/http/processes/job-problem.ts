import type { JobProblem } from '../../query/analysis-jobs.ts';
import { toProblem } from '../problem.ts';

/** Why a job failed, as it is kept with it; what is no error of ours says nothing of what happened inside. */
export function toJobProblem(error: unknown): JobProblem {
  const problem = toProblem(error, '');
  if (problem.status !== 500) return problem;
  const detail = 'The server failed in a way it should not have. The log has the cause under the id of the job.';
  return { ...problem, detail };
}
