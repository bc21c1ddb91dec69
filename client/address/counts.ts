import { countsOf } from '../state/counts.ts';
import type { AddressPart } from './part.ts';

const LAYER = /^(?:all|[a-z][a-z0-9_]{0,47})$/;

/** What the map shows is open as a table: `counts=all`, or the hexagons of a layer: `counts=attacks_modelled`. */
export const countsPart: AddressPart = {
  key: 'counts',
  isUndoable: false,
  print: () => (countsOf.value === null ? undefined : countsOf.value || 'all'),
  read: (text) => {
    if ((text ?? undefined) === countsPart.print()) return;
    countsOf.value = text !== null && LAYER.test(text) ? text.replace(/^all$/, '') : null;
  },
};
