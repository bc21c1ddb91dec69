import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { ClusterFailure } from './failure.ts';

/**
 * Under which user `initdb` and `postgres` run. Without ids: as this process does.
 * Both programs refuse to run as root, whatever the folder.
 */
export type Account = { readonly uid: number; readonly gid: number } | { readonly uid?: never; readonly gid?: never };

/** As root: the owner of data that is already there (it may have been made by a plain user), else `postgres`. */
export function accountFor(pgdata: string): Account {
  if (process.getuid?.() !== 0) return {};
  const owner = statSync(pgdata, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** Numbers differ between machines (Debian takes the next free one), so they are asked for. */
function idOf(flag: '-u' | '-g'): number {
  try {
    return Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    throw new ClusterFailure(
      'PostgreSQL refuses to run as root and there is no user "postgres" to run it under: create it ' +
        '(useradd --system postgres), start the server as a plain user, or set DATABASE_URL.',
    );
  }
}

/**
 * Whether the account can enter the folder, tried by entering it: modes alone do not tell (ACLs, mounts), and a clone
 * in /root lies below a folder that only root may pass.
 */
export function canEnter(folder: string, account: Account): boolean {
  if (account.uid === undefined) return true;
  const entered = spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { ...account, cwd: '/', stdio: 'ignore' });
  return entered.status === 0;
}

/** Nothing of the caller's PG* variables or locale may reach the cluster. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC' };
}
