import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { inspect } from 'node:util';
import { pino } from 'pino';
import { InvalidConfig, parseConfig } from './config.ts';
import { AzalaiError } from './core/errors.ts';
import { MapSettingsSchema } from './core/map-settings.ts';
import { openCatalogue } from './db/catalogue.ts';
import { openCluster } from './db/cluster.ts';
import { openDatabase } from './db/database.ts';
import { migrate } from './db/migrate.ts';
import { createApp } from './http/app.ts';
import { seed } from './jobs/seed.ts';
import { postgisTiles } from './tiles/postgis.ts';

/** The project's folder, both from `server/` (tests, scripts) and from `dist/server/`. */
const ROOT = path.resolve(
  import.meta.dirname,
  path.basename(path.dirname(import.meta.dirname)) === 'dist' ? '../..' : '..',
);

/** How long requests under way may take to finish when the server is told to stop. */
const DRAIN_MS = 10_000;

async function start(): Promise<void> {
  const config = parseConfig(process.env);
  const log = pino({ level: config.LOG_LEVEL, base: null, timestamp: pino.stdTimeFunctions.isoTime });
  // What must be undone when the server stops, or when a later step of the start fails: last opened, first closed.
  const closers: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const close of closers.splice(0).toReversed()) {
      await close().catch((error: unknown) => log.error({ err: error }, 'could not close'));
    }
  };

  try {
    const url = config.DATABASE_URL;
    const cluster = url ? undefined : await openCluster({ dataDir: config.DATA_DIR, log });
    if (cluster) closers.push(() => cluster.stop());
    const connection = cluster?.connection ?? { connectionString: url as string };

    const database = openDatabase(connection, (error) => log.warn({ err: error }, 'a database connection was lost'));
    closers.push(() => database.close());
    const migrations = await migrate(database.transaction, path.join(ROOT, 'geodata/migrations'));
    if (migrations.length > 0) log.info({ migrations }, 'schema brought up to date');
    const published = await seed(database.transaction, path.join(ROOT, 'geodata'));
    if (published.length > 0) log.info({ layers: published }, 'layers published');

    const catalogue = await openCatalogue(connection, database.run, {
      onChange: ({ layers }) => log.info({ layers: layers.length }, 'catalogue read'),
      onError: (error) => log.warn({ err: error }, 'cannot follow the catalogue; trying again'),
    });
    closers.push(() => catalogue.close());

    const server = createServer(
      createApp({
        catalogue: catalogue.current,
        run: database.run,
        tiles: postgisTiles(database.runTile),
        mapSettings: MapSettingsSchema.parse(JSON.parse(await readFile(path.join(ROOT, 'geodata/map.json'), 'utf8'))),
        clientFolder: path.join(ROOT, 'dist/client'),
        publicUrl: config.PUBLIC_URL,
        log,
      }),
    );
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(config.PORT, config.HOST, resolve);
    });
    closers.push(
      () =>
        new Promise((resolve) => {
          setTimeout(() => server.closeAllConnections(), DRAIN_MS).unref();
          server.close(() => resolve());
          server.closeIdleConnections();
        }),
    );
    const { port } = server.address() as AddressInfo;
    const host = config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST;
    log.info(`Azalai is at ${config.PUBLIC_URL ?? `http://${host}:${port}`}`);
  } catch (error) {
    await stop();
    throw error;
  }

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'stopping: requests under way are finished first');
      void stop().then(() => process.exit(0));
    });
  }
}

start().catch((error: unknown) => {
  const expected =
    error instanceof InvalidConfig ||
    error instanceof AzalaiError ||
    (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE');
  // Before there is a log, and for the person who started it.
  process.stderr.write(`${expected ? (error as Error).message : inspect(error)}\n`);
  process.exitCode = 1;
});
