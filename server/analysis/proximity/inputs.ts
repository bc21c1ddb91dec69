import { z } from 'zod';
import { inputsOf, SelectionSchema } from '../inputs.ts';

/** The longest distance that is looked into, km. */
const MAX_KM = 2_000;

export const ProximityInputs = inputsOf({
  from: SelectionSchema.meta({
    description: 'The records that neighbours are looked for; `place` and `filter` narrow these.',
  }),
  to: SelectionSchema.meta({
    description:
      'The records among which they are looked for. The same collection as `from` finds neighbours within it.',
  }),
  within_km: z
    .number()
    .positive()
    .max(MAX_KM)
    .meta({ description: 'All pairs at most so many kilometres apart; with `nearest`, only those of the nearest.' })
    .optional(),
  nearest: z.int().min(1).max(100).meta({ description: 'The nearest so many of each record of `from`.' }).optional(),
  limit: z
    .int()
    .min(1)
    .max(5_000)
    .meta({ description: 'Pairs that are listed, the closest first. All are counted.' })
    .default(1_000),
}).refine(({ within_km, nearest }) => within_km !== undefined || nearest !== undefined, {
  path: ['within_km'],
  message: 'give within_km, nearest, or both',
});
export type Given = z.output<typeof ProximityInputs>;
