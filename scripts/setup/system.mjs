import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findPostgres, majors } from './postgres.mjs';
import { Refusal } from './refusal.mjs';

const POSTGRES = { name: 'PostgreSQL 15 or newer with PostGIS 3.3 or newer', packages: postgresPackages };
const CHROMIUM = { name: 'Chromium', packages: () => ['chromium'] };
const GDAL = { name: 'GDAL', packages: () => ['gdal-bin'] };
/** Reads the PDF that is printed. */
const POPPLER = { name: 'Poppler', packages: () => ['poppler-utils'] };
/** Where one of these cannot be had, its tests are left out. */
const FIREFOX = { name: 'Firefox', packages: () => ['firefox-esr'], isOptional: true };
const QGIS = { name: 'QGIS', packages: () => ['python3-qgis'], isOptional: true };

/** What of the system a mode needs and this machine lacks. A database that is given needs no server here. */
export function missingSystem(mode, environment, machine = thisMachine(environment)) {
  const missing = [];
  const ownCluster = mode === 'test' || mode === 'qgis' || (mode === 'start' && !environment.DATABASE_URL);
  if (ownCluster && !machine.hasPostgres()) missing.push(POSTGRES);
  if (mode === 'test' && !machine.hasChromium()) missing.push(CHROMIUM);
  if (mode === 'test' && !machine.hasGdal()) missing.push(GDAL);
  if (mode === 'test' && !machine.hasPoppler()) missing.push(POPPLER);
  // Elsewhere it has another name, or comes by other ways.
  const isDebian = machine.release().startsWith('debian');
  if (mode === 'test' && isDebian && !machine.hasFirefox()) missing.push(FIREFOX);
  if (mode === 'qgis' && !machine.hasQgis()) missing.push(QGIS);
  return missing;
}

/** Whether this user may install packages here without being asked for a password. */
export const mayInstall = (machine) => machine.hasApt() && (machine.isRoot() || machine.hasSudo());

/**
 * What to do about it: `{ packages, by }` with `by` the words before `apt-get` (nothing for root), or `{ refusal }`,
 * one line that says what is missing and the ways out.
 */
export function decide(missing, machine) {
  const packages = missing.flatMap((need) => need.packages(machine));
  const names = missing.map((need) => need.name).join(' and ');
  const known = packages.length >= missing.length;
  if (machine.hasApt() && known) {
    if (machine.isRoot()) return { packages, by: [] };
    if (machine.hasSudo()) return { packages, by: ['sudo', '-n'] };
  }
  const way = !machine.hasApt()
    ? 'install it with the package manager of this system (Debian 12: "apt-get install postgresql-15 postgresql-15-postgis-3")'
    : known
      ? `run "sudo apt-get install --no-install-recommends ${packages.join(' ')}"`
      : 'apt-get knows no package for it: see https://wiki.postgresql.org/wiki/Apt';
  return { refusal: `missing: ${names}, and this user may not install it: ${way}, or use "docker compose up".` };
}

/** Debian 12 has one; elsewhere the one for a server that is there already, else the newest that apt knows. */
function postgresPackages(machine) {
  const pair = (major) => [`postgresql-${major}`, `postgresql-${major}-postgis-3`];
  const known = machine.postgisMajors();
  const installed = machine.installedMajors().find((major) => known.includes(major));
  if (installed) return pair(installed);
  if (machine.release() === 'debian 12') return pair(15);
  const [newest] = known;
  return newest === undefined ? [] : pair(newest);
}

export function installSystem(missing, mode, environment, say, machine = thisMachine(environment)) {
  const release = machine.release();
  let plan = decide(missing, machine);
  // Names depend on the list of packages, which a fresh machine or image does not have yet.
  if (plan.refusal && mayInstall(machine)) {
    say(`missing: ${missing.map((need) => need.name).join(' and ')}; asking apt-get for the packages of ${release}`);
    asRoot(machine, 'apt-get update -qq -o DPkg::Lock::Timeout=300');
    plan = decide(missing, machine);
  }
  if (plan.refusal) throw new Refusal(plan.refusal);
  const way = [...plan.by, 'apt-get'].join(' ');
  say(`installing ${plan.packages.join(', ')} with ${way}: this takes some minutes the first time`);
  const { status, output } = asRoot(machine, installScript(plan.packages));
  const left = missingSystem(mode, environment, machine).filter((need) => missing.includes(need));
  if (status === 0 && left.length === 0) return;
  const tail = output.trim().split('\n').slice(-15).join('\n');
  throw new Refusal(
    `apt-get could not install ${plan.packages.join(' ')}; run it by hand or use "docker compose up".\n${tail}`,
  );
}

/**
 * Debian makes and starts a cluster of its own on port 5432 when it installs a server. Nobody asked for it here, so its
 * own switch is set for the time of the installation only. `update` may fail for a third party's list: what counts is
 * whether the packages can be had.
 */
export function installScript(packages) {
  const off = '/etc/postgresql-common/createcluster.d/azalai-setup.conf';
  return [
    'export DEBIAN_FRONTEND=noninteractive',
    `mkdir -p ${off.slice(0, off.lastIndexOf('/'))}`,
    `trap 'rm -f ${off}' EXIT`,
    `echo 'create_main_cluster = false' > ${off}`,
    'apt-get update -qq -o DPkg::Lock::Timeout=300',
    `apt-get install -qq -y --no-install-recommends -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 ${packages.join(' ')}`,
  ].join('\n');
}

function asRoot(machine, script) {
  const command = [...(machine.isRoot() ? [] : ['sudo', '-n']), 'sh', '-c', script];
  const { status, stdout, stderr } = spawnSync(command[0], command.slice(1), {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
    cwd: '/',
  });
  return { status, output: `${stdout}${stderr}` };
}

/** The questions above, answered by this machine. Tests answer them otherwise. */
export function thisMachine(environment) {
  const path = environment.PATH ?? '';
  const inPath = (name) =>
    path.split(delimiter).some((folder) => {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return folder !== '';
      } catch {
        return false;
      }
    });
  const succeeds = (program, args) => spawnSync(program, args, { env: environment, stdio: 'ignore' }).status === 0;
  return {
    hasPostgres: () => findPostgres({ path }) !== undefined,
    hasChromium: () => existsSync('/usr/bin/chromium') || inPath('chromium'),
    hasGdal: () => inPath('ogr2ogr'),
    hasPoppler: () => inPath('pdftoppm'),
    hasFirefox: () => inPath('firefox-esr'),
    hasQgis: () =>
      existsSync('/usr/lib/python3/dist-packages/qgis/core') || succeeds('python3', ['-c', 'import qgis.core']),
    hasApt: () => inPath('apt-get'),
    isRoot: () => process.getuid?.() === 0,
    hasSudo: () => inPath('sudo') && succeeds('sudo', ['-n', 'true']),
    installedMajors: () => majors('/usr/lib/postgresql', /^(\d+)$/),
    release: () => releaseOf(existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''),
    postgisMajors: () => {
      const { stdout } = spawnSync('apt-cache', ['search', '--names-only', '^postgresql-[0-9]+-postgis-3$'], {
        encoding: 'utf8',
        env: environment,
      });
      const found = (stdout ?? '').split('\n').flatMap((line) => /^postgresql-(\d+)-postgis-3 /.exec(line)?.[1] ?? []);
      return found
        .map(Number)
        .filter((major) => major >= 15)
        .sort((a, b) => b - a);
    },
  };
}

/** `debian 12` from the text of /etc/os-release. */
export function releaseOf(text) {
  const value = (name) => new RegExp(`^${name}="?([^"\\n]*)"?$`, 'm').exec(text)?.[1] ?? '';
  return `${value('ID')} ${value('VERSION_ID')}`.trim();
}
