import { z } from 'zod';
import { STEPS } from '../../query/analysis/summary/points.ts';
import { CELL_INPUTS, IMPRECISE_OR_SPREAD, RING } from '../cells/cell-inputs.ts';
import { CONFIDENCE } from '../confidence.ts';
import { inputsOf } from '../inputs.ts';

export const EmergingInputs = inputsOf({
  ...CELL_INPUTS,
  ring: RING,
  imprecise: IMPRECISE_OR_SPREAD,
  step: z
    .enum(STEPS)
    .meta({
      description:
        'The steps of time: calendar months, quarters or years (UTC). A step that the window cuts is left out.',
      description_fr:
        'Les périodes : mois, trimestres ou années civils (UTC). Une période que la fenêtre coupe est écartée.',
    })
    .default('month'),
  confidence: CONFIDENCE,
});
export type EmergingInputs = z.output<typeof EmergingInputs>;
