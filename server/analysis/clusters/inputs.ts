import { z } from 'zod';
import { inputsOf, SelectionsSchema } from '../inputs.ts';

export const ClustersInputs = inputsOf({
  events: SelectionsSchema.meta({
    description: 'Collections of events, points. Else every collection of events that is not modelled.',
    description_fr:
      'Des collections d’événements, en points. Sinon, toute collection d’événements qui n’est pas modélisée.',
  }).optional(),
  eps_km: z.number().min(0.1).max(500).default(10).meta({
    description: 'Events at most so far apart are neighbours, km.',
    description_fr: 'Distance maximale entre deux événements voisins, en km.',
  }),
  eps_days: z.int().min(0).max(3_660).default(14).meta({
    description:
      'Events at most so many days apart are neighbours: from the last day of the earlier to the first of the later. An event whose date is known to a longer span is left out and counted.',
    description_fr:
      'Écart maximal entre deux événements voisins, en jours : du dernier jour du premier au premier jour du second. Un événement dont la date n’est connue que par un intervalle plus long est écarté et compté.',
  }),
  min_points: z.int().min(2).max(200).default(5).meta({
    description: 'So many neighbours, itself among them, make an event the core of a cluster.',
    description_fr: 'Nombre de voisins, lui-même compris, qui fait d’un événement le cœur d’un groupe.',
  }),
  imprecise: z.enum(['exclude', 'include']).default('exclude').meta({
    description: 'Events whose position is not known to within eps_km: left out, or taken at their position.',
    description_fr:
      'Les événements dont la position n’est pas connue à eps_km près : écartés, ou pris à leur position.',
  }),
  limit: z.int().min(1).max(1_000).default(200).meta({
    description: 'Clusters that are listed, those with the most events first. All are counted.',
    description_fr: 'Nombre de groupes listés, ceux qui ont le plus d’événements d’abord. Tous sont comptés.',
  }),
});
export type Given = z.output<typeof ClustersInputs>;
