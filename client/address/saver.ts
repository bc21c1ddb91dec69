import { askedSaver } from '../state/saver.ts';
import type { AddressPart } from './part.ts';

/** Only of a link that asks for it: what a reader has chosen for his own connection is no matter of those he sends a link to. */
export const saverPart: AddressPart = {
  key: 'saver',
  isUndoable: false,
  print: () => (askedSaver.value ? '1' : undefined),
  read: (text) => {
    askedSaver.value = text === '1';
  },
};
