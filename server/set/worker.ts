import { pino } from 'pino';
import type { Config } from '../config.ts';
import { createMetrics, type Metrics } from '../http/metrics.ts';
import { serve } from '../serve.ts';
import type { Measured, ToPrimary, ToWorker } from './messages.ts';

type Begin = Extract<ToWorker, { type: 'serve' }>;

const LIMIT_MS = 5_000;

const tellPrimary = (message: ToPrimary) => process.send?.(message);

function nextBegin(): Promise<Begin> {
  return new Promise((resolve) => {
    const onMessage = (message: ToWorker) => {
      if (message.type !== 'serve') return;
      process.off('message', onMessage);
      resolve(message);
    };
    process.on('message', onMessage);
    tellPrimary({ type: 'hello' });
  });
}

/** Tells the primary process what is measured here when it asks; the returned function asks it for the whole set's. */
function shareMetrics({ registry }: Metrics): () => Promise<string> {
  const waiting = new Map<number, (text: string) => void>();
  let tickets = 0;
  process.on('message', (message: ToWorker) => {
    if (message.type === 'metrics') waiting.get(message.ticket)?.(message.text);
    if (message.type !== 'measure') return;
    const { ticket } = message;
    void registry
      .getMetricsAsJSON()
      .then((metrics) => tellPrimary({ type: 'measured', ticket, metrics: metrics as Measured }));
  });
  return () => {
    tickets += 1;
    const ticket = tickets;
    return new Promise<string>((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error('the primary process did not answer')), LIMIT_MS);
      waiting.set(ticket, (text) => {
        clearTimeout(limit);
        resolve(text);
      });
      tellPrimary({ type: 'ask-metrics', ticket });
    }).finally(() => waiting.delete(ticket));
  };
}

/**
 * One of several processes that share the port. It ends when told to (SIGTERM), and at once when the primary process is
 * gone: `node:cluster` sees to that as soon as the channel between them closes.
 */
export async function work(config: Config, root: string): Promise<void> {
  // Ctrl-C reaches every process of the terminal: the primary decides what it means.
  process.on('SIGINT', () => undefined);
  const { slot, connection, limits } = await nextBegin();
  const log = pino({ level: config.LOG_LEVEL, base: { worker: slot }, timestamp: pino.stdTimeFunctions.isoTime });
  const metrics = createMetrics(`worker ${slot}`);
  const serving = await serve(config, log, {
    root,
    isFirst: slot === 1,
    connection,
    limits,
    metrics,
    readMetrics: shareMetrics(metrics),
  });
  process.once('SIGTERM', () => {
    void serving.close().then(() => process.exit(0));
  });
}
