import { GRIDS, grid } from '../state/grid.ts';
import { POSITION_FORMS, positionForm } from '../state/position.ts';
import type { AddressPart } from './part.ts';

/** `grid=degrees` or `grid=mgrs`. */
export const gridPart: AddressPart = {
  key: 'grid',
  isUndoable: true,
  print: () => (grid.value === 'none' ? undefined : grid.value),
  read: (text) => {
    grid.value = GRIDS.find((known) => known === text) ?? 'none';
  },
};

/** `pos=dms`: how positions are read out. */
export const positionFormPart: AddressPart = {
  key: 'pos',
  isUndoable: false,
  print: () => (positionForm.value === 'decimal' ? undefined : positionForm.value),
  read: (text) => {
    positionForm.value = POSITION_FORMS.find((known) => known === text) ?? 'decimal';
  },
};
