import { computed, signal } from '@preact/signals';
import type { Item } from '../api/item-pages.ts';
import type { Spot } from '../url.ts';

/** Records of the table's layer that are selected, on the map and in the table alike. */

/** The spot that the reader clicked last: one that came with the address selects nothing. */
export const clickedSpot = signal<Spot | null>(null);
/** By their numbers. */
export const selected = signal<ReadonlySet<number>>(new Set());
/** Records that the page has fetched: those that are selected are drawn from them. */
export const fetchedItems = signal<ReadonlyMap<number, Item>>(new Map());
/** More lay in the box than were selected. */
export const isCut = signal(false);
/** The row under the pointer. */
export const hoveredItem = signal<Item | null>(null);
/** The next drag on the map draws a box: what lies in it is selected. */
export const isBoxing = signal(false);
/** The box that was drawn last: west, south, east, north in degrees; null once its records are selected. */
export const drawnBox = signal<readonly [number, number, number, number] | null>(null);

/** Selected, and fetched: what can be drawn and listed. */
export const selectedItems = computed((): readonly Item[] =>
  [...selected.value].flatMap((id) => fetchedItems.value.get(id) ?? []),
);

export function keepItems(items: readonly Item[]): void {
  fetchedItems.value = new Map([...fetchedItems.peek(), ...items.map((item) => [item.id, item] as const)]);
}

export function select(ids: Iterable<number>, isSome = false): void {
  isCut.value = isSome;
  const next = new Set(ids);
  // What is drawn follows the selection, and what was picked follows what is drawn: the same anew would go round for ever.
  const before = selected.peek();
  if (next.size !== before.size || [...next].some((id) => !before.has(id))) selected.value = next;
}

export function toggleSelected(ids: readonly number[], isOn: boolean): void {
  const next = new Set(selected.value);
  for (const id of ids) {
    if (isOn) next.add(id);
    else next.delete(id);
  }
  isCut.value = false;
  selected.value = next;
}

export function clearSelection(): void {
  isCut.value = false;
  selected.value = new Set();
  fetchedItems.value = new Map();
  hoveredItem.value = null;
  isBoxing.value = false;
  drawnBox.value = null;
}
