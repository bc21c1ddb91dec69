import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const OLDEST_MAJOR = 15;
const OLDEST_POSTGIS = [3, 3];

/**
 * Folder of usable PostgreSQL server programs (15 or newer, with PostGIS 3.3 or newer), or undefined. Packages of a
 * distribution tell their version by their path, so the usual case starts no program.
 * `server/db/postgres-binaries.ts` finds them for the server; `test/unit/setup.test.ts` holds the two together.
 */
export function findPostgres({ path = process.env.PATH ?? '', usr = '/usr' } = {}) {
  for (const major of majors(join(usr, 'lib/postgresql'), /^(\d+)$/)) {
    const bin = join(usr, 'lib/postgresql', String(major), 'bin');
    if (usable(bin, major, [join(usr, 'share/postgresql', String(major))])) return bin;
  }
  for (const major of majors(usr, /^pgsql-(\d+)$/)) {
    const bin = join(usr, `pgsql-${major}`, 'bin');
    if (usable(bin, major, [join(usr, `pgsql-${major}`, 'share')])) return bin;
  }
  for (const folder of path.split(delimiter).filter((entry) => entry !== '')) {
    const config = join(folder, 'pg_config');
    for (const bin of [existsSync(config) ? ask(config, '--bindir') : undefined, folder]) {
      if (!bin || !existsSync(join(bin, 'postgres'))) continue;
      const real = realpathSync(bin);
      const major = Number.parseInt(ask(join(real, 'postgres'), '--version')?.replace(/^\D+/, '') ?? '', 10);
      const beside = [join(dirname(real), 'share'), join(dirname(real), 'share/postgresql')];
      const told = ask(join(real, 'pg_config'), '--sharedir');
      if (usable(real, major, told ? [...beside, told] : beside)) return real;
    }
  }
  return undefined;
}

/** Newest first. */
export function majors(parent, pattern) {
  if (!existsSync(parent)) return [];
  return readdirSync(parent)
    .flatMap((name) => pattern.exec(name)?.[1] ?? [])
    .map(Number)
    .filter((major) => major >= OLDEST_MAJOR)
    .sort((a, b) => b - a);
}

function usable(bin, major, shares) {
  if (!(major >= OLDEST_MAJOR) || !existsSync(join(bin, 'initdb')) || !existsSync(join(bin, 'postgres'))) return false;
  return shares.some((share) => {
    const control = join(share, 'extension/postgis.control');
    if (!existsSync(control)) return false;
    const [, first = 0, second = 0] = /^default_version\s*=\s*'(\d+)\.(\d+)/m.exec(readFileSync(control, 'utf8')) ?? [];
    const [oldFirst, oldSecond] = OLDEST_POSTGIS;
    return Number(first) > oldFirst || (Number(first) === oldFirst && Number(second) >= oldSecond);
  });
}

function ask(program, flag) {
  try {
    return execFileSync(program, [flag], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}
