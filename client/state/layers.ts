import { computed, signal } from '@preact/signals';
import { classesOf } from '../layer-classes.ts';
import { shortOrder, wholeOrder } from '../stack.ts';
import { collections } from '../state.ts';

/** How the reader has set the layers, beside which of them are on. */

/** Layers that are seen through: their opacity above 0 and below 1. */
export const opacities = signal<ReadonlyMap<string, number>>(new Map());
/** The beginning of the reader's order, the uppermost first: what it does not name follows as the server stacks it. Null: all does. */
export const order = signal<readonly string[] | null>(null);
/** Per layer the classes of its legend that are off, "field/value"; "field/*" are the values that no class stands for. */
export const hiddenClasses = signal<ReadonlyMap<string, ReadonlySet<string>>>(new Map());
/** Groups of the list that are folded up. */
export const foldedGroups = signal<ReadonlySet<string>>(new Set());
/** The list shows the layers in the order in which they are drawn. */
export const isByOrder = signal(false);
/** Where the map is to go: west, south, east, north, and the zoom below which nothing would be seen. A new list each time. */
export const focusBox = signal<
  readonly [west: number, south: number, east: number, north: number, least?: number] | null
>(null);

/** Uppermost first, as the server stacks them: told by the map. Layers that are names only are always on top, and not in it. */
export const naturalOrder = signal<readonly string[]>([]);
/** The same as the reader has it. */
export const drawnOrder = computed(() => wholeOrder(order.value ?? [], naturalOrder.value));

/** What the map must be told when one of them changes. */
export const look = computed(() => ({
  opacities: opacities.value,
  order: order.value,
  hiddenClasses: hiddenClasses.value,
}));

export function setOpacity(id: string, opacity: number): void {
  const next = new Map(opacities.value);
  if (opacity >= 1) next.delete(id);
  else next.set(id, Math.max(0, opacity));
  opacities.value = next;
}

/** Puts a layer at a place of the drawing order, counted without it from 0 at the top. */
export function moveTo(id: string, index: number): void {
  const rest = drawnOrder.value.filter((other) => other !== id);
  const at = Math.max(0, Math.min(rest.length, index));
  const named = shortOrder(rest.toSpliced(at, 0, id), naturalOrder.value);
  order.value = named.length > 0 ? named : null;
}

export const classKey = (field: string, value: string): string => `${field}/${value}`;

function setHidden(id: string, hidden: ReadonlySet<string>): void {
  const next = new Map(hiddenClasses.value);
  if (hidden.size === 0) next.delete(id);
  else next.set(id, hidden);
  hiddenClasses.value = next;
}

const fieldClasses = (id: string, field: string): string[] => {
  const azalai = collections.peek().find((collection) => collection.id === id)?.azalai;
  return azalai ? classesOf(azalai).flatMap((each) => (each.field === field ? [each.value] : [])) : [];
};

/** Switches a class off or on. When all are on again, so is what no class stands for. */
export function toggleClass(id: string, field: string, value: string): void {
  const next = new Set(hiddenClasses.value.get(id));
  if (!next.delete(classKey(field, value))) next.add(classKey(field, value));
  const isAllOn = fieldClasses(id, field).every((each) => !next.has(classKey(field, each)));
  if (isAllOn) next.delete(classKey(field, '*'));
  setHidden(id, next);
}

/** Leaves one class of a field on; done again, all of them. */
export function onlyClass(id: string, field: string, value: string): void {
  const others = [...fieldClasses(id, field).filter((each) => each !== value), '*'].map((each) =>
    classKey(field, each),
  );
  const before = hiddenClasses.value.get(id) ?? new Set();
  const ofOthers = [...before].filter((key) => !key.startsWith(`${field}/`));
  const isAlready = !before.has(classKey(field, value)) && others.every((key) => before.has(key));
  setHidden(id, new Set(isAlready ? ofOthers : [...ofOthers, ...others]));
}

export function showAllClasses(id: string): void {
  setHidden(id, new Set());
}

export function toggleFolded(group: string): void {
  const next = new Set(foldedGroups.value);
  if (!next.delete(group)) next.add(group);
  foldedGroups.value = next;
}
