import { asOfPart } from './as-of.ts';
import { askPart } from './ask.ts';
import { briefPart, presentPart } from './brief.ts';
import { classesPart } from './classes.ts';
import { clockPart } from './clock.ts';
import { comparePart } from './compare.ts';
import { countsPart } from './counts.ts';
import { correctPart, settingsPart } from './edited.ts';
import { filtersPart } from './filters.ts';
import { foldedPart } from './folded.ts';
import { pinPart, recordPart } from './found.ts';
import { gridPart, positionFormPart } from './grid.ts';
import { measurePart } from './measure.ts';
import { opacityPart } from './opacity.ts';
import { orderPart } from './order.ts';
import type { AddressPart } from './part.ts';
import { saverPart } from './saver.ts';
import { selectionPart } from './selection.ts';
import { tablePart } from './table.ts';
import { themePart } from './theme.ts';
import { viewPart } from './view.ts';
import { watchPart } from './watch.ts';

/** In the order in which they stand in the address. */
export const ADDRESS_PARTS: readonly AddressPart[] = [
  clockPart,
  themePart,
  saverPart,
  askPart,
  correctPart,
  settingsPart,
  orderPart,
  opacityPart,
  classesPart,
  filtersPart,
  foldedPart,
  tablePart,
  countsPart,
  selectionPart,
  pinPart,
  recordPart,
  gridPart,
  positionFormPart,
  measurePart,
  comparePart,
  asOfPart,
  viewPart,
  briefPart,
  presentPart,
  watchPart,
];
