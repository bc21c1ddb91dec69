import { sharedView } from '../state/shared-view.ts';
import type { AddressPart } from './part.ts';

/** The stored view by whose link the page was opened: `view={id}`. Alone it is followed (open-link.ts), else it says what has changed since. */
export const viewPart: AddressPart = {
  key: 'view',
  isUndoable: false,
  print: () => sharedView.value?.id ?? undefined,
  read: (text) => {
    const id = sharedView.peek()?.id ?? null;
    if (id !== null && id !== text) sharedView.value = null;
  },
};
