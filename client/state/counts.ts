import { signal } from '@preact/signals';
import { closeTable } from './table.ts';

/** What the map shows, as a table: null while it is closed, empty for all layers, else the layer whose hexagons it lists. */
export const countsOf = signal<string | null>(null);

/** It has the place of the table of records. */
export function openCounts(layer = ''): void {
  closeTable();
  countsOf.value = layer;
}

export function closeCounts(): void {
  countsOf.value = null;
}
