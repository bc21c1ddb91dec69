import path from 'node:path';
import type { Logger } from 'pino';
import { type Config, uploadLimits, uploadsFolder } from './config.ts';
import { openCluster } from './db/cluster.ts';
import { type Connection, openDatabase } from './db/database.ts';
import { migrate } from './db/migrate.ts';
import { keepImporting, openImports } from './imports.ts';
import { sweepAnalysis } from './jobs/analysis/sweep.ts';
import { seed } from './jobs/seed.ts';
import { ensureToken } from './jobs/uploads/admin-token.ts';
import { sweepUploads } from './jobs/uploads/sweep.ts';
import { sweepCommands } from './jobs/uploads/sweep-commands.ts';
import { uploadFolder } from './jobs/uploads/upload-folder.ts';
import { sql, toQuery } from './query/sql.ts';

/** Results and jobs outlive their time by so much at most. */
const SWEEP_MS = 60_000;

export interface Led {
  readonly connection: Connection;
  /** How many connections PostgreSQL has for ordinary use. */
  readonly allowed: number;
  close(): Promise<void>;
}

/**
 * What one process does before any serves: brings up the private cluster unless there is a DATABASE_URL, and brings the
 * schema and the shipped layers up to date. The cluster runs until `close`.
 * @throws ClusterFailure, DatabaseUnavailable, InvalidLayer
 */
export async function lead(config: Config, log: Logger, geodata: string): Promise<Led> {
  const url = config.DATABASE_URL;
  const cluster = url ? undefined : await openCluster({ dataDir: config.DATA_DIR, log });
  const connection = cluster?.connection ?? { connectionString: url as string };
  const database = openDatabase(connection, (error) => log.warn({ err: error }, 'a database connection was lost'));
  try {
    const migrations = await migrate(database.transaction, path.join(geodata, 'migrations'));
    if (migrations.length > 0) log.info({ migrations }, 'schema brought up to date');
    const published = await seed(database.transaction, geodata, {
      budget: { records: config.TILE_RECORDS, bytes: config.TILE_BYTES },
      versionsKept: config.VERSIONS_KEEP,
      onProgress: (layer, step, done, total) => log.debug({ layer, step, done, total }, 'preparing'),
    });
    if (published.length > 0) log.info({ layers: published }, 'layers published');
    const token = await ensureToken(database.transaction, config.ADMIN_TOKEN);
    // Not by the log, which may be silent, or kept where others read: it is the one time that it can be shown.
    if (token) process.stdout.write(`The token for bringing files, shown this once: ${token}\n`);
    const folder = uploadFolder(uploadsFolder(config), uploadLimits(config));
    await sweepUploads(database.run, folder);
    await sweepCommands(database.run);
    const onError = (error: unknown, upload: string) => log.error({ err: error, upload }, 'an import failed');
    const imports = openImports(config, connection, database.run, onError);
    const { resumed, stop } = await keepImporting(database.run, imports, folder, onError);
    if (Object.values(resumed).some((ids) => ids.length > 0)) log.info(resumed, 'uploads taken up again');
    const sweep = () =>
      sweepAnalysis(database).then(
        (layers) => layers.length > 0 && log.info({ layers }, 'kept results expired'),
        (error: unknown) => log.warn({ err: error }, 'cannot sweep kept results; trying again'),
      );
    await sweep();
    const sweeping = setInterval(() => void sweep(), SWEEP_MS);
    sweeping.unref();
    const [row] = await database.run<{ allowed: number }>(
      toQuery(sql`SELECT current_setting('max_connections')::integer
        - current_setting('superuser_reserved_connections')::integer AS allowed`),
    );
    const close = async () => {
      stop();
      clearInterval(sweeping);
      await imports.close();
      await database.close();
      await cluster?.stop();
    };
    return { connection, allowed: row?.allowed ?? 0, close };
  } catch (error) {
    await database.close();
    await cluster?.stop();
    throw error;
  }
}
