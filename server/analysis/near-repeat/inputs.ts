import { z } from 'zod';
import { edgesSchema } from '../bands.ts';
import { inputsOf, SelectionsSchema } from '../inputs.ts';
import { SEED } from '../seed.ts';

export const NearRepeatInputs = inputsOf({
  events: SelectionsSchema.optional().meta({
    description: 'Collections of events. Default: all in service but modelled ones.',
    description_fr: 'Collections d’événements. Par défaut : toutes celles en service, hors modélisées.',
  }),
  distances_km: edgesSchema(500, 20).default([0, 1, 2, 5, 10]).meta({
    description: 'Where bands of distance begin and end, km: each runs from one to the next, which it leaves out.',
    description_fr:
      'Où commencent et finissent les tranches de distance, en km : chacune va d’une borne à la suivante, exclue.',
  }),
  days: z.array(z.int().min(0).max(3_660)).pipe(edgesSchema(3_660, 20)).default([0, 7, 14, 28, 56]).meta({
    description: 'Where bands of time between two events begin and end, days: each leaves out its end.',
    description_fr:
      'Où commencent et finissent les tranches de temps entre deux événements, en jours : chacune exclut sa fin.',
  }),
  same_place: z.boolean().default(false).meta({
    description: 'Whether what is less than 100 m apart has a band of its own, of what comes back to the same place.',
    description_fr: 'Si ce qui est à moins de 100 m forme une tranche à part, celle de ce qui revient au même endroit.',
  }),
  imprecise: z.enum(['exclude', 'include']).default('exclude').meta({
    description:
      'Events whose position is not known to within the narrowest band of distance: left out, or counted where they are set.',
    description_fr:
      'Événements dont la position n’est pas connue à la largeur de la plus étroite tranche de distance près : écartés, ou comptés là où ils sont placés.',
  }),
  permutations: z.int().min(99).max(9_999).default(999).meta({
    description: 'How often the dates are permuted among the events.',
    description_fr: 'Combien de fois les dates sont permutées entre les événements.',
  }),
  seed: SEED.meta({
    description: 'Of the permutations: the same gives the same answer.',
    description_fr: 'Graine des permutations : la même donne la même réponse.',
  }),
  limit: z.int().min(1).max(10_000).default(1_000).meta({
    description: 'Events with near repeats that are listed.',
    description_fr: 'Nombre maximal d’événements listés parmi ceux qui se répètent à proximité.',
  }),
});
export type NearRepeatInputs = z.output<typeof NearRepeatInputs>;
