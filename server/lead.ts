import path from 'node:path';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { openCluster } from './db/cluster.ts';
import { type Connection, openDatabase } from './db/database.ts';
import { migrate } from './db/migrate.ts';
import { seed } from './jobs/seed.ts';
import { sql, toQuery } from './query/sql.ts';

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
      onProgress: (layer, step, done, total) => log.debug({ layer, step, done, total }, 'preparing'),
    });
    if (published.length > 0) log.info({ layers: published }, 'layers published');
    const [row] = await database.run<{ allowed: number }>(
      toQuery(sql`SELECT current_setting('max_connections')::integer
        - current_setting('superuser_reserved_connections')::integer AS allowed`),
    );
    return { connection, allowed: row?.allowed ?? 0, close: async () => cluster?.stop() };
  } catch (error) {
    await cluster?.stop();
    throw error;
  } finally {
    await database.close();
  }
}
