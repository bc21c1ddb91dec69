import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Refusal } from './refusal.mjs';

const WAIT_LIMIT_MS = 20 * 60_000;

/** Runs `work` while no other set-up works in `root`. The lock names its process: one that is gone does not hinder. */
export async function withLock(root, say, work) {
  mkdirSync(join(root, 'dist'), { recursive: true });
  const lock = join(root, 'dist/setup.lock');
  await acquire(lock, say);
  // A build that is interrupted ends here too, and must not leave the lock to a reused pid.
  const release = () => rmSync(lock, { force: true });
  process.once('exit', release);
  try {
    await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

async function acquire(lock, say) {
  const mine = `${lock}.${process.pid}`;
  const deadline = Date.now() + WAIT_LIMIT_MS;
  let told = false;
  writeFileSync(mine, `${process.pid}\n`);
  try {
    // A link is made whole or not at all, unlike a file that is created first and written then.
    while (!link(mine, lock)) {
      const holder = holderOf(lock);
      if (holder !== undefined && !isSetup(holder)) dropStale(lock, mine);
      else if (Date.now() > deadline)
        throw new Refusal(`another set-up (pid ${holder}) does not end; its lock is ${lock}`);
      else {
        if (!told) say(`another set-up is at work (pid ${holder}): waiting for it`);
        told = true;
        await delay(200);
      }
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

function link(mine, lock) {
  try {
    linkSync(mine, lock);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function holderOf(lock) {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Between the look and the removal another may have done the same and locked: then its lock is put back. */
function dropStale(lock, mine) {
  const aside = `${mine}.stale`;
  try {
    renameSync(lock, aside);
  } catch {
    return;
  }
  if (isSetup(holderOf(aside))) link(aside, lock);
  rmSync(aside, { force: true });
}

function isSetup(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('setup.mjs');
  } catch {
    return true;
  }
}
