import { setTimeout as pause } from 'node:timers/promises';
import type { Catalogue } from '../core/catalogue.ts';
import type { Context } from './context.ts';

/** News of a change come within milliseconds; of a database that was lost since, they may never. */
const WAIT_MS = 5_000;
const STEP_MS = 10;

/**
 * The catalogue once this process has heard of what it has just changed: so that who changed it finds it so when he asks
 * next. After a while, whatever there is.
 */
export async function untilHeard(
  context: Pick<Context, 'refresh'>,
  isThere: (catalogue: Catalogue) => boolean,
): Promise<Catalogue> {
  for (let waited = 0; ; waited += STEP_MS) {
    const catalogue = await context.refresh();
    if (waited >= WAIT_MS || isThere(catalogue)) return catalogue;
    await pause(STEP_MS);
  }
}

/** Whether a version of a layer is in service, or a later one. */
export const hasVersion =
  (id: string, generation: number) =>
  ({ layers }: Catalogue): boolean =>
    layers.some((layer) => layer.id === id && layer.generation >= generation);
