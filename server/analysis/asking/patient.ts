import { setTimeout as pause } from 'node:timers/promises';
import { LaneSaturated } from '../../core/errors.ts';
import type { Run } from '../../query/sql.ts';

const PAUSE_MS = 1_000;

/** The same for who has time: waits again where others wait too long. Ends when the signal aborts. */
export function patient(run: Run, pauseMs = PAUSE_MS): Run {
  return async (query, signal, ...rest) => {
    for (;;) {
      try {
        return await run(query, signal, ...rest);
      } catch (error) {
        if (!(error instanceof LaneSaturated)) throw error;
      }
      // Aborted meanwhile, the query says so itself.
      await pause(pauseMs, undefined, { ref: false, ...(signal ? { signal } : {}) }).catch(() => undefined);
    }
  };
}
