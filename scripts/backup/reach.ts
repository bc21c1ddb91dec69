import type { Config } from '../../server/config.ts';
import { openCluster } from '../../server/db/cluster.ts';

/** The database that the server uses, as a URL for PostgreSQL's own programs; a private cluster runs until `close`. */
export async function reach({ DATABASE_URL, DATA_DIR }: Config): Promise<{ url: string; close(): Promise<void> }> {
  if (DATABASE_URL) return { url: DATABASE_URL, close: async () => undefined };
  const log = { info: () => undefined, warn: (message: string) => console.error(message) };
  const cluster = await openCluster({ dataDir: DATA_DIR, log });
  return { url: cluster.url, close: () => cluster.stop() };
}
