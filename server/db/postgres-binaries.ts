import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** PostgreSQL server programs that can hold our data. */
export interface PostgresBinaries {
  /** Folder with `initdb` and `postgres`. */
  readonly bin: string;
  /** 15, 16, ... */
  readonly major: number;
  /** What `postgres --version` says after its name, such as `15.20 (Debian 15.20-0+deb12u1)`. */
  readonly version: string;
  /** Default version of the PostGIS extension beside it, such as `3.3.2`. */
  readonly postgis: string;
}

export const OLDEST_POSTGRES = 15;
export const OLDEST_POSTGIS = '3.3';

/**
 * The newest usable server on this machine, or the one of `major` when given; `undefined` when there is none.
 * `scripts/setup/postgres.mjs` decides the same without packages; a test holds the two together.
 */
export function findPostgres(wanted: { major?: number } = {}): PostgresBinaries | undefined {
  const usable: PostgresBinaries[] = [];
  for (const bin of candidates()) {
    const binaries = inspect(bin);
    if (binaries && (wanted.major === undefined || binaries.major === wanted.major)) usable.push(binaries);
  }
  return usable.sort((a, b) => b.major - a.major)[0];
}

/** Folders that may hold the server programs; the order breaks ties between equal versions. */
function candidates(): string[] {
  const versioned = (parent: string, pattern: RegExp, rest: string) =>
    existsSync(parent)
      ? readdirSync(parent)
          .filter((name) => pattern.test(name))
          .map((name) => join(parent, name, rest))
      : [];
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const folders = [
    ...path
      .filter((folder) => existsSync(join(folder, 'pg_config')))
      .map((folder) => ask(join(folder, 'pg_config'), '--bindir')),
    ...versioned('/usr/lib/postgresql', /^\d+$/, 'bin'),
    ...versioned('/usr', /^pgsql-\d+$/, 'bin'),
    ...path,
  ];
  const real = folders.flatMap((folder) => (folder && existsSync(folder) ? [realpathSync(folder)] : []));
  return [...new Set(real)];
}

function inspect(bin: string): PostgresBinaries | undefined {
  if (!executable(join(bin, 'initdb')) || !executable(join(bin, 'postgres'))) return undefined;
  const version = ask(join(bin, 'postgres'), '--version')?.replace(/^postgres \(PostgreSQL\) /, '');
  const major = Number.parseInt(version ?? '', 10);
  if (!version || !(major >= OLDEST_POSTGRES)) return undefined;
  const postgis = postgisVersion(bin, major);
  if (!postgis || !atLeast(postgis, OLDEST_POSTGIS)) return undefined;
  return { bin, major, version, postgis };
}

/** From the extension's control file: Debian keeps it under /usr/share, a build of one's own beside `bin`. */
function postgisVersion(bin: string, major: number): string | undefined {
  const shares = [
    `/usr/share/postgresql/${major}`,
    join(dirname(bin), 'share'),
    join(dirname(bin), 'share/postgresql'),
    executable(join(bin, 'pg_config')) ? ask(join(bin, 'pg_config'), '--sharedir') : undefined,
  ];
  // Debian's folder belongs to the programs in /usr/lib/postgresql only.
  const own = bin.startsWith(`/usr/lib/postgresql/${major}/`) ? shares : shares.slice(1);
  for (const share of own) {
    const control = share && join(share, 'extension/postgis.control');
    if (control && existsSync(control)) {
      return /^default_version\s*=\s*'([^']+)'/m.exec(readFileSync(control, 'utf8'))?.[1];
    }
  }
  return undefined;
}

function atLeast(version: string, oldest: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  const [oldMajor = 0, oldMinor = 0] = oldest.split('.').map(Number);
  return major > oldMajor || (major === oldMajor && minor >= oldMinor);
}

function executable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function ask(program: string, flag: string): string | undefined {
  try {
    return execFileSync(program, [flag], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}
