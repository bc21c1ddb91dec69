import { DatabaseUnavailable, LaneSaturated, RequestAborted } from '../core/errors.ts';

export interface SlotLimits {
  /** How many may be in at once. */
  readonly max: number;
  /** How many may wait; one more is turned away at once. */
  readonly queueMax: number;
  /** How long one may wait before it is turned away. */
  readonly waitMs: number;
}

/** The places of a lane and the bounded queue before them: first come, first served. */
export interface Slots {
  /**
   * Resolves when the caller has a place, which it must `give` back.
   * @throws LaneSaturated when the queue is full or the wait too long
   * @throws RequestAborted when the signal aborts before a place is free
   * @throws DatabaseUnavailable after `close`
   */
  take(signal?: AbortSignal): Promise<void>;
  /** Gives one place back: the longest waiting has it at once. */
  give(): void;
  active(): number;
  waiting(): number;
  /** Turns away whoever waits and whoever comes; places that are taken stay so until they are given back. */
  close(): void;
}

/** One in the queue; each way out (`admit`, `refuse`) ends its waiting for good. */
interface Waiter {
  admit(): void;
  refuse(error: Error): void;
}

export function slots({ max, queueMax, waitMs }: SlotLimits): Slots {
  let active = 0;
  let closed = false;
  // A Set keeps the order of arrival, and one that aborts in the middle leaves without a search.
  const queue = new Set<Waiter>();

  const saturated = () => new LaneSaturated('Too many requests wait for the database: try again in a moment.');
  const stopping = () => new DatabaseUnavailable('The server is stopping: try again in a moment.');

  function wait(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        queue.delete(waiter);
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      };
      const waiter: Waiter = {
        admit: () => {
          leave();
          resolve();
        },
        refuse: (error) => {
          leave();
          reject(error);
        },
      };
      const onAbort = () => waiter.refuse(new RequestAborted('The request was given up while it waited.'));
      const timer = setTimeout(() => waiter.refuse(saturated()), waitMs);
      signal?.addEventListener('abort', onAbort);
      queue.add(waiter);
    });
  }

  return {
    take: async (signal) => {
      if (signal?.aborted) throw new RequestAborted('The request was given up before it began.');
      if (closed) throw stopping();
      if (active < max) {
        active += 1;
        return;
      }
      if (queue.size >= queueMax) throw saturated();
      await wait(signal);
    },
    give: () => {
      const [next] = queue;
      // The place goes over as it is: were it free for a moment, a newcomer could slip in before those who wait.
      if (next) next.admit();
      else active -= 1;
    },
    active: () => active,
    waiting: () => queue.size,
    close: () => {
      closed = true;
      for (const waiter of [...queue]) waiter.refuse(stopping());
    },
  };
}
