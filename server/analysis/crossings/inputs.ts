import { z } from 'zod';
import { inputsOf, SelectionsSchema } from '../inputs.ts';
import { MomentSchema } from '../timeline/day.ts';

export const CrossingsInputs = inputsOf({
  corridors: SelectionsSchema.meta({
    description: 'Lines that are walked along. Else every collection of corridors.',
    description_fr: 'Les lignes qui sont parcourues. Sinon, toute collection de corridors.',
  }).optional(),
  control: SelectionsSchema.meta({
    description: 'Areas of control. Else every collection of them.',
    description_fr: 'Les zones de contrôle. Sinon, toute collection qui en contient.',
  }).optional(),
  sites: SelectionsSchema.meta({
    description: 'Points whose ground is asked for. Else every collection of mines.',
    description_fr: 'Les points dont on demande qui tient le terrain. Sinon, toute collection de mines.',
  }).optional(),
  at: z
    .union([MomentSchema, z.array(MomentSchema).min(1).max(24)])
    .meta({
      description:
        'When: a day, an instant, or up to 24 of them. Else each change within datetime; without that, the last change of control.',
      description_fr:
        'Quand : un jour, un instant, ou jusqu’à 24 d’entre eux. Sinon, chaque changement pendant `datetime` ; à défaut, le dernier changement de contrôle.',
    })
    .optional(),
  flows: z
    .boolean()
    .meta({
      description: 'Whether corridors are walked along of which only the far ends are known (drawn = "flow").',
      description_fr: 'Si l’on parcourt aussi les corridors dont seules les extrémités sont connues (drawn = "flow").',
    })
    .default(false),
});
export type CrossingsInputs = z.output<typeof CrossingsInputs>;
