import { z } from 'zod';
import { CELL_INPUTS, RING } from '../cells/cell-inputs.ts';
import { inputsOf } from '../inputs.ts';

export const HotspotsInputs = inputsOf({
  ...CELL_INPUTS,
  ring: RING,
  imprecise: z
    .enum(['exclude', 'include', 'spread'])
    .meta({
      description:
        'Events whose position is not known to within the radius of a circle as large as a hexagon: left out; counted at their position; or spread, each in equal shares over the hexagons that its circle of precision meets.',
      description_fr:
        'Les événements dont la position n’est pas connue à moins du rayon d’un cercle de la taille d’un hexagone : écartés ; comptés à leur position ; ou répartis, chacun à parts égales entre les hexagones que touche son cercle de précision.',
    })
    .default('exclude'),
  list: z
    .int()
    .min(0)
    .max(500)
    .meta({
      description: 'Of how many hexagons, those that stand out most, the events are listed.',
      description_fr: 'De combien d’hexagones, ceux qui ressortent le plus, les événements sont énumérés.',
    })
    .default(50),
});
export type HotspotsInputs = z.output<typeof HotspotsInputs>;
