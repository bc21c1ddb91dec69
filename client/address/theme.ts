import { askedTheme, isThemeChoice } from '../state/theme.ts';
import type { AddressPart } from './part.ts';

/** Only of a link that asks for it: what the reader has chosen here is his own, and no matter of those he sends a link to. */
export const themePart: AddressPart = {
  key: 'theme',
  isUndoable: false,
  print: () => askedTheme.value ?? undefined,
  read: (text) => {
    askedTheme.value = isThemeChoice(text) ? text : null;
  },
};
