import { z } from 'zod';
import { STEPS } from '../../query/analysis/summary/points.ts';
import { IN_FORCE } from '../../query/analysis/trend/spans.ts';
import { CELL_INPUTS, IMPRECISE } from '../cells/cell-inputs.ts';
import { CONFIDENCE } from '../confidence.ts';
import { inputsOf, SelectionsSchema } from '../inputs.ts';
import { SummaryInputs } from '../summary/inputs.ts';

const { units, hexagons, areas } = SummaryInputs.shape;

/** What a series may be of: events by step; of what lasts the number in force, the length of lines, or the ground of polygons. */
export const SERIES = ['events', 'in-force', 'length', 'area'] as const;
export type SeriesOf = (typeof SERIES)[number];

export const TrendInputs = inputsOf({
  events: CELL_INPUTS.events,
  layers: SelectionsSchema.meta({
    description:
      'Instead of events: collections of one geometry that have a time, such as camps, mines, corridors, areas of control or finds of materiel.',
    description_fr:
      'Au lieu d’événements : des collections d’une même géométrie qui ont une date, comme camps, mines, corridors, zones de contrôle ou découvertes de matériel.',
  }).optional(),
  series: z
    .enum(SERIES)
    .meta({
      description:
        'What of them is counted: events; how many are in force; the length of lines in force, km; or the ground that polygons in force cover, km2, each piece once. Else events of points with a day, the number of other points, the length of lines and the area of polygons.',
      description_fr:
        'Ce qui en est compté : les événements ; le nombre en vigueur ; la longueur des lignes en vigueur, en km ; ou le terrain que couvrent les polygones en vigueur, en km², chaque morceau une fois. Sinon, les événements pour des points datés, le nombre des autres points, la longueur des lignes et la superficie des polygones.',
    })
    .optional(),
  in_force: z
    .enum(IN_FORCE)
    .meta({
      description: 'What lasts counts in a step when it is in force at the end of it, or at any time of it.',
      description_fr: 'Ce qui dure compte dans une période s’il est en vigueur à sa fin, ou à un moment quelconque.',
    })
    .default('end'),
  by: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,47}$/, 'is the name of a field')
    .meta({
      description:
        'A text field, such as actor: also the trend of each of its values, as a whole, corrected for their number. Of events their kind.',
      description_fr:
        'Un champ de texte, comme l’acteur : la tendance est aussi cherchée pour chacune de ses valeurs, dans l’ensemble, avec correction pour leur nombre. Pour des événements, leur type.',
    })
    .optional(),
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
        'What has the trend: what is counted in each step, or that per 1,000 km2, of events also per average month (365.2425 / 12 days), which makes steps of unlike length and units of unlike size alike; of ground its share of the area.',
      description_fr:
        'Ce dont la tendance est cherchée : le décompte de chaque période, ou celui-ci par 1 000 km², pour des événements aussi par mois moyen (365,2425 / 12 jours), ce qui rend comparables des périodes inégales et des unités de tailles diverses ; pour un terrain, sa part de la superficie.',
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
