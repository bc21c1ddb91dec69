import type { ServerResponse } from 'node:http';

/** Aborts when the client goes away before it has its answer. */
export function clientSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  // Not the request's `close`: that comes as soon as the request has been read.
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}
