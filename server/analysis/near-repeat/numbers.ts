import { z } from 'zod';
import { count, quantity } from '../quantity.ts';

const words = z.strictObject({ en: z.string(), fr: z.string() });

/** Fewer pairs than this say nothing, however rare they are. */
export const FEW_PAIRS = 5;

export const NearRepeatNumbers = z.strictObject({
  events: count('Events that are compared.'),
  first_day: z.string().optional(),
  last_day: z.string().optional(),
  left_out: z.strictObject({
    imprecise: count('Their position is not known to within the narrowest band of distance.'),
    vague: count('Of the others: their time is known only to a span longer than the narrowest band of time.'),
    undated: count('Of the others: they have no date.'),
  }),
  pairs: count('Of all events: n (n - 1) / 2.'),
  pairs_outside: count('Pairs in no band: farther apart, longer apart, or nearer than the first edges.'),
  permutations: count('How often the dates were permuted.'),
  not_defined: z
    .enum(['too-few', 'one-day'])
    .meta({ description: 'Why nothing can be said: fewer than two events, or all on one day.' })
    .optional(),
  bands: z.array(
    z.strictObject({
      distance: words.meta({ description: 'The band of distance in words.' }),
      time: words.meta({ description: 'The band of time in words.' }),
      from_km: quantity('km', 'Where the band of distance begins.'),
      to_km: quantity('km', 'Where it ends, which it leaves out.'),
      from_days: count('Where the band of time begins, days.').meta({ unit: 'd' }),
      to_days: count('Where it ends, which it leaves out, days.').meta({ unit: 'd' }),
      observed: count('Pairs that are so far and so long apart.'),
      expected: quantity('1', 'N_S N_T / pairs: were places and dates independent.', 3),
      ratio: quantity('1', 'Observed over expected. Left out where nothing is expected.', 3).optional(),
      p: quantity('1', '(M + 1) / (R + 1): M of R permutations have as many pairs, or more.', 6),
      p_adjusted: quantity('1', 'The same, adjusted for the number of bands (Benjamini & Hochberg 1995).', 6),
      verdict: z
        .enum(['more', 'not-more', 'too-few'])
        .meta({ description: 'more: adjusted p at most 0.05. too-few: fewer than 5 pairs.' }),
    }),
  ),
  events_with_repeats: count('Events of at least one pair in a band whose verdict is `more`.'),
  listed: count('Of them, those among the features: with the most such pairs first.'),
});
export type Numbers = z.input<typeof NearRepeatNumbers>;
export type BandNumbers = Numbers['bands'][number];
