import { z } from 'zod';
import { count, quantity } from '../quantity.ts';
import { HELD_STATES } from './grounds.ts';
import { COMPONENTS } from './score.ts';

type ByComponent = Record<(typeof COMPONENTS)[number], ReturnType<typeof quantity>>;

const share = (description: string) => quantity('1', description, 4);
const byComponent = (description: string, decimals = 4) =>
  z.strictObject(
    Object.fromEntries(COMPONENTS.map((name) => [name, quantity('1', description, decimals)])) as ByComponent,
  );
const optional = (description: string) => z.string().meta({ description }).optional();

const row = z.strictObject({
  rank: count('Its place by score; of those alike, the first collection and number.').optional(),
  collection: z.string(),
  item: z.int().min(0),
  record: z.string(),
  name: optional('In English.'),
  score: share('The sum of `parts`.').optional(),
  components: byComponent('0 to 1: see the input `weights`.'),
  parts: byComponent('Weight x component.'),
  attacks: count('Within the distance, in the window.'),
  killed: quantity('1', 'In these, where a figure is given.'),
  ground: z.enum(HELD_STATES),
  holders: z.array(z.string()),
  corridor_km: quantity('km', 'To the nearest corridor; absent: there is none.').optional(),
  trend: z
    .strictObject({
      direction: z.enum(['rises', 'falls', 'none']).meta({ description: 'At 5 %, by the corrected p.' }),
      tau: share('Of Kendall, -1 to 1.'),
      p: quantity('1', 'Of Mann and Kendall, two-sided.', 6),
      p_adjusted: quantity('1', 'Corrected for how many rows are tested (Benjamini & Hochberg 1995).', 6),
      slope: quantity('1', 'Attacks more from one step to the next (Sen 1968).'),
      slope_lower: quantity('1', 'Lower bound of its 95 % interval; absent: too few steps.').optional(),
      slope_upper: quantity('1', 'Upper bound.').optional(),
    })
    .meta({ description: 'Of the attacks by step; absent: there are too few steps, or all counts are the same.' })
    .optional(),
});

export const ExposureNumbers = z.strictObject({
  window: z.strictObject({
    from: optional('First instant; absent: open.'),
    to: optional('End, not included; absent: open.'),
    middle: optional('Where its halves meet, of which the trend is made; absent where the window is open.'),
  }),
  trends: z
    .strictObject({
      step: z
        .enum(['year', 'quarter'])
        .meta({ description: 'Whole years from five on, else whole quarters from eight.' }),
      from: z.string(),
      to: z.string(),
      steps: count('Whole steps of the window in which the collections report.'),
      tested: count('Rows whose counts are not all the same.'),
      rises: count('Of these, those that rise.'),
      falls: count('Of these, those that fall.'),
    })
    .meta({ description: 'Absent: the window has too few whole steps.' })
    .optional(),
  at: z.string().meta({ description: 'The instant of which the holder of the ground is told.' }),
  within_km: quantity('km', 'How near an attack is that is counted.'),
  rows: count('Mines, hubs and corridors in the table: the features have all its columns.'),
  rows_with_few_attacks: count('With fewer than 10.'),
  rows_imprecise: count('Of which the position is known less well than the distance.'),
  flows_left_out: count('Lines between far ends, which are no routes.'),
  commodities_left_out: count('Commodities of corridors near these, without a column of their own.'),
  attacks: z.strictObject({
    counted: count('Within the distance of any row, each once.'),
    killed: quantity('1', 'In these, where a figure is given.'),
    imprecise: count('Within the distance, and left out: their position is not known precisely enough.'),
  }),
  ground: z.record(z.string(), count('Rows')).meta({ description: 'Rows by how their ground is held.' }),
  weights: byComponent('As given.', 6),
  top: z.array(row).meta({ description: 'The first ten rows.' }),
});
export type ExposureNumbersIn = z.input<typeof ExposureNumbers>;
