import { watchPanel } from '../state.ts';
import type { AddressPart } from './part.ts';

const ENTRY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The panel of watched questions, and which entry of their digest was asked for: `watch`, `watch={entry}`. */
export const watchPart: AddressPart = {
  key: 'watch',
  isUndoable: false,
  print: () => watchPanel.value ?? undefined,
  read: (text) => {
    const next = text === null ? null : ENTRY.test(text) ? text : '';
    if (next !== watchPanel.peek()) watchPanel.value = next;
  },
};
