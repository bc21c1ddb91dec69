import type { PublishedLayer } from '../core/catalogue.ts';
import { RequestAborted } from '../core/errors.ts';
import type { TileCoord } from '../core/tile.ts';
import { type StoredPlace, storedTiles, type TileFamily } from '../query/prepare/tiles.ts';
import type { Run } from '../query/sql.ts';

/** Queries under way at once for the same layers. While they run, who else asks is gathered for the next. */
const QUERIES = 2;
/** As many are remembered before those that rest are forgotten: layers are published anew, and asked for in many ways. */
const QUEUES = 200;
/** Tiles in one query: what they hold stays within some megabytes. */
const BATCH = 32;

export interface StoredPart {
  readonly layer: PublishedLayer;
  readonly family: TileFamily;
}

interface Waiter {
  readonly place: StoredPlace;
  readonly signal: AbortSignal | undefined;
  resolve(parts: Buffer[]): void;
  reject(error: unknown): void;
}

/** Those that ask for tiles of the same layers. */
interface Queue {
  readonly toQuery: ReturnType<typeof storedTiles>;
  readonly waiting: Waiter[];
  running: number;
}

/** Reads stored tiles of some layers at a place: gzipped, in the order of the layers, without those that are empty. */
export type ReadStored = (wanted: readonly StoredPart[], coord: TileCoord, signal?: AbortSignal) => Promise<Buffer[]>;

/** A signal that aborts when all of the others have; one without a signal waits to the end. */
function whenAllAbort(waiters: readonly Waiter[]): AbortSignal | undefined {
  const signals = waiters.map(({ signal }) => signal);
  if (!signals.every((signal) => signal !== undefined)) return undefined;
  const [only] = signals;
  if (only && signals.length === 1) return only;
  const controller = new AbortController();
  let left = signals.length;
  const onAbort = () => {
    left -= 1;
    if (left === 0) controller.abort();
  };
  for (const signal of signals) signal.addEventListener('abort', onAbort, { once: true });
  return controller.signal;
}

/**
 * A look-up costs PostgreSQL less than the way there and back: those that come while others are under way go together
 * (measured: 15,700 tiles a second one by one, 44,000 together).
 */
export function storedTileReader(run: Run): ReadStored {
  const queues = new Map<string, Queue>();

  function queueOf(layers: readonly PublishedLayer[]): Queue {
    const key = layers.map(({ table }) => table).join();
    const known = queues.get(key);
    if (known) return known;
    if (queues.size >= QUEUES) {
      for (const [each, { running, waiting }] of queues) {
        if (running === 0 && waiting.length === 0) queues.delete(each);
      }
    }
    const queue: Queue = { toQuery: storedTiles(layers), waiting: [], running: 0 };
    queues.set(key, queue);
    return queue;
  }

  async function ask({ toQuery }: Queue, batch: readonly Waiter[]): Promise<void> {
    const query = toQuery(batch.map(({ place }) => place));
    try {
      const rows = await run<{ place: number; layer: number; mvt: Buffer }>(query, whenAllAbort(batch));
      const parts = batch.map((): Buffer[] => []);
      for (const { place, layer, mvt } of rows) (parts[place] as Buffer[])[layer] = mvt;
      // What a layer does not have leaves a hole, and `filter` passes over holes.
      for (const [index, waiter] of batch.entries()) waiter.resolve((parts[index] as Buffer[]).filter(() => true));
    } catch (error) {
      for (const waiter of batch) waiter.reject(error);
    }
  }

  function advance(queue: Queue): void {
    while (queue.running < QUERIES && queue.waiting.length > 0) {
      const batch = queue.waiting.splice(0, BATCH).filter(({ signal }) => !signal?.aborted);
      if (batch.length === 0) continue;
      queue.running += 1;
      void ask(queue, batch).finally(() => {
        queue.running -= 1;
        advance(queue);
      });
    }
  }

  return (wanted, { z, x, y }, signal) =>
    new Promise((resolve, reject) => {
      const queue = queueOf(wanted.map(({ layer }) => layer));
      const place = { families: wanted.map(({ family }) => family), z, x, y };
      const waiter: Waiter = { place, signal, resolve, reject };
      signal?.addEventListener(
        'abort',
        () => reject(new RequestAborted('The request was given up before its tile was read.')),
        { once: true },
      );
      queue.waiting.push(waiter);
      advance(queue);
    });
}
