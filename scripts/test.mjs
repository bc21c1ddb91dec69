/**
 * `npm test`: the checks, then unit, db, http and interop tests, then the browser tests, two files at a time; the last
 * line is `N passed, N failed`. `npm test -- unit http`, `npm test -- check`, `npm test -- test/db/x.test.ts`
 * run only that; `npm run test:qgis` runs those that need QGIS, `npm run test:slow` long simulations, `npm test -- all`
 * these too; `npm run bless` writes the golden files anew.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Two cores: more only makes the tests of the database wait for each other. */
const JOBS = 2;
const STAGE_LIMIT_MS = 20 * 60_000;
/** After its results a run has this long to close what it opened. */
const CLOSING_LIMIT_MS = 30_000;

const PARTS = ['unit', 'db', 'http', 'interop'];
/** After the others: a page that draws takes a core of its own. */
const DRAWING = ['browser'];
/** That wait for servers rather than work: begun first, they end before the others do. */
const PATIENT = ['test/http/killed.test.ts', 'test/http/process.test.ts', 'test/http/workers.test.ts'];
/** Run when they are named, or with "all": they need what is large to install, or minutes. */
const NAMED = ['qgis', 'slow'];

process.chdir(ROOT);
const wanted = process.argv.slice(2);
const bless = wanted[0] === 'bless';
const isAll = wanted[0] === 'all';
const isWhole = wanted.length === 0 || isAll;
const temp = mkdtempSync(join(tmpdir(), 'azalai-run-'));
const totals = { passed: 0, skipped: 0, failed: [], files: [] };
let interrupted = false;
// The running part gets the same signal from the terminal, cleans up and ends; then so do we.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    interrupted = true;
    for (const child of children) child.kill(signal);
  });
}
const children = new Set();

try {
  const began = Date.now();
  if (isWhole || wanted.includes('check')) await runChecks();
  await runMocha(select(PARTS).sort((a, b) => PATIENT.includes(b) - PATIENT.includes(a)));
  // The longest first, so that none is left to run alone at the end.
  await runMocha(select(DRAWING).sort((a, b) => statSync(b).size - statSync(a).size));
  if (wanted.length > 0) await runMocha(select(NAMED), ['--timeout', '180000']);
  report(Date.now() - began);
} finally {
  rmSync(temp, { recursive: true, force: true });
}

/** The `check:*` scripts of package.json, two at a time; each counts as one test. */
async function runChecks() {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const queue = Object.keys(scripts).filter((name) => name.startsWith('check:'));
  console.log('checks');
  const work = async () => {
    for (let name = queue.shift(); name !== undefined && !interrupted; name = queue.shift()) {
      const began = Date.now();
      const { code, output } = await run('/bin/sh', ['-c', scripts[name]], 'pipe', {});
      const seconds = ((Date.now() - began) / 1000).toFixed(1);
      console.log(`  ${code === 0 ? 'ok' : 'FAILED'}  ${name}  ${seconds} s`);
      if (code === 0) totals.passed += 1;
      else {
        totals.failed.push(name);
        console.log(`\n$ ${scripts[name]}\n${output.trimEnd()}\n`);
      }
    }
  };
  await Promise.all([work(), work()]);
}

/** Test files of the given parts (folders of test/) that this call asks for. */
function select(parts) {
  const chosen = parts.flatMap((part) => testFiles(join('test', part)));
  if (bless) return chosen.filter((file) => /\/golden[^/]*\.test\.ts$/.test(file));
  if (isWhole) return chosen;
  const paths = wanted.map((name) =>
    existsSync(join('test', name)) ? join('test', name) : relative('.', resolve(name)),
  );
  return chosen.filter((file) => paths.some((path) => file === path || file.startsWith(`${path}/`)));
}

function testFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((file) => file.endsWith('.test.ts') && statSync(file).isFile())
    .sort();
}

async function runMocha(files, options = []) {
  if (files.length === 0 || interrupted) return;
  const title = [...new Set(files.map((file) => file.split('/')[1]))].join(', ');
  console.log(title);
  const resultFile = join(temp, `${files[0].split('/')[1]}.json`);
  const reporter = ['--reporter', './scripts/test/reporter.cjs', '--reporter-option', `result=${resultFile}`];
  const jobs = ['--parallel', '--jobs', String(JOBS)];
  const mocha = ['node_modules/mocha/bin/mocha.js', '--forbid-only', ...jobs, ...options, ...reporter, ...files];
  const unitOnly = files.every((file) => file.startsWith('test/unit/'));
  const { code } = await run(process.execPath, mocha, 'inherit', unitOnly ? { NO_CLUSTER: '1' } : {}, resultFile);
  if (interrupted) return;
  if (!existsSync(resultFile)) {
    totals.failed.push(`${title}: mocha ended without results (exit ${code}), see above`);
    return;
  }
  const result = JSON.parse(readFileSync(resultFile, 'utf8'));
  totals.passed += result.passed;
  totals.skipped += result.skipped;
  totals.failed.push(...result.failed);
  totals.files.push(...result.files);
  if (code !== 0 && result.failed.length === 0)
    totals.failed.push(`${title}: mocha ended with exit ${code}, see above`);
}

/** Runs a program to its end, or ends it: past the limit, or when it stays long after it wrote `resultFile`. */
function run(program, args, output, variables, resultFile) {
  const path = `${join(ROOT, 'node_modules/.bin')}${delimiter}${process.env.PATH}`;
  const env = { ...process.env, PATH: path, ...variables, ...(bless ? { BLESS: '1' } : {}) };
  const child = spawn(program, args, { cwd: ROOT, env, stdio: ['ignore', output, output] });
  children.add(child);
  const pieces = [];
  child.stdout?.on('data', (piece) => pieces.push(piece));
  child.stderr?.on('data', (piece) => pieces.push(piece));
  const deadline = setTimeout(stop, STAGE_LIMIT_MS, `the limit of ${STAGE_LIMIT_MS / 60_000} minutes`);
  let closing;
  const watch = setInterval(() => {
    if (closing || !resultFile || !existsSync(resultFile)) return;
    closing = setTimeout(
      stop,
      CLOSING_LIMIT_MS,
      'its results are written, but something is still open (a server, a pool)',
    );
  }, 500);
  function stop(why) {
    console.log(`ended: ${why}`);
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
  }
  return new Promise((resolve) => {
    child.on('error', (error) => pieces.push(String(error)));
    child.on('close', (code) => {
      clearTimeout(deadline);
      clearTimeout(closing);
      clearInterval(watch);
      children.delete(child);
      resolve({ code: code ?? 1, output: Buffer.concat(pieces.map((piece) => Buffer.from(piece))).toString() });
    });
  });
}

function report(ms) {
  const { passed, failed, skipped, files } = totals;
  const slowest = files.filter((file) => file.ms >= 1000).sort((a, b) => b.ms - a.ms);
  if (slowest.length > 0) console.log('slowest');
  for (const file of slowest.slice(0, 5)) console.log(`  ${(file.ms / 1000).toFixed(1)} s  ${file.name}`);
  if (failed.length > 0) console.log('failed');
  for (const title of failed) console.log(`  ${title}`);
  if (interrupted) console.log('interrupted');
  const none = passed + failed.length + skipped === 0;
  if (none && !interrupted) console.log(`no test matches: ${wanted.join(' ')}`);
  console.log(`in ${Math.round(ms / 1000)} s`);
  console.log(`${passed} passed, ${failed.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = failed.length > 0 || interrupted || none ? 1 : 0;
}
