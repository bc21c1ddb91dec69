import { execFile } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findPostgres, OLDEST_POSTGIS, OLDEST_POSTGRES, type PostgresBinaries } from '../postgres-binaries.ts';
import { postgresEnvironment } from './account.ts';
import { ClusterFailure } from './failure.ts';
import type { Place } from './place.ts';
import { alive } from './postmaster.ts';

const run = promisify(execFile);

/** Superuser of the private cluster; only the socket's folder decides who may connect. */
export const SUPERUSER = 'azalai';

/** Programs that can open the data at `place`, or any usable ones when there are no data yet. */
export function binariesFor(place: Place): PostgresBinaries {
  const newest = findPostgres();
  if (!newest) {
    throw new ClusterFailure(
      `No PostgreSQL ${OLDEST_POSTGRES} or newer with PostGIS ${OLDEST_POSTGIS} or newer on this machine: ` +
        'run "node scripts/setup.mjs start" to install it, or set DATABASE_URL.',
    );
  }
  const major = dataMajor(place);
  if (major === undefined || major === newest.major) return newest;
  const matching = findPostgres({ major });
  if (matching) return matching;
  throw new ClusterFailure(
    `The data in ${place.pgdata} were written by PostgreSQL ${major}, this machine has PostgreSQL ${newest.major} ` +
      `(${newest.bin}): install PostgreSQL ${major} with PostGIS, or move the folder away to begin anew.`,
  );
}

/** `undefined`: no cluster there yet. */
function dataMajor(place: Place): number | undefined {
  const file = join(place.pgdata, 'PG_VERSION');
  try {
    if (existsSync(file)) return Number(readFileSync(file, 'utf8').trim());
    if (existsSync(place.pgdata) && readdirSync(place.pgdata).length > 0) {
      throw new ClusterFailure(`${place.pgdata} is not empty and holds no PostgreSQL data: move it away.`);
    }
    return undefined;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EACCES') throw cause;
    throw new ClusterFailure(`${place.pgdata} belongs to another user: start as that user or set DATA_DIR.`);
  }
}

/**
 * Makes the cluster when there is none. It is made in a sibling folder and renamed when complete, so that a set-up cut
 * short leaves nothing that looks like data, and of two at once the first wins.
 */
export async function initialise(place: Place, { bin }: PostgresBinaries, fsync: boolean): Promise<boolean> {
  if (dataMajor(place) !== undefined) return false;
  sweep(place);
  const fresh = join(place.home, `${INIT_PREFIX}${process.pid}`);
  mkdirSync(fresh, { mode: 0o700 });
  if (place.account.uid !== undefined) chownSync(fresh, place.account.uid, place.account.gid);
  const options = ['-U', SUPERUSER, '-E', 'UTF8', '--locale=C.UTF-8', '--auth=trust', '--wal-segsize=4'];
  try {
    await run(join(bin, 'initdb'), ['-D', fresh, ...options, ...(fsync ? [] : ['--no-sync'])], {
      ...place.account,
      cwd: '/',
      env: postgresEnvironment(),
    });
    renameSync(fresh, place.pgdata);
    return true;
  } catch (cause) {
    rmSync(fresh, { recursive: true, force: true });
    if (['ENOTEMPTY', 'EEXIST'].includes((cause as NodeJS.ErrnoException).code ?? '')) return false;
    const said = (cause as { stderr?: string }).stderr?.trim() || (cause as Error).message;
    throw new ClusterFailure(`PostgreSQL could not make its data folder in ${place.home}: ${said}`);
  }
}

const INIT_PREFIX = 'postgres.init-';

/** Removes what set-ups cut short left behind; the name carries the pid of the one at work. */
function sweep(place: Place): void {
  for (const name of readdirSync(place.home).filter((entry) => entry.startsWith(INIT_PREFIX))) {
    const pid = Number(name.slice(INIT_PREFIX.length));
    if (pid === process.pid || !alive(pid))
      rmSync(join(place.home, name), { recursive: true, force: true, maxRetries: 5 });
  }
}
