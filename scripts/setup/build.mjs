import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from './refusal.mjs';

/** What is built, from what, and how. A target whose config file does not exist is not there to be built. */
const TARGETS = [
  {
    name: 'server',
    config: 'tsconfig.build.json',
    inputs: ['server', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'],
    output: 'dist/server/main.js',
    program: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'],
  },
  {
    name: 'client',
    config: 'client/vite.config.ts',
    // The page shares the pure core with the server.
    inputs: ['client', 'server/core', 'tsconfig.json', 'package-lock.json'],
    output: 'dist/client/index.html',
    program: ['node_modules/vite/bin/vite.js', 'build', '--config', 'client/vite.config.ts', '--logLevel', 'warn'],
  },
  {
    // The page as one script, for copies in one file.
    name: 'single',
    config: 'client/vite.single.config.ts',
    inputs: ['client', 'server/core', 'tsconfig.json', 'package-lock.json'],
    output: 'dist/single/page.js',
    program: [
      'node_modules/vite/bin/vite.js',
      'build',
      '--config',
      'client/vite.single.config.ts',
      '--logLevel',
      'warn',
    ],
  },
];

/** Targets whose inputs changed since they were built, or that were never built to the end. */
export function staleBuilds(root) {
  return TARGETS.filter((target) => existsSync(join(root, target.config))).filter((target) => {
    const stamp = stampOf(root, target);
    const fresh = existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(root, target);
    return !fresh || !existsSync(join(root, target.output));
  });
}

export function build(root, target, say) {
  say(`building the ${target.name}`);
  const stamp = stampOf(root, target);
  // Before the build: a change made while it runs must make the next one necessary.
  const print = fingerprint(root, target);
  rmSync(stamp, { force: true });
  rmSync(join(root, 'dist', target.name), { recursive: true, force: true });
  mkdirSync(join(root, 'dist'), { recursive: true });
  const { status, stdout, stderr } = spawnSync(process.execPath, target.program, {
    cwd: root,
    encoding: 'utf8',
    // What a shell may have set for development must not reach the page.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (status !== 0) throw new Refusal(`the ${target.name} could not be built:\n${`${stdout}${stderr}`.trim()}`);
  writeFileSync(stamp, print);
}

function stampOf(root, { name }) {
  return join(root, 'dist', `${name}.stamp`);
}

/** Names and contents, not times: a checkout writes every file anew. */
function fingerprint(root, { inputs, program }) {
  const hash = createHash('sha256').update(JSON.stringify(program));
  for (const path of inputs.flatMap((input) => filesOf(root, input))) {
    hash.update(`\0${path}\0`).update(readFileSync(join(root, path)));
  }
  return hash.digest('hex');
}

function filesOf(root, path) {
  const stats = statSync(join(root, path), { throwIfNoEntry: false });
  if (!stats) return [];
  if (!stats.isDirectory()) return [path];
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesOf(root, join(path, name)));
}
