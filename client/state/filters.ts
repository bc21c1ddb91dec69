import { computed, signal } from '@preact/signals';
import { classRules, classText } from '../layer-classes.ts';
import { offlineSince } from '../offline.ts';
import { collectionById, failedSources } from '../state.ts';
import { hiddenClasses } from './layers.ts';

/** Filters of layers: what the reader wrote or built, and the classes that are off. */

/** Per layer a filter as CQL2 text; a layer that is absent has none. */
export const filters = signal<ReadonlyMap<string, string>>(new Map());
/** Filters that the server refused, by layer, with what it said: the layer is drawn as if it had none. */
export const refusals = signal<ReadonlyMap<string, { readonly filter: string; readonly detail: string }>>(new Map());
/** The layer whose filter is being built; null while none is. */
export const filtering = signal<string | null>(null);

export function setFilter(id: string, filter: string | null): void {
  const next = new Map(filters.value);
  if (filter === null || filter.trim() === '') next.delete(id);
  else next.set(id, filter.trim());
  filters.value = next;
}

export function refuse(id: string, filter: string, detail: string): void {
  refusals.value = new Map([...refusals.value, [id, { filter, detail }]]);
  // Its tiles were refused for the same reason, and are not asked for any more.
  if (failedSources.value.has(id))
    failedSources.value = new Set([...failedSources.value].filter((name) => name !== id));
}

/** What the reader asked for, unless it was refused. */
function written(id: string): string | null {
  const filter = filters.value.get(id);
  if (filter === undefined || refusals.value.get(id)?.filter === filter) return null;
  return filter;
}

function ofClasses(id: string): string | null {
  const azalai = collectionById.value.get(id)?.azalai;
  const hidden = hiddenClasses.value.get(id);
  return azalai && hidden ? classText(classRules(azalai, hidden)) : null;
}

const joined = (one: string | null, other: string | null) =>
  one !== null && other !== null ? `(${one}) AND ${other}` : (one ?? other);

/** All that narrows a layer, as CQL2 text: the reader's filter and the classes that are off; null: nothing does. Reads signals. */
export function filterOf(id: string): string | null {
  return joined(written(id), ofClasses(id));
}

/**
 * What the server must leave out of a layer's tiles, per layer. Classes are the style's matter where records are drawn,
 * and the server's where it counts them in hexagons.
 */
export const tileFilters = computed((): ReadonlyMap<string, string> => {
  const entries = [...collectionById.value].flatMap(([id, { azalai }]): [string, string][] => {
    const isCounted = azalai.style.type === 'hexagons' || azalai.pointZoom > 0;
    const filter = joined(written(id), isCounted && offlineSince() === null ? ofClasses(id) : null);
    return filter === null ? [] : [[id, filter]];
  });
  return new Map(entries);
});
