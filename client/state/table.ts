import { signal } from '@preact/signals';
import { clearSelection } from './selection.ts';

/** The table below the map: of one layer at a time. */

/** The layer whose records it lists; null: it is closed. */
export const tableLayer = signal<string | null>(null);
/** The field that it is sorted by, "-" before one that falls; null: as the records are numbered. */
export const tableSort = signal<string | null>(null);
/** The fields that it shows, in their order; null: those that say most. */
export const tableColumns = signal<readonly string[] | null>(null);
/** Only what lies in the view of the map. */
export const isTableOfView = signal(false);
export const HEIGHTS = ['low', 'middle', 'high'] as const;
export const tableHeight = signal<(typeof HEIGHTS)[number]>('middle');

export function openTable(layer: string): void {
  if (tableLayer.value === layer) return;
  clearSelection();
  tableSort.value = null;
  tableColumns.value = null;
  tableLayer.value = layer;
}

export function closeTable(): void {
  clearSelection();
  tableLayer.value = null;
}

/** Rising, falling, and as it was. */
export function sortBy(field: string): void {
  const now = tableSort.value;
  tableSort.value = now === field ? `-${field}` : now === `-${field}` ? null : field;
}
