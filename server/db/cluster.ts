import { rmdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { ClusterFailure } from './cluster/failure.ts';
import { binariesFor, initialise, SUPERUSER } from './cluster/initialise.ts';
import { giveUpLease, takeLease } from './cluster/lease.ts';
import { boundLog, tail } from './cluster/log-file.ts';
import { choosePlace, type Place } from './cluster/place.ts';
import { end, findPostmaster, hasEnded, launch, type Postmaster } from './cluster/postmaster.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';

/** What of a logger the cluster uses; pino's fits. */
export interface ClusterLog {
  info(message: string): void;
  warn(message: string): void;
}

export interface ClusterOptions {
  /** Folder of the data; made when absent. */
  readonly dataDir: string;
  readonly log: ClusterLog;
  /** False only for clusters that are thrown away: faster, and a crash may lose or corrupt data. */
  readonly fsync?: boolean;
  /** Where the data go when PostgreSQL may not enter `dataDir` (started as root, a closed folder above). */
  readonly elsewhere?: string;
}

/** A private PostgreSQL server, reachable by its unix socket only. */
export interface Cluster {
  /** As `pg` takes it; `host` is the folder of the socket. */
  readonly connection: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly database: string;
  };
  /** The same as a URL, for `pg` and for libpq (psql, ogr2ogr): `host` in its query counts, not the one before it. */
  readonly url: string;
  /** Whether this process started the server (it may have found it running). */
  readonly owned: boolean;
  /** Process id of the server, for tests and messages. */
  readonly pid: number;
  /** Leaves the server, and ends it when no other process uses it. May be called twice. */
  stop(): Promise<void>;
}

const DATABASE = 'azalai';
/** Recovery after a power cut may take this long; a usual start takes 0.2 s. */
const START_LIMIT_MS = 120_000;
const LOG_CHECK_MS = 5 * 60 * 1000;

/** A server with this process's lease on it. */
interface Held {
  readonly server: Postmaster;
  readonly lease: pg.Client;
}

interface Site {
  readonly place: Place;
  readonly binaries: PostgresBinaries;
  readonly fsync: boolean;
  readonly log: ClusterLog;
}

/**
 * Brings up the cluster of `dataDir`, making it the first time, or joins the server that already runs there: one whose
 * Node process was killed, or one of another Node process. The process that leaves last ends it, whoever started it.
 * Throws ClusterFailure with the cause and, when PostgreSQL gave one, its last words.
 */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const { dataDir, log, fsync = true, elsewhere = '/var/lib/azalai' } = options;
  const place = choosePlace(dataDir, elsewhere, (message) => log.warn(message));
  const site: Site = { place, binaries: binariesFor(place), fsync, log };
  if (await initialise(place, site.binaries, fsync)) log.info(`PostgreSQL ${site.binaries.major} made ${place.pgdata}`);
  boundLog(place.logFile);
  const first = await bringUp(site);
  try {
    await createDatabase(first.lease);
  } catch (cause) {
    await leave(first, place);
    throw cause;
  }
  const stop = keep(first, site);
  const { socketDir, port, pid, child } = first.server;
  return {
    connection: { host: socketDir, port, user: SUPERUSER, database: DATABASE },
    url: `postgresql://${SUPERUSER}@localhost/${DATABASE}?host=${encodeURIComponent(socketDir)}&port=${port}`,
    owned: child !== undefined,
    pid,
    stop,
  };
}

/** Joins the running server or starts one; goes round again when the one it found was about to end. */
async function bringUp({ place, binaries, fsync, log }: Site): Promise<Held> {
  const deadline = Date.now() + START_LIMIT_MS;
  for (;;) {
    const found = findPostmaster(place.pgdata);
    const server = found ?? launch(place, binaries.bin, fsync);
    const lease = await takeLease(server, place.pgdata, deadline);
    if (lease) {
      log.info(
        `PostgreSQL ${binaries.major} ${found ? 'found running' : 'started'} (pid ${server.pid}, ${place.pgdata})`,
      );
      return { server, lease };
    }
    if (found && !hasEnded(found, place.pgdata)) {
      log.warn(`PostgreSQL (pid ${found.pid}) no longer answers at ${found.socketDir}: it is started again`);
      await end(found, place.pgdata);
    }
    // Two processes that start at once both launch; PostgreSQL lets one through, and the other joins it.
    if (!found && !(await anotherStarted(place.pgdata))) throw failedStart(place);
    if (Date.now() > deadline) throw failedStart(place);
  }
}

async function anotherStarted(pgdata: string): Promise<boolean> {
  for (let waited = 0; waited < 1_000; waited += 50) {
    if (findPostmaster(pgdata)) return true;
    await delay(50);
  }
  return false;
}

function failedStart(place: Place): ClusterFailure {
  return new ClusterFailure(
    `PostgreSQL did not start on ${place.pgdata}. Its last words:\n${tail(place.logFile, 2_000)}`,
  );
}

async function createDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
  if (rowCount) return;
  await client.query(`CREATE DATABASE ${DATABASE}`).catch((cause: { code?: string }) => {
    const madeMeanwhile = cause.code === '42P04' || cause.code === '23505';
    if (!madeMeanwhile) throw cause;
  });
}

/** Holds the lease until the returned function is called; brings the server back when it dies in between. */
function keep(first: Held, site: Site): () => Promise<void> {
  let held = first;
  let stopping: Promise<void> | undefined;
  let returning: Promise<void> = Promise.resolve();
  const timer = setInterval(() => boundLog(site.place.logFile), LOG_CHECK_MS);
  timer.unref();

  const watch = () => {
    held.lease.once('end', () => {
      if (!stopping) returning = comeBack();
    });
  };
  const comeBack = async () => {
    site.log.warn(`The connection to PostgreSQL (pid ${held.server.pid}) was lost: it is brought back`);
    while (!stopping) {
      try {
        held = await bringUp(site);
        if (!stopping) watch();
        return;
      } catch (cause) {
        site.log.warn((cause as Error).message);
        await delay(1_000);
      }
    }
  };
  watch();
  return () => {
    stopping ??= (async () => {
      clearInterval(timer);
      await returning;
      await leave(held, site.place);
    })();
    return stopping;
  };
}

/** Gives the lease back and ends the server when nobody else has one. */
async function leave({ server, lease }: Held, place: Place): Promise<void> {
  // A lease that is broken cannot tell who else is there: then the one who started the server ends it.
  const last = await giveUpLease(lease).catch(() => server.child !== undefined);
  if (!last) return lease.end();
  lease.end().catch(() => {});
  await end(server, place.pgdata);
  try {
    rmdirSync(server.socketDir);
  } catch {
    // Not empty, or taken by a cleaning of the temp folder: both are fine.
  }
}
