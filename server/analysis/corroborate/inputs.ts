import { z } from 'zod';
import { inputsOf, SelectionsSchema } from '../inputs.ts';

const weight = (of: string, usual: number) =>
  z
    .number()
    .min(0)
    .max(1_000)
    .default(usual)
    .meta({ description: `How much ${of} counts.` });

const WeightsSchema = z
  .strictObject({
    place: weight('the place', 0.4),
    time: weight('the time', 0.3),
    kind: weight('the kind', 0.15),
    casualties: weight('the number of killed and injured', 0.15),
  })
  .refine((weights) => Object.values(weights).some((each) => each > 0), 'at least one weight must be above 0');
export type Weights = z.output<typeof WeightsSchema>;

const ReferenceSchema = z.strictObject({
  collection: z.string().regex(/^[a-z][a-z0-9_]{0,47}$/, 'is the id of a collection, as /collections has it'),
  item: z
    .union([z.int().min(0), z.string().min(1).max(500)])
    .meta({ description: 'The number of the record, or its `record_id`.' }),
});
export type Reference = z.output<typeof ReferenceSchema>;

const DecisionSchema = z.strictObject({
  records: z.array(ReferenceSchema).min(2, 'names at least 2 records').max(50, 'names at most 50 records'),
  same: z.boolean().meta({ description: 'Whether all of them report one event; false: no two of them do.' }),
});

export const CorroborateInputs = inputsOf({
  events: SelectionsSchema.optional().meta({
    description: 'Collections of events. Default: all in service but modelled ones.',
  }),
  within_km: z
    .number()
    .min(0.1)
    .max(100)
    .default(10)
    .meta({ description: 'Two reports may be so much farther apart than the precision of both positions allows.' }),
  within_days: z
    .int()
    .min(0)
    .max(31)
    .default(3)
    .meta({ description: 'Two reports may be so many days apart, beyond what the precision of both dates allows.' }),
  weights: WeightsSchema.default({ place: 0.4, time: 0.3, kind: 0.15, casualties: 0.15 }),
  min_score: z
    .number()
    .min(0)
    .max(1)
    .default(0.7)
    .meta({ description: 'Pairs that score as much are suggested to be one event.' }),
  same_source: z
    .boolean()
    .default(false)
    .meta({ description: 'Reports of one collection with a source in common may be linked too.' }),
  decisions: z
    .array(DecisionSchema)
    .max(1_000)
    .default([])
    .meta({ description: 'What a person has decided. It is obeyed whatever the score.' }),
  limit: z
    .int()
    .min(1)
    .max(10_000)
    .default(1_000)
    .meta({ description: 'Groups, and pairs, that are listed. All are counted.' }),
});
export type Given = z.output<typeof CorroborateInputs>;
