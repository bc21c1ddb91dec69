import { z } from 'zod';
import { MAX_RESOLUTION } from '../../core/hex.ts';
import { STEPS } from '../../query/analysis/summary/points.ts';
import { inputsOf, PlaceSchema, SelectionSchema, SelectionsSchema } from '../inputs.ts';

export const SummaryInputs = inputsOf({
  layers: SelectionsSchema.meta({
    description:
      'What is counted: points by number, lines by km, polygons by km2. Else every collection of events that is not modelled.',
  }).optional(),
  units: SelectionSchema.meta({
    description:
      'A collection of polygons by whose records it is counted. Else, without hexagons and areas, the first collection of boundaries.',
  }).optional(),
  hexagons: z
    .int()
    .min(0)
    .max(MAX_RESOLUTION)
    .meta({ description: 'H3 resolution of the hexagons by which it is counted, instead of units.' })
    .optional(),
  areas: z
    .array(PlaceSchema)
    .min(1)
    .max(50)
    .meta({ description: 'Polygons by which it is counted, instead of units; ground in several belongs to the first.' })
    .optional(),
  step: z
    .enum(STEPS)
    .meta({ description: 'Also a time series of events, by calendar month, quarter or year (UTC).' })
    .optional(),
});
export type SummaryInputs = z.output<typeof SummaryInputs>;
