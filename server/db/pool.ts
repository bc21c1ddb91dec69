import pg from 'pg';
import { yieldBackend } from './yield-backend.ts';

/** Where the database is: a URL, or the socket of the private cluster. */
export type Connection = pg.PoolConfig;

export interface PoolSettings {
  readonly max: number;
  readonly statementMs: number;
  /** Whether PostgreSQL may use several processes for one query. */
  readonly parallel: boolean;
  /** Whether it sorts and indexes whole layers, and may take the memory for it. */
  readonly heavy: boolean;
  /** Whether its queries go last where others want the processor. */
  readonly last: boolean;
}

// Counts and sums come as bigint: all of ours are far below 2^53. H3 cells, which are not, are selected as text.
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);
types.setTypeParser(pg.types.builtins.NUMERIC, Number);
// A day stays the text it is: a Date would move it by the time zone of this process.
types.setTypeParser(pg.types.builtins.DATE, (text) => text);

function startOptions({ statementMs, parallel, heavy }: PoolSettings): string {
  const settings = {
    timezone: 'UTC',
    jit: 'off',
    statement_timeout: statementMs,
    // A query whose process here was killed, or whose connection was destroyed, ends instead of running on.
    client_connection_check_interval: 500,
    // Parallel workers made a zoom-8 tile eight times slower: starting them costs more than the tile.
    ...(parallel ? {} : { max_parallel_workers_per_gather: 0 }),
    ...(heavy ? { work_mem: '64MB', maintenance_work_mem: '128MB' } : {}),
  };
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');
}

/** `onError` hears of idle connections that died (PostgreSQL restarted); the pool replaces them. */
export function openPool(connection: Connection, settings: PoolSettings, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    ...connection,
    options: startOptions(settings),
    max: settings.max,
    types,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    // With a connection go the statements that it has prepared, of versions that are not served any more.
    maxLifetimeSeconds: 3_600,
    // A server that vanished without a word is noticed within half a minute, also while a query waits for it.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: 'azalai',
  });
  pool.on('error', onError);
  // One in use that dies reports to its query, and also here: unheard, the event would end the process.
  pool.on('connect', (client) => {
    client.on('error', () => {});
    // What `pg` knows of a connection and its types do not.
    const { host, processID } = client as pg.PoolClient & { readonly host: string; readonly processID: number };
    if (settings.last) void yieldBackend(host, processID);
  });
  return pool;
}
