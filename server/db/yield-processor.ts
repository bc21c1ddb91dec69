import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Of 20: a process at it gets about a tenth of what one without has, when both want the processor. */
const NICE = 10;
const TRIES = 5;
const PAUSE_MS = 250;

/**
 * Where the system shares the processor between sessions first (`sched_autogroup_enabled`, sched(7)), priorities count within a
 * session only, and PostgreSQL makes one for each connection: then the session has to yield. Others than root may say so ten
 * times a second, all together.
 */
async function yieldAsSession(pid: number): Promise<void> {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // proc_pid_stat(5): behind the name in parentheses, its fourth is the session.
  const session = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3]);
  for (let tried = 0; session === pid && tried < TRIES; tried += 1) {
    try {
      writeFileSync(`/proc/${pid}/autogroup`, String(NICE));
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
    await pause(PAUSE_MS, undefined, { ref: false });
  }
}

/**
 * All processors that a process may use but the first, as taskset(1) takes them; undefined when there is no other.
 * @param status as proc_pid_status(5) has it
 */
export function otherProcessors(status: string): string | undefined {
  const allowed = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? '';
  const each = allowed.split(',').flatMap((range) => {
    const [first, last = first] = range.split('-').map(Number) as [number, number?];
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
  return each.length > 1 ? each.slice(1).join(',') : undefined;
}

/**
 * Who wakes up waits until the one that runs has had its few milliseconds, however low that one's priority is; unless
 * another processor is free, which this leaves. Node cannot say so itself. What the process may use counts, not what this one
 * may: this one may have left a processor itself.
 */
async function leaveProcessor(pid: number): Promise<void> {
  const others = otherProcessors(readFileSync(`/proc/${pid}/status`, 'latin1'));
  if (others) await promisify(execFile)('taskset', ['-a', '-c', '-p', others, String(pid)]);
}

/**
 * Lets a process go last where others want the processor too, with all its threads, and keeps it off one of them.
 * What the system does not offer, or this process may not do, is left: then it is only slower for the others.
 */
export async function yieldProcessor(pid: number): Promise<void> {
  try {
    // On Linux a priority is that of a thread, and those that a process begins later have that of the one they come of.
    const threads = process.platform === 'linux' ? readdirSync(`/proc/${pid}/task`).map(Number) : [pid];
    for (const thread of threads) {
      try {
        setPriority(thread, NICE);
      } catch {
        // It has ended since they were counted, or may not be told: the others are.
      }
    }
    if (process.platform !== 'linux') return;
    await leaveProcessor(pid).catch(() => undefined);
    await yieldAsSession(pid);
  } catch {
    // As said above.
  }
}
