import { z } from 'zod';
import { MAX_RESOLUTION } from '../../core/hex.ts';
import { CELL_INPUTS } from '../cells/cell-inputs.ts';
import { inputsOf } from '../inputs.ts';

/** Kilometres. */
export const [MIN_BANDWIDTH, MAX_BANDWIDTH] = [0.5, 500];

export const DensityInputs = inputsOf({
  events: CELL_INPUTS.events,
  bandwidth_km: z
    .number()
    .min(MIN_BANDWIDTH)
    .max(MAX_BANDWIDTH)
    .meta({
      description:
        'The radius within which an event is spread, km. Else one is recommended from how the events are spread and how well their positions are known, and the reason is said.',
      description_fr:
        'Le rayon dans lequel un événement est étalé, en km. Sinon, un rayon est recommandé d’après la dispersion des événements et la précision de leurs positions, et la raison en est dite.',
    })
    .optional(),
  measure: CELL_INPUTS.measure,
  imprecise: z.enum(['exclude', 'include']).default('exclude').meta({
    description:
      'Events whose position is not known to within the bandwidth: left out, or spread around their position.',
    description_fr:
      'Les événements dont la position n’est pas connue à la largeur du noyau près : écartés, ou étalés autour de leur position.',
  }),
  level_of: z.enum(['peak', 'volume']).default('peak').meta({
    description:
      'What the levels are shares of. peak: of the highest density. volume: of all events; a contour is then around the smallest area that holds that share of the surface.',
    description_fr:
      'Ce dont les niveaux sont des parts. peak : de la densité la plus forte. volume : de l’ensemble des événements ; le contour entoure alors la plus petite superficie qui contient cette part de la surface.',
  }),
  levels: z
    .array(z.number().min(0.01).max(0.95))
    .min(1)
    .max(9)
    .refine((levels) => new Set(levels).size === levels.length, 'names each level once')
    .default([0.1, 0.25, 0.5, 0.75, 0.9])
    .meta({
      description: 'At which shares contours are drawn, 0.01 to 0.95.',
      description_fr: 'Les parts auxquelles tracer les contours, de 0,01 à 0,95.',
    }),
  resolution: z
    .int()
    .min(0)
    .max(MAX_RESOLUTION)
    .meta({
      description:
        'H3 resolution of the hexagons at whose middles the density is given. Else the coarsest whose hexagons are at most about a third of the bandwidth wide, or a coarser one where these are too many.',
      description_fr:
        'Résolution H3 des hexagones au centre desquels la densité est donnée. Sinon, la plus grossière dont les hexagones ont au plus environ un tiers de la largeur du noyau, ou une plus grossière s’ils sont trop nombreux.',
    })
    .optional(),
});
export type Given = z.output<typeof DensityInputs>;
