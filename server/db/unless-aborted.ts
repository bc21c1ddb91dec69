import { setMaxListeners } from 'node:events';
import { RequestAborted } from '../core/errors.ts';

/** Settles as the promise does, or rejects with RequestAborted as soon as the signal aborts. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  // Node warns of a leak at the eleventh listener; a request may well ask six things at once.
  setMaxListeners(0, signal);
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(new RequestAborted('The request was given up.'));
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
