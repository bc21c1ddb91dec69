import path from 'node:path';
import type { Config } from '../server/config.ts';
import { openCluster } from '../server/db/cluster.ts';
import { type Connection, type Database, type DatabaseOptions, openDatabase } from '../server/db/database.ts';
import { migrate } from '../server/db/migrate.ts';

export const GEODATA = path.resolve(import.meta.dirname, '../geodata');

/** With where it is, for what needs a connection of its own. */
export type ServerDatabase = Database & { readonly connection: Connection };

/** The database that the server uses, whether it runs or not, with its schema up to date. */
export async function openServerDatabase(
  { DATABASE_URL, DATA_DIR }: Config,
  options: DatabaseOptions = {},
): Promise<ServerDatabase> {
  const log = { info: () => undefined, warn: (message: string) => console.error(message) };
  const cluster = DATABASE_URL ? undefined : await openCluster({ dataDir: DATA_DIR, log });
  const connection = cluster?.connection ?? { connectionString: DATABASE_URL as string };
  const database = openDatabase(connection, (error) => console.error(error.message), options);
  await migrate(database.transaction, path.join(GEODATA, 'migrations'));
  return {
    ...database,
    connection,
    close: async (graceMs) => {
      await database.close(graceMs);
      await cluster?.stop();
    },
  };
}
