import { order } from '../state/layers.ts';
import type { AddressPart } from './part.ts';

/** The layers that the reader has put on top, the uppermost first: `order=roads,attacks`. */
export const orderPart: AddressPart = {
  key: 'order',
  isUndoable: true,
  print: () => order.value?.join(','),
  read: (text) => {
    const named = (text ?? '').split(',').filter(Boolean);
    if (named.join() !== (order.value ?? []).join()) order.value = named.length > 0 ? named : null;
  },
};
