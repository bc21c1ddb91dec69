import { signal } from '@preact/signals';
import { clearSelection } from './selection.ts';

/** The table below the map: of one layer at a time. */

/** The layer whose records it lists; null: it is closed. */
export const tableLayer = signal<string | null>(null);
/** The field that it is sorted by, "-" before one that falls; null: as the records are numbered. */
export const tableSort = signal<string | null>(null);
/** How many rows come before the page that it shows. */
export const tableStart = signal(0);
/** Rises with each address that says another table: its page is no other page of the one before. */
export const tableRound = signal(0);
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
  tableStart.value = 0;
  tableColumns.value = null;
  tableLayer.value = layer;
}

export function closeTable(): void {
  clearSelection();
  tableLayer.value = null;
}
