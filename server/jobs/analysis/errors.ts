import { AzalaiError } from '../../core/errors.ts';
import type { JobProblem } from '../../query/analysis-jobs.ts';

/** There is no job with this id, or none that who asks may see. */
export class JobNotFound extends AzalaiError {
  constructor(id: string) {
    super(
      `There is no job "${id.slice(0, 40)}": it was never there, it has expired, or it takes the token with which it was asked.`,
    );
  }
}

/** The job is not done yet. */
export class ResultNotReady extends AzalaiError {}

/** The job was given up, or its result was. */
export class JobDismissed extends AzalaiError {}

/** A result has more features than are kept. */
export class TooMuchToKeep extends AzalaiError {}

/** While a result was made, records that it is made of were withheld from those for whom it was to be kept. */
export class WithheldMeanwhile extends AzalaiError {}

/** As many wait as may. */
export class JobsFull extends AzalaiError {}

/** The job ended with the process that worked on it. */
export class JobInterrupted extends AzalaiError {
  constructor() {
    super('The server process that worked on this ended before it was done. Ask again.');
  }
}

/** The job ended without a result: `problem` is what would have been sent to who had waited for it. */
export class JobFailed extends AzalaiError {
  readonly problem: JobProblem;
  constructor(problem: JobProblem) {
    super(problem.detail);
    this.problem = problem;
  }
}
