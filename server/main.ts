import cluster from 'node:cluster';
import path from 'node:path';
import { inspect } from 'node:util';
import { type Logger, pino } from 'pino';
import { type Config, InvalidConfig, parseConfig } from './config.ts';
import { shareConnections } from './connections.ts';
import { AzalaiError } from './core/errors.ts';
import { createMetrics } from './http/metrics.ts';
import { type Led, lead } from './lead.ts';
import { type Serving, serve } from './serve.ts';
import { forkWorkers, WorkerFailed } from './set/primary.ts';
import { work } from './set/worker.ts';

/** The project's folder, both from `server/` (tests, scripts) and from `dist/server/`. */
const ROOT = path.resolve(
  import.meta.dirname,
  path.basename(path.dirname(import.meta.dirname)) === 'dist' ? '../..' : '..',
);

/** In this process, or in several that share the port. */
function open(config: Config, log: Logger, { connection, allowed }: Led): Promise<Serving> {
  const { workers, limits } = shareConnections(allowed, config.WORKERS);
  if (workers < config.WORKERS) {
    log.warn({ wanted: config.WORKERS, workers, connections: allowed }, 'fewer workers: PostgreSQL has no more room');
  }
  if (workers > 1) return forkWorkers(workers, log, { connection, limits });
  const metrics = createMetrics('only');
  const readMetrics = () => metrics.registry.metrics();
  return serve(config, log, { root: ROOT, isFirst: true, connection, limits, metrics, readMetrics });
}

async function start(): Promise<void> {
  const config = parseConfig(process.env);
  if (cluster.isWorker) return work(config, ROOT);

  const log = pino({ level: config.LOG_LEVEL, base: null, timestamp: pino.stdTimeFunctions.isoTime });
  const led = await lead(config, log, path.join(ROOT, 'geodata'));
  const serving = await open(config, log, led).catch(async (error: unknown) => {
    await led.close();
    throw error;
  });
  const host = config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST;
  log.info(`Azalai is at ${config.PUBLIC_URL ?? `http://${host}:${serving.port}`}`);

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'stopping: requests under way are finished first');
      void serving
        .close()
        .then(() => led.close())
        .then(() => process.exit(0));
    });
  }
}

start().catch((error: unknown) => {
  const expected =
    error instanceof InvalidConfig ||
    error instanceof WorkerFailed ||
    error instanceof AzalaiError ||
    (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE');
  // Before there is a log, and for the person who started it.
  process.stderr.write(`${expected ? (error as Error).message : inspect(error)}\n`);
  process.exitCode = 1;
  // The channel to the primary process would keep a worker alive.
  if (cluster.isWorker) process.exit(1);
});
