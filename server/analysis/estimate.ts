import { AzalaiError } from '../core/errors.ts';

/** What an analysis would take. */
export interface Estimate {
  /** Comparisons of a record with something, roughly: the measure of what a question costs. */
  readonly comparisons: number;
  /** On one processor of an ordinary server. */
  readonly seconds: number;
}

/** Nobody can wait for it, and others need the machine. */
export class AnalysisTooLarge extends AzalaiError {}

/** Above this nothing is begun. */
export const MAX_SECONDS = 600;
/** Above this who asks must be ready to come back for the answer. */
export const MAX_SYNCHRONOUS_SECONDS = 20;

const inWords = ({ comparisons, seconds }: Estimate) =>
  `about ${comparisons.toLocaleString('en')} comparisons, ${Math.ceil(seconds).toLocaleString('en')} s`;

/** @throws AnalysisTooLarge, which says what it would cost and what to do */
export function checkEstimate(estimate: Estimate, isAsynchronous: boolean): void {
  if (estimate.seconds > MAX_SECONDS) {
    throw new AnalysisTooLarge(
      `This would take ${inWords(estimate)}; at most ${MAX_SECONDS} s are given to one question. Narrow the place, the time, the filter or the distance.`,
    );
  }
  if (!isAsynchronous && estimate.seconds > MAX_SYNCHRONOUS_SECONDS) {
    throw new AnalysisTooLarge(
      `This would take ${inWords(estimate)}; at most ${MAX_SYNCHRONOUS_SECONDS} s are waited for. Ask with "Prefer: respond-async", or narrow the question.`,
    );
  }
}
