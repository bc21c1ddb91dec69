import type { Catalogue, PublishedLayer } from '../../core/catalogue.ts';
import { LaneSaturated, QueryTimeout, QueryTooLarge, RequestAborted } from '../../core/errors.ts';
import type { ChangedLayer } from '../../core/view.ts';
import { VersionNotFound } from '../../jobs/publish/errors.ts';
import { parseDefinition } from '../../jobs/publish/target-layer.ts';
import type { Access } from '../../query/filter.ts';
import type { Run } from '../../query/sql.ts';
import { type DiffCounts, diffCounts } from '../../query/version-diff.ts';
import { ByteLru } from '../../tiles/lru.ts';
import { comparable } from '../versions/comparable.ts';
import { keptVersion } from '../versions/kept-version.ts';

/** Somebody waits for the map behind this: what takes longer is not counted. */
const COUNTING_MS = 5_000;
const MEMORY = 1_000_000;

const isTooMuch = (error: unknown) =>
  [QueryTimeout, QueryTooLarge, LaneSaturated, VersionNotFound].some((cause) => error instanceof cause);

/**
 * Which layers of a view are in service otherwise than it shows them, and by how many records, as a caller may see it.
 * Two versions of a layer differ by the same records as long as neither is left: what was counted is kept in mind.
 */
export function changedLayers(run: Run) {
  const known = new ByteLru<ChangedLayer['counts']>(MEMORY);

  async function count(
    { id, generation }: PublishedLayer,
    from: number,
    access: Access,
    signal: AbortSignal,
  ): Promise<ChangedLayer['counts']> {
    const key = JSON.stringify([id, from, generation, access.handling]);
    const counted = known.get(key);
    if (counted) return counted;
    const [older, newer] = [await keptVersion(run, id, from), await keptVersion(run, id, generation)];
    const pair = await comparable(run, older, newer, access);
    const [row] = await run<DiffCounts>(diffCounts(pair, parseDefinition(newer.definition)), signal);
    const { added, changed, removed } = row as DiffCounts;
    const counts = { added, changed, removed };
    known.set(key, counts, key.length);
    return counts;
  }

  return async (
    catalogue: Catalogue,
    layers: Readonly<Record<string, number>>,
    access: Access,
    leaving: AbortSignal,
  ): Promise<ChangedLayer[]> => {
    const enough = AbortSignal.timeout(COUNTING_MS);
    const signal = AbortSignal.any([leaving, enough]);
    const changed: ChangedLayer[] = [];
    for (const [collection, from] of Object.entries(layers)) {
      const layer = catalogue.layers.find(({ id }) => id === collection);
      if (layer?.generation === from) continue;
      const isKept = catalogue.isKept(collection, from);
      const counts =
        layer && isKept
          ? await count(layer, from, access, signal).catch((error: unknown) => {
              if (isTooMuch(error) || (error instanceof RequestAborted && !leaving.aborted)) return null;
              throw error;
            })
          : null;
      const title = layer?.title ?? { en: collection, fr: collection };
      changed.push({ collection, title, from, to: layer?.generation ?? null, isKept, counts });
    }
    return changed;
  };
}
