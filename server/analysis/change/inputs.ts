import { z } from 'zod';
import { parseDatetime } from '../../core/interval.ts';
import { CONFIDENCE } from '../confidence.ts';
import { inputsOf, readable, SelectionsSchema } from '../inputs.ts';
import { SummaryInputs } from '../summary/inputs.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

const isReadable = readable(parseDatetime);

const interval = (description: string, description_fr: string) =>
  z
    .string()
    .refine(isReadable, 'is an interval such as 2021-01-01/2021-12-31, both ends included')
    .meta({ description, description_fr })
    .optional();

const percent = (description: string, description_fr: string, otherwise: number) =>
  z.number().min(0).max(10_000).meta({ description, description_fr }).default(otherwise);

const LevelsSchema = z
  .strictObject({
    rise: percent('More than so many per cent: a rise.', 'Au-delà de ce pourcentage : une hausse.', 10),
    large_rise: percent(
      'More than so many per cent: a large rise.',
      'Au-delà de ce pourcentage : une forte hausse.',
      25,
    ),
    large_fall: percent(
      'A fall by more than so many per cent: a large fall.',
      'Une baisse de plus de ce pourcentage : une forte baisse.',
      25,
    ),
  })
  .refine(({ rise, large_rise }) => large_rise >= rise, {
    path: ['large_rise'],
    message: 'is not below rise: a large rise is a rise',
  });

export const ChangeInputs = inputsOf({
  events: SelectionsSchema.meta({
    description: 'Collections of events. Else all that are not modelled.',
    description_fr: 'Collections d’événements. À défaut, toutes celles qui ne sont pas modélisées.',
  }).optional(),
  earlier: interval(
    'The period that the later one is compared with, both ends included.',
    'La période à laquelle la seconde est comparée, bornes comprises.',
  ),
  later: interval(
    'The period that is compared; it begins when the earlier one has ended.',
    'La période comparée ; elle commence une fois la première achevée.',
  ),
  weeks: z
    .int()
    .min(1)
    .max(520)
    .meta({
      description: 'Without earlier and later: the last so many weeks against as many before.',
      description_fr: 'Sans earlier ni later : ce nombre de dernières semaines, face à autant de semaines avant.',
    })
    .default(52),
  as_of: z
    .string()
    .refine((text) => DAY.test(text) && isReadable(text), 'is a day, such as 2022-12-31')
    .meta({
      description: 'The last day of the last weeks. Else the last one that every collection of events reaches.',
      description_fr:
        'Le dernier jour des dernières semaines. À défaut, le dernier qu’atteignent toutes les collections d’événements.',
    })
    .optional(),
  units: SummaryInputs.shape.units,
  resolution: SummaryInputs.shape.hexagons,
  areas: SummaryInputs.shape.areas,
  imprecise: z
    .enum(['exclude', 'include'])
    .meta({
      description:
        'Events whose position is known less well than half the unit is wide: left out, or counted where their point lies. They are not spread over units: the exact test is of whole events.',
      description_fr:
        'Événements dont la position est connue à plus d’une demi-largeur d’unité près : écartés, ou comptés là où est leur point. Ils ne sont pas répartis entre unités : le test exact porte sur des événements entiers.',
    })
    .default('exclude'),
  confidence: CONFIDENCE.unwrap()
    .meta({
      description:
        'How sure a change must be to be called one, in percent: of the units that are called risen or fallen at most the rest to 100 is false.',
      description_fr:
        'Niveau de confiance à partir duquel un changement est retenu, en pour cent : des unités dites en hausse ou en baisse, la part de fausses découvertes est au plus le reste à 100.',
    })
    .default(95),
  fewest: z
    .int()
    .min(1)
    .max(1_000)
    .meta({
      description: 'With fewer events in both periods together a unit is not tested: too few to tell.',
      description_fr:
        'Avec moins d’événements sur les deux périodes réunies, une unité n’est pas testée : trop peu pour conclure.',
    })
    .default(5),
  levels: LevelsSchema.meta({
    description: 'Where the plain levels of the last 4 and 52 weeks begin, per cent.',
    description_fr: 'Seuils des niveaux simples des 4 et 52 dernières semaines, en pour cent.',
  }).prefault({}),
});
export type ChangeInputs = z.output<typeof ChangeInputs>;
