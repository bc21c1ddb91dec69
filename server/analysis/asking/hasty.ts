import { RequestAborted } from '../../core/errors.ts';
import type { Run } from '../../query/sql.ts';
import { AnalysisTooLarge } from '../estimate.ts';

/** What one query of a question takes at most whose answer is waited for: the lane has few places. */
const MOST_MS = 30_000;

/**
 * The same for who waits: a query that takes too long is cancelled. The time in the queue is not counted. `advice`: what to do then.
 * @throws AnalysisTooLarge
 */
export function hasty(run: Run, advice: string, mostMs = MOST_MS): Run {
  return async (query, signal, onStart) => {
    const late = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const begin = () => {
      timer = setTimeout(() => late.abort(), mostMs);
      onStart?.();
    };
    try {
      return await run(query, AbortSignal.any([late.signal, ...(signal ? [signal] : [])]), begin);
    } catch (error) {
      if (!(error instanceof RequestAborted) || !late.signal.aborted || signal?.aborted) throw error;
      throw new AnalysisTooLarge(
        `This takes longer than was estimated: a part of it was ended after ${mostMs / 1000} s. ${advice}`,
      );
    } finally {
      clearTimeout(timer);
    }
  };
}
