import { z } from 'zod';
import { inputsOf, SelectionsSchema } from '../inputs.ts';
import { MomentSchema } from '../timeline/day.ts';

export const CrossingsInputs = inputsOf({
  corridors: SelectionsSchema.meta({
    description: 'Lines that are walked along. Else every collection of corridors.',
  }).optional(),
  control: SelectionsSchema.meta({ description: 'Areas of control. Else every collection of them.' }).optional(),
  sites: SelectionsSchema.meta({
    description: 'Points whose ground is asked for. Else every collection of mines.',
  }).optional(),
  at: z
    .union([MomentSchema, z.array(MomentSchema).min(1).max(24)])
    .meta({
      description:
        'When: a day, an instant, or up to 24 of them. Else each change within datetime; without that, the last change of control.',
    })
    .optional(),
  flows: z
    .boolean()
    .meta({ description: 'Whether corridors are walked along of which only the far ends are known (drawn = "flow").' })
    .default(false),
});
export type CrossingsInputs = z.output<typeof CrossingsInputs>;
