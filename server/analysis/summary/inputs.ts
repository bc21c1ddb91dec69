import { z } from 'zod';
import { MAX_RESOLUTION } from '../../core/hex.ts';
import { STEPS } from '../../query/analysis/summary/points.ts';
import { inputsOf, PlaceSchema, SelectionSchema, SelectionsSchema } from '../inputs.ts';

export const SummaryInputs = inputsOf({
  layers: SelectionsSchema.meta({
    description:
      'What is counted: points by number, lines by km, polygons by km2. Else every collection of events that is not modelled.',
    description_fr:
      'Ce qui est compté : les points par leur nombre, les lignes en km, les polygones en km². Sinon, toute collection d’événements qui n’est pas modélisée.',
  }).optional(),
  units: SelectionSchema.meta({
    description:
      'A collection of polygons by whose records it is counted. Else, without hexagons and areas, the first collection of boundaries.',
    description_fr:
      'Une collection de polygones, par fiche de laquelle on compte. Sinon, sans `hexagons` ni `areas`, la première collection de limites administratives.',
  }).optional(),
  hexagons: z
    .int()
    .min(0)
    .max(MAX_RESOLUTION)
    .meta({
      description: 'H3 resolution of the hexagons by which it is counted, instead of units.',
      description_fr: 'Résolution H3 des hexagones par lesquels on compte, au lieu d’unités.',
    })
    .optional(),
  areas: z
    .array(PlaceSchema)
    .min(1)
    .max(50)
    .meta({
      description: 'Polygons by which it is counted, instead of units; ground in several belongs to the first.',
      description_fr:
        'Polygones par lesquels on compte, au lieu d’unités ; le terrain commun à plusieurs revient au premier.',
    })
    .optional(),
  step: z
    .enum(STEPS)
    .meta({
      description: 'Also a time series of events, by calendar month, quarter or year (UTC).',
      description_fr: 'Aussi une série temporelle des événements, par mois, trimestre ou année civils (UTC).',
    })
    .optional(),
});
export type SummaryInputs = z.output<typeof SummaryInputs>;
