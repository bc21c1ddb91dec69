import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { postgresEnvironment } from './account.ts';
import { ClusterFailure } from './failure.ts';
import { type Place, PORT, socketFolder } from './place.ts';

/** A running PostgreSQL server of a place. */
export interface Postmaster {
  readonly pid: number;
  readonly socketDir: string;
  readonly port: number;
  /** When this process started it. */
  readonly child?: ChildProcess;
}

/** Small, because it shares the machine; durable, because a kill -9 must lose nothing. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '100',
  shared_buffers: '128MB',
  jit: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  min_wal_size: '16MB',
  max_wal_size: '96MB',
  checkpoint_warning: '0',
  log_checkpoints: 'off',
  log_line_prefix: '%m [%p] ',
  timezone: 'UTC',
  log_timezone: 'UTC',
  cluster_name: 'azalai',
};

/**
 * Address space of each of its processes, in KB: a shape that crosses itself a million times takes all the memory there
 * is, and the system then ends whatever it likes, the whole server of the database among it. So the query fails alone.
 */
const PROCESS_KB = Math.max(1_500_000, Math.min(4_000_000, Math.floor(totalmem() / 2048)));

/** For clusters that are thrown away. */
const CARELESS: Readonly<Record<string, string>> = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/**
 * The live server of a data folder, from its `postmaster.pid`; also one whose Node process was killed.
 * `undefined` when there is none, when the file is a left-over, or when the server has not yet named its socket.
 */
export function findPostmaster(pgdata: string): Postmaster | undefined {
  const lines = linesOf(join(pgdata, 'postmaster.pid'));
  const pid = Number(lines?.[0]);
  const port = Number(lines?.[3]);
  const socketDir = lines?.[4];
  if (!pid || !port || !socketDir || !runsIn(pid, pgdata)) return undefined;
  return { pid, port, socketDir };
}

/** Spawns `postgres` itself (not `pg_ctl`, which would hide its exit). It is not yet ready for connections. */
export function launch(place: Place, bin: string, fsync: boolean): Postmaster {
  const socketDir = socketFolder(place);
  removeForeignLocks(place.pgdata, socketDir);
  const settings = { ...SETTINGS, ...(fsync ? {} : CARELESS), unix_socket_directories: socketDir };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const output = openSync(place.logFile, 'a', 0o600);
  try {
    // The shell becomes PostgreSQL. Where the limit cannot be set, there is none.
    const command = ['-c', `ulimit -v ${PROCESS_KB} 2>/dev/null; exec "$0" "$@"`, join(bin, 'postgres')];
    const child = spawn('/bin/sh', [...command, '-D', place.pgdata, '-p', String(PORT), ...options], {
      ...place.account,
      cwd: '/',
      env: postgresEnvironment(),
      // A session of its own: Ctrl-C must reach Node first, which stops the cluster after its last query.
      detached: true,
      stdio: ['ignore', output, output],
    });
    child.unref();
    child.on('error', () => {});
    if (child.pid === undefined) throw new ClusterFailure(`${join(bin, 'postgres')} cannot be run.`);
    return { pid: child.pid, socketDir, port: PORT, child };
  } finally {
    closeSync(output);
  }
}

/** Asks the server to end: disconnecting clients (SIGINT), after a limit without a last checkpoint (SIGQUIT). */
export async function end(postmaster: Postmaster, pgdata: string): Promise<void> {
  for (const [signal, seconds] of [
    ['SIGINT', 15],
    ['SIGQUIT', 15],
  ] as const) {
    if (!signalTo(postmaster.pid, signal)) return;
    if (await ended(postmaster, pgdata, seconds * 1000)) return;
  }
  throw new ClusterFailure(`PostgreSQL (pid ${postmaster.pid}, ${pgdata}) does not stop.`);
}

async function ended(postmaster: Postmaster, pgdata: string, limitMs: number): Promise<boolean> {
  const deadline = Date.now() + limitMs;
  while (Date.now() < deadline) {
    if (hasEnded(postmaster, pgdata)) return true;
    await delay(10);
  }
  return hasEnded(postmaster, pgdata);
}

export function hasEnded({ pid, child }: Postmaster, pgdata: string): boolean {
  if (child) return child.exitCode !== null || child.signalCode !== null;
  return !runsIn(pid, pgdata);
}

/**
 * PostgreSQL refuses to start when the pid in one of its lock files is alive, even when the number now belongs to
 * another program (a restarted container, a data folder that was copied while in use) or to a dead process that nobody
 * has waited for. Such files are removed here, but only when no process of PostgreSQL works in the folder: that refusal
 * also protects the data. The pid of a process that is gone it handles itself.
 */
function removeForeignLocks(pgdata: string, socketDir: string): void {
  if (!existsSync('/proc/self/cwd')) return;
  const socket = join(socketDir, `.s.PGSQL.${PORT}`);
  for (const [lock, beside] of [[join(pgdata, 'postmaster.pid')], [`${socket}.lock`, socket]] as const) {
    const pid = Number(linesOf(lock)?.[0]);
    if (!pid || !exists(pid)) continue;
    const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    if (processes.some((name) => runsIn(Number(name), pgdata))) return;
    rmSync(lock, { force: true });
    if (beside) rmSync(beside, { force: true });
  }
}

/** PostgreSQL works with its data folder as current folder: what tells it from another program with a reused pid. */
function runsIn(pid: number, pgdata: string): boolean {
  if (!existsSync('/proc/self/cwd')) return alive(pid) && linesOf(join(pgdata, 'postmaster.pid'))?.[1] === pgdata;
  try {
    return (
      readlinkSync(`/proc/${pid}/cwd`) === realpathSync(pgdata) &&
      readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres')
    );
  } catch {
    return false;
  }
}

function linesOf(file: string): string[] | undefined {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => line.trim());
  } catch {
    return undefined;
  }
}

/** Whether the process runs; one that is dead and only waits for its parent to notice does not. */
export function alive(pid: number): boolean {
  if (!exists(pid)) return false;
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return exists(pid);
  }
}

/** What PostgreSQL asks: is there anything with this number. */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** False when the process is gone already. */
function signalTo(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw cause;
  }
}
