import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Account, accountFor, canEnter } from './account.ts';
import { ClusterFailure } from './failure.ts';

/** Where a cluster lives, and under whom. All paths are absolute. */
export interface Place {
  /** Folder that holds the data folder and the log. */
  readonly home: string;
  /** PostgreSQL's data folder, `<home>/postgres`. */
  readonly pgdata: string;
  /** What `postgres` prints, `<home>/postgres.log`. */
  readonly logFile: string;
  readonly account: Account;
}

/** Any number: only the name of the socket carries it, nothing listens on TCP. */
export const PORT = 5432;

/** `sun_path` of a unix socket: 108 bytes with the closing zero. */
const LONGEST_SOCKET_PATH = 107;

const POINTER = 'postgres.location';
const BACK_POINTER = 'data-dir';

function placeAt(home: string): Place {
  const pgdata = join(home, 'postgres');
  return { home, pgdata, logFile: join(home, 'postgres.log'), account: accountFor(pgdata) };
}

/**
 * The place for `dataDir`: in it, unless its files cannot be reached by the account that must run PostgreSQL; then in
 * `elsewhere`, with a pointer file in `dataDir` that is followed from then on.
 */
export function choosePlace(dataDir: string, elsewhere: string, say: (message: string) => void): Place {
  makeFolder(dataDir);
  const own = realpathSync(dataDir);
  const pointed = followPointer(own);
  if (pointed) return placeAt(pointed);
  const near = placeAt(own);
  if (existsSync(near.pgdata) || canEnter(own, near.account)) return near;
  const home = join(elsewhere, digest(own));
  makeFolder(home);
  writeFileSync(join(home, BACK_POINTER), `${own}\n`);
  writeFileSync(join(own, POINTER), `${home}\n`);
  say(`PostgreSQL may not enter ${own} (it cannot run as root, and a folder above is closed): its data go to ${home}`);
  return placeAt(home);
}

/** A pointer that came along with a copied folder is not followed: two servers would share one database unasked. */
function followPointer(dataDir: string): string | undefined {
  const pointer = join(dataDir, POINTER);
  if (!existsSync(pointer)) return undefined;
  const home = readFileSync(pointer, 'utf8').trim();
  if (!existsSync(home)) return undefined;
  const backPointer = join(home, BACK_POINTER);
  const owner = existsSync(backPointer) ? readFileSync(backPointer, 'utf8').trim() : dataDir;
  if (owner !== dataDir && existsSync(join(owner, POINTER))) return undefined;
  if (owner !== dataDir) writeFileSync(backPointer, `${dataDir}\n`);
  return home;
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
  } catch (cause) {
    throw new ClusterFailure(`The data folder ${folder} cannot be made (${(cause as Error).message}): set DATA_DIR.`);
  }
}

/**
 * A short folder under the temp folder for the socket, the same for the same data folder, closed to everyone but the
 * account (and root). Made again when a cleaning of the temp folder took it.
 */
export function socketFolder(place: Place): string {
  const name = `azalai-${digest(place.pgdata)}`;
  const roots = [tmpdir(), '/tmp'].filter((root) => fits(join(root, name)) && canEnter(root, place.account));
  for (const folder of roots.flatMap((root) => [join(root, name), join(root, `${name}-${process.pid}`)])) {
    if (claim(folder, place.account)) return folder;
  }
  throw new ClusterFailure(`No folder for the socket of PostgreSQL: ${tmpdir()} and /tmp are closed or too long.`);
}

function fits(folder: string): boolean {
  return Buffer.byteLength(join(folder, `.s.PGSQL.${PORT}`)) <= LONGEST_SOCKET_PATH;
}

/** False when another user holds the name: anyone may write in the temp folder. */
function claim(folder: string, account: Account): boolean {
  const owner = account.uid ?? process.getuid?.() ?? 0;
  try {
    mkdirSync(folder, { mode: 0o700 });
    if (account.uid !== undefined) chownSync(folder, account.uid, account.gid);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') return false;
  }
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (!found?.isDirectory() || found.uid !== owner) return false;
  if ((statSync(folder).mode & 0o077) !== 0) chmodSync(folder, 0o700);
  return true;
}

function digest(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 12);
}
