import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { ClusterFailure } from './failure.ts';
import { SUPERUSER } from './initialise.ts';
import { hasEnded, type Postmaster } from './postmaster.ts';

/**
 * A connection that each Node process keeps while it uses the cluster, with a shared advisory lock on it: whoever can
 * have the lock for itself when it leaves is the last one. The lock goes with a process that is killed.
 */
const LEASE = 'azalai: in use';
const KEY = 4_283_201;

/** How long a server that was found (not started) may refuse its socket before it counts as out of reach. */
const OUT_OF_REACH_MS = 2_000;

/**
 * Waits until the server answers and takes the lease. `undefined`: it ended meanwhile, or nothing answers at its socket
 * (a cleaning of the temp folder took it). Past `deadline` it throws.
 */
export async function takeLease(server: Postmaster, pgdata: string, deadline: number): Promise<pg.Client | undefined> {
  const begun = Date.now();
  for (;;) {
    const client = new pg.Client({
      host: server.socketDir,
      port: server.port,
      user: SUPERUSER,
      database: 'postgres',
      application_name: LEASE,
      connectionTimeoutMillis: 5_000,
    });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query('SELECT pg_advisory_lock_shared($1)', [KEY]);
      return client;
    } catch (cause) {
      client.end().catch(() => {});
      if (hasEnded(server, pgdata)) return undefined;
      const code = (cause as { code?: string }).code ?? '';
      const noSocket = code === 'ENOENT' || code === 'ECONNREFUSED';
      if (noSocket && !server.child && Date.now() - begun > OUT_OF_REACH_MS) return undefined;
      if (!noSocket && !passing(code)) throw cause;
      if (Date.now() > deadline) {
        throw new ClusterFailure(`PostgreSQL (pid ${server.pid}) is not ready: ${(cause as Error).message}`);
      }
      await delay(20);
    }
  }
}

/** Starting up, shutting down, ended by an administrator, full; a timeout or a cut connection has no SQLSTATE. */
function passing(code: string): boolean {
  return ['57P01', '57P02', '57P03', '53300', 'ECONNRESET', 'EPIPE', ''].includes(code);
}

/** True when no other process holds the lease: the caller ends the server. */
export async function giveUpLease(client: pg.Client): Promise<boolean> {
  await client.query('SELECT pg_advisory_unlock_shared($1)', [KEY]);
  const { rows } = await client.query<{ last: boolean }>('SELECT pg_try_advisory_lock($1) AS last', [KEY]);
  return rows[0]?.last ?? false;
}
