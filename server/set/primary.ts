import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { DRAIN_MS, type ServeOptions, type Serving } from '../serve.ts';
import { gatherMetrics, tell } from './gather-metrics.ts';

/** A worker ended before it listened; it has said why. */
export class WorkerFailed extends Error {}

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 10_000;
/** One that has lived this long did not die of its start. */
const HEALTHY_MS = 10_000;

/**
 * Forks workers that share the port, and replaces those that die. Resolves when the first one listens; only then come
 * the others, so that a port that is taken is said once.
 * @throws WorkerFailed
 */
export async function forkWorkers(
  count: number,
  log: Logger,
  begin: Pick<ServeOptions, 'connection' | 'limits'>,
): Promise<Serving> {
  const timers = new Set<NodeJS.Timeout>();
  let delay = FIRST_DELAY_MS;
  let stopping = false;
  gatherMetrics();

  function fork(slot: number): Worker {
    const worker = cluster.fork();
    worker.once('message', () => tell(worker, { type: 'serve', slot, ...begin }));
    return worker;
  }

  function keep(worker: Worker, slot: number): void {
    const born = performance.now();
    worker.once('exit', (code, signal) => {
      if (stopping) return;
      delay = performance.now() - born > HEALTHY_MS ? FIRST_DELAY_MS : Math.min(delay * 2, LONGEST_DELAY_MS);
      log.error({ worker: slot, code, signal, delay }, 'a worker ended; another takes its place');
      const timer = setTimeout(() => {
        timers.delete(timer);
        keep(fork(slot), slot);
      }, delay);
      timers.add(timer);
    });
  }

  async function end(worker: Worker): Promise<void> {
    if (worker.isDead()) return;
    const ended = once(worker, 'exit');
    worker.process.kill('SIGTERM');
    const limit = setTimeout(() => worker.process.kill('SIGKILL'), DRAIN_MS + 5_000);
    await ended;
    clearTimeout(limit);
  }

  const first = fork(1);
  const port = await new Promise<number>((resolve, reject) => {
    first.once('listening', (address: AddressInfo) => resolve(address.port));
    first.once('exit', () => reject(new WorkerFailed('The server did not start: see above.')));
  });
  keep(first, 1);
  for (let slot = 2; slot <= count; slot++) keep(fork(slot), slot);

  return {
    port,
    close: async () => {
      stopping = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(Object.values(cluster.workers ?? {}).map((worker) => worker && end(worker)));
    },
  };
}
