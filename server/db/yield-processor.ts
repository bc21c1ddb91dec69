import { readFileSync } from 'node:fs';
import { setPriority } from 'node:os';

/** Of 20: a process at it gets about a tenth of what one without has, when both want the processor. */
const NICE = 10;

/**
 * Lets a process of PostgreSQL on this machine go last where others want the processor too. Not one elsewhere, whose number may
 * be that of another process here; nor where this process may not say so.
 * @param host of the connection: a folder is that of a socket on this machine
 */
export function yieldProcessor(host: string, backend: number): void {
  if (!host.startsWith('/')) return;
  try {
    if (readFileSync(`/proc/${backend}/comm`, 'latin1').trim() === 'postgres') setPriority(backend, NICE);
  } catch {
    // It is only slower for the others.
  }
}
