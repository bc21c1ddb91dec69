import type { ChangedLayer, HashedView } from '../server/core/view.ts';
import { withParts } from './address/stored-address.ts';
import { isKeptAt } from './api/views.ts';
import type { Collection } from './api.ts';
import { offlineSince } from './offline.ts';
import type { SharedView } from './state/shared-view.ts';

/** The layers of a view that are published otherwise by now, as far as the catalogue tells: what differs is not counted. */
export function changedSince(
  { layers }: Pick<HashedView, 'layers'>,
  collections: readonly Pick<Collection, 'id' | 'azalai'>[],
): ChangedLayer[] {
  return Object.entries(layers).flatMap(([id, from]): ChangedLayer[] => {
    const azalai = collections.find((collection) => collection.id === id)?.azalai;
    const to = azalai?.generation ?? null;
    if (to === from) return [];
    const title = azalai?.title ?? { en: id, fr: id };
    return [{ collection: id, title, from, to, isKept: to !== null, counts: null }];
  });
}

/**
 * A stored view as it was, where its layers have changed and what they held is kept; else as they are now. `address`: from
 * the "#" on. `shared`: null where nothing has changed. A copy has one version of each layer: as that is.
 */
export async function shownAs(
  view: HashedView,
  collections: readonly Pick<Collection, 'id' | 'azalai'>[],
): Promise<{ readonly address: string; readonly shared: SharedView | null }> {
  const changed = offlineSince() === null ? changedSince(view, collections) : [];
  if (changed.length === 0) return { address: view.address, shared: null };
  const still = changed.flatMap(({ collection, to }) => (to === null ? [] : [collection]));
  const isKept = still.length === changed.length && (await isKeptAt(still, view.storedAt));
  return {
    address: isKept ? asItWas(view) : view.address,
    shared: { id: null, storedAt: view.storedAt, changed, isKept },
  };
}

/** A view that showed the past when it was stored goes on to show that. */
export function asItWas({ address, storedAt }: Pick<HashedView, 'address' | 'storedAt'>): string {
  const isOfPast = new URLSearchParams(address.slice(1)).has('asof');
  return isOfPast ? address : withParts(address, { asof: storedAt });
}
