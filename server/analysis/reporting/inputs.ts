import { z } from 'zod';
import { STEPS } from '../../query/analysis/summary/points.ts';
import { inputsOf, SelectionsSchema } from '../inputs.ts';
import { SummaryInputs } from '../summary/inputs.ts';

export const CoverageInputs = inputsOf({
  events: SelectionsSchema.meta({
    description: 'Collections of events. Else all that are not modelled.',
    description_fr: 'Collections d’événements. À défaut, toutes celles qui ne sont pas modélisées.',
  }).optional(),
  units: SummaryInputs.shape.units,
  resolution: SummaryInputs.shape.hexagons,
  areas: SummaryInputs.shape.areas,
  step: z
    .enum(STEPS)
    .meta({
      description: 'Calendar month, quarter or year (UTC): a step in which nothing is reported is silent.',
      description_fr: 'Mois, trimestre ou année civils (UTC) : une période sans aucun signalement est silencieuse.',
    })
    .default('month'),
});
export type CoverageInputs = z.output<typeof CoverageInputs>;
