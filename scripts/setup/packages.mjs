import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from './refusal.mjs';

const RECORD = 'node_modules/.package-lock.json';

/**
 * Whether node_modules differs from package-lock.json. npm writes what it has installed into
 * node_modules/.package-lock.json as its last step, so an install cut short, one without the development packages and
 * one by hand are all judged rightly, and a lock file that changed in nothing that is installed asks for nothing.
 */
export function packagesAreStale(root) {
  const wanted = read(join(root, 'package-lock.json'));
  const installed = read(join(root, RECORD));
  if (!wanted) throw new Refusal('package-lock.json is missing: is this a complete checkout?');
  if (!installed) return true;
  return Object.entries(wanted.packages).some(([path, { version, integrity, optional, link }]) => {
    if (path === '' || link) return false;
    const found = installed.packages[path];
    // Optional: built for other machines.
    if (!found) return !optional;
    return found.version !== version || (integrity !== undefined && found.integrity !== integrity);
  });
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Installs what the lock file says and leaves it as it is. Not `npm ci`: that refuses a lock file without the entries of
 * binaries for other systems, and npm writes such a file where its registry does not carry them. The build needs the
 * development packages, whatever NODE_ENV says; no package may run a script of its own.
 */
const INSTALL = ['install', '--no-save', '--include=dev', '--ignore-scripts'];
const QUIET = ['--no-audit', '--no-fund', '--no-progress', '--no-update-notifier', '--loglevel=error'];

export function installPackages(root, say) {
  say('installing the npm packages of package-lock.json');
  // Without its record, what is there was cut short: a package may be half unpacked.
  if (!existsSync(join(root, RECORD))) rmSync(join(root, 'node_modules'), { recursive: true, force: true });
  const { npm_execpath: npm } = process.env;
  const program = npm && /npm-cli\.js$/.test(npm) ? [process.execPath, npm] : ['npm'];
  const [command, ...args] = [...program, ...INSTALL, ...QUIET];
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (status !== 0) throw new Refusal(`npm install failed:\n${error?.message ?? `${stdout}${stderr}`.trim()}`);
  if (packagesAreStale(root))
    throw new Refusal('npm install did not install what package-lock.json says: is it up to date?');
}
