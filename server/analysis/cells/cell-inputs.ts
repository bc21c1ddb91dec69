import { z } from 'zod';
import { MAX_RESOLUTION } from '../../core/hex.ts';
import { SelectionsSchema } from '../inputs.ts';

/** What processes on hexagons share, beside what every process takes. */
export const CELL_INPUTS = {
  events: SelectionsSchema.meta({
    description: 'Collections of events, points. Else every collection of events that is not modelled.',
    description_fr:
      'Des collections d’événements, en points. Sinon, toute collection d’événements qui n’est pas modélisée.',
  }).optional(),
  resolution: z
    .int()
    .min(0)
    .max(MAX_RESOLUTION)
    .meta({
      description:
        'H3 resolution of the hexagons. Else one is recommended from the number of events, their precision and the area, and the reason is said.',
      description_fr:
        'Résolution H3 des hexagones. Sinon, une est recommandée d’après le nombre d’événements, leur précision et la superficie, et la raison en est dite.',
    })
    .optional(),
  measure: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,47}$/, 'is the name of a field')
    .meta({
      description: 'A field that the collections sum, such as killed, instead of the number of events.',
      description_fr: 'Un champ que les collections totalisent, comme les tués, au lieu du nombre d’événements.',
    })
    .optional(),
};

/** How far the neighbourhood of a hexagon reaches. */
export const RING = z
  .int()
  .min(1)
  .max(10)
  .meta({
    description: 'How many rings of hexagons around each are its neighbourhood.',
    description_fr: 'Combien de couronnes d’hexagones autour de chacun forment son voisinage.',
  })
  .default(1);

/** What becomes of events that are not known to within the radius of a circle as large as a hexagon. */
export const IMPRECISE = z
  .enum(['exclude', 'include'])
  .meta({
    description:
      'Events whose position is not known to within the radius of a circle as large as a hexagon: left out, or counted at their position.',
    description_fr:
      'Les événements dont la position n’est pas connue à moins du rayon d’un cercle de la taille d’un hexagone : écartés, ou comptés à leur position.',
  })
  .default('exclude');

/** The same, which may also be shared out. */
export const IMPRECISE_OR_SPREAD = z
  .enum(['exclude', 'include', 'spread'])
  .meta({
    description:
      'Events whose position is not known to within the radius of a circle as large as a hexagon: left out; counted at their position; or spread, each in equal shares over the hexagons that its circle of precision meets.',
    description_fr:
      'Les événements dont la position n’est pas connue à moins du rayon d’un cercle de la taille d’un hexagone : écartés ; comptés à leur position ; ou répartis, chacun à parts égales entre les hexagones que touche son cercle de précision.',
  })
  .default('exclude');
