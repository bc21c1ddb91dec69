import { closeCounts, countsOf } from '../state/counts.ts';
import { closeTable, tableLayer } from '../state/table.ts';
import { closeSpot, isDrawerOpen, spot } from '../state.ts';
import { SIDE_PANELS } from './side-panels.ts';

/** What lies on top closes first, wherever the focus is. */
export function closeOnEscape(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || document.querySelector('dialog[open]')) return;
  const close = uppermost();
  if (!close) return;
  // A field says what was written in it when it is left: before it is gone.
  const { activeElement: field } = document;
  if (field instanceof HTMLElement && field.matches('input, textarea, select')) field.blur();
  close();
}

function uppermost(): (() => void) | undefined {
  if (isDrawerOpen.value) return closeDrawer;
  if (spot.value) return closeSpot;
  const side = SIDE_PANELS.find(({ open }) => open.value !== null);
  if (side) return side.close;
  if (tableLayer.value !== null) return closeTable;
  return countsOf.value === null ? undefined : closeCounts;
}

function closeDrawer(): void {
  isDrawerOpen.value = false;
}
