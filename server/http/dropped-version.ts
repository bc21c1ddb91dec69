import { setTimeout as pause } from 'node:timers/promises';
import type { Catalogue } from '../core/catalogue.ts';
import type { Context } from './context.ts';

/** Whether a query failed because a table is not there: a version that was dropped after the catalogue was read. */
export function isDropped(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '42P01';
}

/** News of a publication comes within milliseconds of what it drops. */
const NEWS_MS = 1_000;
const STEP_MS = 20;

/** The catalogue that follows this one; undefined when none comes. */
async function following(context: Pick<Context, 'refresh'>, catalogue: Catalogue): Promise<Catalogue | undefined> {
  for (let waited = 0; waited < NEWS_MS; waited += STEP_MS) {
    const next = await context.refresh();
    if (next !== catalogue) return next;
    await pause(STEP_MS);
  }
  return undefined;
}

/**
 * Does what reads records by a catalogue; when a version of that has just been dropped, once more by the catalogue that
 * comes after it, which has the next version, or says that there is none. Nothing may be sent before all is read.
 */
export async function whereKept<T>(
  context: Pick<Context, 'catalogue' | 'refresh'>,
  work: (catalogue: Catalogue) => Promise<T>,
): Promise<T> {
  const catalogue = context.catalogue();
  try {
    return await work(catalogue);
  } catch (error) {
    const next = isDropped(error) ? await following(context, catalogue) : undefined;
    if (!next) throw error;
    return work(next);
  }
}
