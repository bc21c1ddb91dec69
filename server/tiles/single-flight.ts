import { RequestAborted } from '../core/errors.ts';

interface Flight<Value> {
  readonly result: Promise<Value>;
  readonly controller: AbortController;
  waiting: number;
}

const gone = () => new RequestAborted('The request was given up before its tile was made.');

/** Work that several ask for at once is done once. When all who wait have gone, it is aborted; one may go alone. */
export class SingleFlight<Value> {
  readonly #flights = new Map<string, Flight<Value>>();

  /** @throws RequestAborted as soon as the caller's own signal aborts; what `work` throws, to all who wait */
  run(key: string, work: (signal: AbortSignal) => Promise<Value>, signal?: AbortSignal): Promise<Value> {
    if (signal?.aborted) return Promise.reject(gone());
    const flight = this.#flights.get(key) ?? this.#begin(key, work);
    flight.waiting += 1;
    return signal ? this.#waitFor(key, flight, signal) : flight.result;
  }

  #begin(key: string, work: (signal: AbortSignal) => Promise<Value>): Flight<Value> {
    const controller = new AbortController();
    const result = work(controller.signal).finally(() => this.#end(key, flight));
    const flight: Flight<Value> = { result, controller, waiting: 0 };
    // When everybody has gone, nobody hears that it failed.
    result.catch(() => undefined);
    this.#flights.set(key, flight);
    return flight;
  }

  /** An aborted flight may have a successor under its key already. */
  #end(key: string, flight: Flight<Value>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }

  #waitFor(key: string, flight: Flight<Value>, signal: AbortSignal): Promise<Value> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        flight.waiting -= 1;
        if (flight.waiting === 0) {
          this.#end(key, flight);
          flight.controller.abort();
        }
        reject(gone());
      };
      signal.addEventListener('abort', leave, { once: true });
      flight.result.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
  }
}
