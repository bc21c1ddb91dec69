import type pg from 'pg';
import { RequestAborted } from '../core/errors.ts';
import type { Query } from '../query/sql.ts';
import { cancel } from './cancel.ts';
import { isFit, toCause } from './errors.ts';

/** What became of work on a connection, and whether the connection may serve others after it. */
export type Settled<T> = ({ readonly value: T } | { readonly error: unknown }) & { readonly fit: boolean };

export function unwrap<T>(settled: Settled<T>): T {
  if ('error' in settled) throw settled.error;
  return settled.value;
}

/**
 * Runs a query on a connection that nobody else uses meanwhile. Resolves, never rejects, when the connection is at rest:
 * the query is over, and no cancel request of it is on its way. When a cancel request is in doubt it resolves at once
 * with `fit: false`: the connection must be destroyed then.
 */
export async function execute<Row>(client: pg.ClientBase, query: Query, signal?: AbortSignal): Promise<Settled<Row[]>> {
  const aborted = () => new RequestAborted('The request was given up while its query ran.');
  if (signal?.aborted) return { error: aborted(), fit: true };

  let isRunning = true;
  const over = client
    .query({ ...query, values: [...query.values] })
    .then(
      ({ rows }): Settled<Row[]> => ({ value: rows as Row[], fit: true }),
      (error: unknown): Settled<Row[]> => ({ error: toCause(error), fit: isFit(error) }),
    )
    .finally(() => {
      isRunning = false;
    });
  if (!signal) return over;

  return new Promise((resolve) => {
    let cancelled: Promise<boolean> | undefined;
    const onAbort = () => {
      cancelled = cancel(client, { isRunning: () => isRunning, over });
      void cancelled.then(async (isSure) => {
        resolve({ error: aborted(), fit: isSure && (await over).fit && (await isClean(client)) });
      });
    };
    signal.addEventListener('abort', onAbort, { once: true });
    void over.then((settled) => {
      signal.removeEventListener('abort', onAbort);
      if (!cancelled) resolve(settled);
    });
  });
}

/**
 * Whether a connection whose query was cancelled is past it. `pg` reports an error before the backend is ready again,
 * and a second cancel request may hit in between: what it breaks must be this, not the query of the next request.
 */
async function isClean(client: pg.ClientBase): Promise<boolean> {
  return client.query('SELECT').then(
    () => true,
    // In a transaction that the cancelled query has broken, this is the answer of a backend that is ready.
    (error: { code?: string }) => error.code === '25P02',
  );
}
