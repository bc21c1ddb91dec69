import { z } from 'zod';
import { GROUND_STATES } from '../ground.ts';
import { count, quantity } from '../quantity.ts';

const ground = {
  state: z.enum(GROUND_STATES),
  actors: z.array(z.string()).meta({ description: 'Who is recorded there; of "not recorded" none.' }),
};

const cells = z
  .array(
    z.strictObject({
      ...ground,
      areas: z.array(z.string()).meta({ description: 'The records of control, as collection:item.' }),
      km: quantity('km', 'Length that is held so, geodesic on WGS 84.'),
      share: quantity('1', 'Of the whole length.', 6),
    }),
  )
  .meta({ description: 'The largest first. Lengths add up to the whole, shares to 1.' });

/** For each instant the corridors by who holds the ground that they cross, and the sites by who holds theirs. */
export const CrossingsNumbers = z.strictObject({
  dates: z.array(
    z.strictObject({
      at: z.string(),
      km: quantity('km', 'Of all corridors together.'),
      flows_left_out: count('Corridors of which only the far ends are known.'),
      total: cells,
      by_commodity: z.array(
        z.strictObject({
          commodity: z.string().meta({ description: '"" where it is not known.' }),
          corridors: count('Corridors of this commodity.'),
          km: quantity('km', 'Their length together.'),
          cells,
        }),
      ),
      corridors: z.array(
        z.strictObject({
          collection: z.string(),
          item: z.int(),
          record: z.string(),
          commodity: z.string(),
          precision_m: quantity('m', 'How far off its way may be.'),
          km: quantity('km', 'Its length.'),
          cells,
        }),
      ),
      sites: z.array(
        z.strictObject({
          collection: z.string(),
          item: z.int(),
          record: z.string(),
          name: z.string().optional(),
          kind: z.string().optional(),
          ...ground,
          since: z.string().meta({ description: 'Since when the records that say so all hold.' }).optional(),
          areas: z.array(z.string()),
          certainty: z.enum(['certain', 'uncertain']).meta({
            description:
              'Uncertain: where the site may stand, some ground is held otherwise, or by nobody who is recorded.',
          }),
          or_actors: z.array(z.string()).meta({ description: 'Others who are recorded where it may stand.' }),
        }),
      ),
    }),
  ),
});
export type CrossingsNumbers = z.input<typeof CrossingsNumbers>;
export type CellNumbers = z.input<typeof cells>;
