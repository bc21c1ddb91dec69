import cluster, { type Worker } from 'node:cluster';
import { AggregatorRegistry, Registry } from 'prom-client';
import { registerMemory } from '../http/metrics/memory.ts';
import type { Measured, ToPrimary, ToWorker } from './messages.ts';

/** A worker that is busy or dying is left out rather than waited for. */
const LIMIT_MS = 2_000;

/** In the primary process: answers a worker that is asked for `/metrics` with those of the whole set. */
export function gatherMetrics(): void {
  const own = new Registry();
  registerMemory(own, 'primary');
  const waiting = new Map<number, (metrics: Measured) => void>();
  let tickets = 0;

  function measure(worker: Worker): Promise<Measured | undefined> {
    tickets += 1;
    const ticket = tickets;
    return new Promise<Measured | undefined>((resolve) => {
      const limit = setTimeout(() => resolve(undefined), LIMIT_MS);
      waiting.set(ticket, (metrics) => {
        clearTimeout(limit);
        resolve(metrics);
      });
      tell(worker, { type: 'measure', ticket });
    }).finally(() => waiting.delete(ticket));
  }

  async function gather(): Promise<string> {
    const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker?.isConnected()) as Worker[];
    const all = await Promise.all([own.getMetricsAsJSON() as Promise<Measured>, ...workers.map(measure)]);
    return AggregatorRegistry.aggregate(all.filter((measured) => measured !== undefined)).metrics();
  }

  cluster.on('message', (worker: Worker, message: ToPrimary) => {
    if (message.type === 'measured') waiting.get(message.ticket)?.(message.metrics);
    else if (message.type === 'ask-metrics') {
      void gather().then((text) => tell(worker, { type: 'metrics', ticket: message.ticket, text }));
    }
  });
}

/** One that has gone hears nothing. */
export function tell(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(message, () => undefined);
}
