import pg from 'pg';
import type { Connection } from '../../../server/db/database.ts';
import { CONCURRENCY, type Contender } from '../contender.ts';
import { runPasses } from '../load/passes.ts';
import { rawTileSql } from '../plain.ts';

/** Best for eight queries at once on few cores; our own tiles run with the same. */
export const SETTINGS = '-c jit=off -c max_parallel_workers_per_gather=0';

/** `ST_AsMVT` on plain tables, asked for over eight connections of bare `pg`. */
export function rawContender(connection: Connection, filtered: boolean): Contender {
  async function withClients<T>(count: number, use: (clients: pg.Client[]) => Promise<T>): Promise<T> {
    const clients = Array.from({ length: count }, () => new pg.Client({ ...connection, options: SETTINGS }));
    await Promise.all(clients.map((client) => client.connect()));
    try {
      return await use(clients);
    } finally {
      await Promise.all(clients.map((client) => client.end()));
    }
  }
  return {
    name: filtered ? 'raw filtered, pg' : 'raw, pg',
    pids: [process.pid],
    fetch: (tile) =>
      withClients(1, async ([client]) => {
        const { rows } = await (client as pg.Client).query<{ mvt: Buffer }>(rawTileSql(tile, filtered));
        const mvt = rows[0]?.mvt ?? Buffer.alloc(0);
        return { mvt, sent: mvt.length };
      }),
    load: (tiles, seconds) =>
      withClients(CONCURRENCY, (clients) =>
        runPasses(tiles, seconds, (tile, lane) => (clients[lane] as pg.Client).query(rawTileSql(tile, filtered))),
      ),
  };
}
