import { selected } from '../state/selection.ts';
import type { AddressPart } from './part.ts';

/** More would make an address that no mail takes along. */
const MAX = 100;

const print = () => [...selected.value].slice(0, MAX).join(',');

/** Records of the table that are selected, by their numbers: `select=12,40`. */
export const selectionPart: AddressPart = {
  key: 'select',
  isUndoable: false,
  print: () => print() || undefined,
  read: (text) => {
    if ((text ?? '') === print()) return;
    const ids = (text ?? '').split(',').filter((part) => /^\d{1,15}$/.test(part));
    selected.value = new Set(ids.slice(0, MAX).map(Number));
  },
};
