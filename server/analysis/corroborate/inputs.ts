import { z } from 'zod';
import { inputsOf, SelectionsSchema } from '../inputs.ts';

const weight = (usual: number, of: string, de: string) =>
  z
    .number()
    .min(0)
    .max(1_000)
    .default(usual)
    .meta({ description: `How much ${of} counts.`, description_fr: `Combien compte ${de}.` });

const WeightsSchema = z
  .strictObject({
    place: weight(0.4, 'the place', 'le lieu'),
    time: weight(0.3, 'the time', 'la date'),
    kind: weight(0.15, 'the kind', 'le type'),
    casualties: weight(0.15, 'the number of killed and injured', 'le nombre de tués et de blessés'),
  })
  .refine((weights) => Object.values(weights).some((each) => each > 0), 'at least one weight must be above 0')
  .meta({
    description: 'How much each counts when two reports are compared; only their ratios matter.',
    description_fr: 'Combien compte chacun quand deux rapports sont comparés ; seules leurs proportions importent.',
  });
export type Weights = z.output<typeof WeightsSchema>;

const ReferenceSchema = z.strictObject({
  collection: z.string().regex(/^[a-z][a-z0-9_]{0,47}$/, 'is the id of a collection, as /collections has it'),
  item: z.union([z.int().min(0), z.string().min(1).max(500)]).meta({
    description: 'The number of the record, or its `record_id`.',
    description_fr: 'Le numéro de la fiche, ou son `record_id`.',
  }),
});
export type Reference = z.output<typeof ReferenceSchema>;

const DecisionSchema = z.strictObject({
  records: z.array(ReferenceSchema).min(2, 'names at least 2 records').max(50, 'names at most 50 records'),
  same: z.boolean().meta({
    description: 'Whether all of them report one event; false: no two of them do.',
    description_fr: 'Si toutes rapportent un seul événement ; false : il n’y en a pas deux qui rapportent le même.',
  }),
});

export const CorroborateInputs = inputsOf({
  events: SelectionsSchema.optional().meta({
    description: 'Collections of events. Default: all in service but modelled ones.',
    description_fr: 'Des collections d’événements. Par défaut : toutes celles en service, sauf les modélisées.',
  }),
  within_km: z.number().min(0.1).max(100).default(10).meta({
    description: 'Two reports may be so much farther apart than the precision of both positions allows.',
    description_fr:
      'Distance qui peut séparer deux rapports, au-delà de ce que permet la précision des deux positions.',
  }),
  within_days: z.int().min(0).max(31).default(3).meta({
    description: 'Two reports may be so many days apart, beyond what the precision of both dates allows.',
    description_fr:
      'Nombre de jours qui peuvent séparer deux rapports, au-delà de ce que permet la précision des deux dates.',
  }),
  weights: WeightsSchema.default({ place: 0.4, time: 0.3, kind: 0.15, casualties: 0.15 }),
  min_score: z.number().min(0).max(1).default(0.7).meta({
    description: 'Pairs that score as much are suggested to be one event.',
    description_fr: 'Les paires qui atteignent ce score sont proposées comme un seul événement.',
  }),
  same_source: z.boolean().default(false).meta({
    description: 'Reports of one collection with a source in common may be linked too.',
    description_fr: 'Les rapports d’une même collection qui ont une source en commun peuvent aussi être reliés.',
  }),
  decisions: z.array(DecisionSchema).max(1_000).default([]).meta({
    description: 'What a person has decided. It is obeyed whatever the score.',
    description_fr: 'Ce qu’une personne a décidé : on le suit quel que soit le score.',
  }),
  limit: z.int().min(1).max(10_000).default(1_000).meta({
    description: 'Groups, and pairs, that are listed. All are counted.',
    description_fr: 'Nombre de groupes, et de paires, qui sont listés. Tous sont comptés.',
  }),
});
export type Given = z.output<typeof CorroborateInputs>;
