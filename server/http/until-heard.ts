import { setTimeout as pause } from 'node:timers/promises';
import type { Catalogue, PublishedLayer } from '../core/catalogue.ts';
import type { ChangedSettings } from '../jobs/change-settings.ts';
import { definitionDigest } from '../query/layer-state.ts';
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

/**
 * Whether a layer is as it was set, or has been set otherwise since. `known` is the layer as this process knew it before:
 * where that is what the change was made to, whatever comes next is the change, or has come after it.
 */
export function hasSettings(
  known: PublishedLayer,
  { before, definition, generation, isNewVersion }: ChangedSettings,
): (catalogue: Catalogue) => boolean {
  const [old, wanted] = [definitionDigest(before), definitionDigest(definition)];
  let isNext = definitionDigest(known) === old;
  return ({ layers }) => {
    const layer = layers.find(({ id }) => id === known.id);
    // Withdrawn since.
    if (!layer) return true;
    if (layer.generation > generation) return true;
    if (isNewVersion) return layer.generation === generation;
    const digest = definitionDigest(layer);
    if (digest === wanted) return true;
    if (digest !== old) return isNext;
    isNext = true;
    return false;
  };
}
