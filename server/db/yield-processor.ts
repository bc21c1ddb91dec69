import { readFileSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

/** Of 20: a process at it gets about a tenth of what one without has, when both want the processor. */
const NICE = 10;
const TRIES = 5;
const PAUSE_MS = 250;

/**
 * Where the system shares the processor between sessions first (`sched_autogroup_enabled`, sched(7)), priorities count within a
 * session only, and PostgreSQL makes one for each connection: then the session has to yield. Others than root may say so ten
 * times a second, all together.
 */
async function yieldAsSession(backend: number): Promise<void> {
  const stat = readFileSync(`/proc/${backend}/stat`, 'latin1');
  // proc_pid_stat(5): behind the name in parentheses, its fourth is the session.
  const session = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3]);
  for (let tried = 0; session === backend && tried < TRIES; tried += 1) {
    try {
      writeFileSync(`/proc/${backend}/autogroup`, String(NICE));
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
    await pause(PAUSE_MS, undefined, { ref: false });
  }
}

/**
 * Lets a process of PostgreSQL on this machine go last where others want the processor too. Not one elsewhere, whose number may
 * be that of another process here; nor where this process may not say so.
 * @param host of the connection: a folder is that of a socket on this machine
 */
export async function yieldProcessor(host: string, backend: number): Promise<void> {
  if (!host.startsWith('/')) return;
  try {
    if (readFileSync(`/proc/${backend}/comm`, 'latin1').trim() !== 'postgres') return;
    setPriority(backend, NICE);
    await yieldAsSession(backend);
  } catch {
    // It is only slower for the others.
  }
}
