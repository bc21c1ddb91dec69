import { askPart } from './ask.ts';
import { classesPart } from './classes.ts';
import { clockPart } from './clock.ts';
import { comparePart } from './compare.ts';
import { correctPart, settingsPart } from './edited.ts';
import { filtersPart } from './filters.ts';
import { foldedPart } from './folded.ts';
import { pinPart, recordPart } from './found.ts';
import { gridPart, positionFormPart } from './grid.ts';
import { measurePart } from './measure.ts';
import { opacityPart } from './opacity.ts';
import { orderPart } from './order.ts';
import type { AddressPart } from './part.ts';
import { selectionPart } from './selection.ts';
import { tablePart } from './table.ts';
import { themePart } from './theme.ts';

/** In the order in which they stand in the address. */
export const ADDRESS_PARTS: readonly AddressPart[] = [
  clockPart,
  themePart,
  askPart,
  correctPart,
  settingsPart,
  orderPart,
  opacityPart,
  classesPart,
  filtersPart,
  foldedPart,
  tablePart,
  selectionPart,
  pinPart,
  recordPart,
  gridPart,
  positionFormPart,
  measurePart,
  comparePart,
];
