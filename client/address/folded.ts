import { foldedGroups, isByOrder } from '../state/layers.ts';
import type { AddressPart } from './part.ts';

const BY_ORDER = 'drawn';

const print = () => [...(isByOrder.value ? [BY_ORDER] : []), ...foldedGroups.value].join(',');

/** How the list of layers is read: groups that are folded up, and whether it is in the order of drawing. */
export const foldedPart: AddressPart = {
  key: 'list',
  isUndoable: false,
  print: () => print() || undefined,
  read: (text) => {
    if ((text ?? '') === print()) return;
    const words = (text ?? '').split(',').filter(Boolean);
    isByOrder.value = words.includes(BY_ORDER);
    foldedGroups.value = new Set(words.filter((word) => word !== BY_ORDER));
  },
};
