import { z } from 'zod';
import { STEPS } from '../../query/analysis/summary/points.ts';
import { CELL_INPUTS, IMPRECISE } from '../cells/cell-inputs.ts';
import { CONFIDENCE } from '../confidence.ts';
import { inputsOf } from '../inputs.ts';
import { SummaryInputs } from '../summary/inputs.ts';

const { units, hexagons, areas } = SummaryInputs.shape;

export const TrendInputs = inputsOf({
  events: CELL_INPUTS.events,
  measure: CELL_INPUTS.measure,
  step: z
    .enum(STEPS)
    .meta({
      description:
        'The steps of the series: calendar months, quarters or years (UTC). A step that the window cuts is left out.',
      description_fr:
        'Le pas de la série : mois, trimestres ou années civils (UTC). Une période que la fenêtre coupe est écartée.',
    })
    .default('month'),
  trend_of: z
    .enum(['count', 'rate'])
    .meta({
      description:
        'What has the trend: what is counted in each step, or that per 1,000 km2 and average month (365.2425 / 12 days), which makes steps of unlike length and units of unlike size alike.',
      description_fr:
        'Ce dont la tendance est cherchée : le décompte de chaque période, ou celui-ci par 1 000 km² et mois moyen (365,2425 / 12 jours), qui rend comparables des périodes inégales et des unités de tailles diverses.',
    })
    .default('count'),
  confidence: CONFIDENCE,
  imprecise: IMPRECISE.unwrap()
    .meta({
      description:
        'Events whose position is known less well than half the unit is wide: left out of the units, or counted in that of their point. In the whole they count.',
      description_fr:
        'Événements dont la position est connue à plus d’une demi-largeur d’unité près : écartés des unités, ou comptés dans celle de leur point. Ils comptent dans l’ensemble.',
    })
    .default('exclude'),
  units: units
    .unwrap()
    .meta({
      description: 'A collection of polygons: also the trend in each of its records, corrected for their number.',
      description_fr:
        'Une collection de polygones : la tendance est aussi cherchée dans chacune de ses fiches, avec correction pour leur nombre.',
    })
    .optional(),
  hexagons: hexagons
    .unwrap()
    .meta({
      description: 'H3 resolution of hexagons: also the trend in each in which there are events, instead of units.',
      description_fr:
        'Résolution H3 : la tendance est aussi cherchée dans chaque hexagone où il y a des événements, au lieu d’unités.',
    })
    .optional(),
  areas: areas
    .unwrap()
    .meta({
      description: 'Polygons: also the trend in each, instead of units; ground in several belongs to the first.',
      description_fr:
        'Des polygones : la tendance est aussi cherchée dans chacun, au lieu d’unités ; un terrain commun à plusieurs revient au premier.',
    })
    .optional(),
});
export type TrendInputs = z.output<typeof TrendInputs>;
