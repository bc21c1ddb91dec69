import { z } from 'zod';
import { CELL_INPUTS, IMPRECISE_OR_SPREAD, RING } from '../cells/cell-inputs.ts';
import { inputsOf } from '../inputs.ts';

export const HotspotsInputs = inputsOf({
  ...CELL_INPUTS,
  ring: RING,
  imprecise: IMPRECISE_OR_SPREAD,
  list: z
    .int()
    .min(0)
    .max(5_000)
    .meta({
      description:
        'Of how many hexagons, those that stand out most, the events are listed: at most 100 of each collection in each.',
      description_fr:
        'De combien d’hexagones, ceux qui ressortent le plus, les événements sont énumérés : au plus 100 par collection dans chacun.',
    })
    .default(5_000),
});
export type HotspotsInputs = z.output<typeof HotspotsInputs>;
