import { readFileSync } from 'node:fs';
import { yieldProcessor } from './yield-processor.ts';

/**
 * Lets a process of PostgreSQL on this machine go last where others want the processor too. Not one elsewhere, whose number may
 * be that of another process here.
 * @param host of the connection: a folder is that of a socket on this machine
 */
export async function yieldBackend(host: string, backend: number): Promise<void> {
  if (!host.startsWith('/')) return;
  try {
    if (readFileSync(`/proc/${backend}/comm`, 'latin1').trim() !== 'postgres') return;
  } catch {
    return;
  }
  await yieldProcessor(backend);
}
