import { z } from 'zod';
import { inputsOf, SelectionsSchema } from '../inputs.ts';
import { SEED } from '../seed.ts';

const ends = z
  .array(z.number().min(0.1).max(2_000))
  .min(1)
  .max(10)
  .refine((all) => all.every((end, index) => end > (all[index - 1] ?? 0)), 'rise from one to the next');

export const AssociationInputs = inputsOf({
  events: SelectionsSchema.optional().meta({
    description: 'Collections of events. Default: all in service but modelled ones.',
    description_fr: 'Collections d’événements. Par défaut : toutes celles en service, hors modélisées.',
  }),
  to: SelectionsSchema.meta({
    description: 'Collections that the events may go with: points, lines or polygons. The nearest of all counts.',
    description_fr:
      'Collections auxquelles les événements sont peut-être liés : points, lignes ou polygones. La plus proche de toutes les entités compte.',
  }),
  within_km: ends.default([10, 25, 50]).meta({
    description:
      'Where bands of distance from `to` end, km; each begins where the one before ends. What lies beyond the last is what they are compared with.',
    description_fr:
      'Où finissent les tranches de distance à `to`, en km ; chacune commence où finit la précédente. Ce qui est au-delà de la dernière sert de comparaison.',
  }),
  places: SelectionsSchema.optional().meta({
    description:
      'Collections of points that may explain it, such as towns. Default: places in service; an empty list: none.',
    description_fr:
      'Collections de points qui peuvent l’expliquer, comme les villes. Par défaut : les localités en service ; une liste vide : aucune.',
  }),
  places_km: ends.default([2, 5, 10, 25, 50]).meta({
    description: 'Where bands of distance from the nearest of `places` end, km: like is compared with like in each.',
    description_fr:
      'Où finissent les tranches de distance à la plus proche des `places`, en km : le semblable est comparé au semblable dans chacune.',
  }),
  imprecise: z.enum(['exclude', 'include']).default('exclude').meta({
    description:
      'Events whose position is not known to within the first band: left out, or counted where they are set.',
    description_fr:
      'Événements dont la position n’est pas connue à la première tranche près : écartés, ou comptés là où ils sont placés.',
  }),
  flows: z.boolean().default(false).meta({
    description: 'Whether lines that are drawn as flows count, of which only the ends are known.',
    description_fr: 'Si les lignes tracées comme des flux, dont seules les extrémités sont connues, comptent.',
  }),
  samples: z.int().min(1_000).max(400_000).optional().meta({
    description:
      'At about so many places, in a regular lattice, distances are measured, and more closely where bands meet. Default: so near one another that two fit into the narrowest band of `within_km`, but 20,000 to 400,000.',
    description_fr:
      'En autant de lieux environ, selon une grille régulière, les distances sont mesurées, et de plus près là où les tranches se touchent. Par défaut : assez serrés pour que deux tiennent dans la plus étroite tranche de `within_km`, mais de 20 000 à 400 000.',
  }),
  permutations: z.int().min(99).max(9_999).default(999).meta({
    description: 'How often the events are moved: as a whole, and each by itself.',
    description_fr: 'Combien de fois les événements sont déplacés : tous ensemble, et chacun séparément.',
  }),
  seed: SEED.meta({
    description: 'Of the moves: the same gives the same answer.',
    description_fr: 'Graine des déplacements : la même donne la même réponse.',
  }),
  limit: z.int().min(1).max(10_000).default(1_000).meta({
    description: 'Events that are listed, the nearest first.',
    description_fr: 'Nombre maximal d’événements listés, les plus proches d’abord.',
  }),
});
export type AssociationInputs = z.output<typeof AssociationInputs>;
