import { z } from 'zod';
import { inputsOf, SelectionSchema } from '../inputs.ts';

/** The longest distance that is looked into, km. */
const MAX_KM = 2_000;

export const ProximityInputs = inputsOf({
  from: SelectionSchema.meta({
    description: 'The records that neighbours are looked for; `place` and `filter` narrow these.',
    description_fr: 'Les fiches dont on cherche les voisines ; `place` et `filter` les restreignent.',
  }),
  to: SelectionSchema.meta({
    description:
      'The records among which they are looked for. The same collection as `from` finds neighbours within it.',
    description_fr:
      'Les fiches parmi lesquelles on les cherche. Avec la même collection que `from`, les voisines sont cherchées en son sein.',
  }),
  within_km: z
    .number()
    .positive()
    .max(MAX_KM)
    .meta({
      description: 'All pairs at most so many kilometres apart; with `nearest`, only those of the nearest.',
      description_fr:
        'Toutes les paires distantes d’au plus tant de kilomètres ; avec `nearest`, seulement parmi les plus proches.',
    })
    .optional(),
  nearest: z
    .int()
    .min(1)
    .max(100)
    .meta({
      description: 'The nearest so many of each record of `from`.',
      description_fr: 'Nombre de voisines les plus proches de chaque fiche de `from`.',
    })
    .optional(),
  limit: z
    .int()
    .min(1)
    .max(5_000)
    .meta({
      description: 'Pairs that are listed, the closest first. All are counted.',
      description_fr: 'Nombre de paires listées, les plus proches d’abord. Toutes sont comptées.',
    })
    .default(1_000),
}).refine(({ within_km, nearest }) => within_km !== undefined || nearest !== undefined, {
  path: ['within_km'],
  message: 'give within_km, nearest, or both',
});
export type Given = z.output<typeof ProximityInputs>;
