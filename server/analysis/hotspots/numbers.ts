import { z } from 'zod';
import { count, quantity } from '../quantity.ts';
import { VERDICTS } from './judge.ts';
import { MOST_LISTED } from './list-events.ts';

const Verdict = z.enum(VERDICTS);

const Hexagon = z.strictObject({
  cell: z.string().meta({ description: 'H3 index; `/collections/{collection}/items?cell=` has its records.' }),
  lon: quantity('°', 'Longitude of its middle, WGS 84.', 4),
  lat: quantity('°', 'Latitude of its middle, WGS 84.', 4),
  verdict: Verdict.meta({
    description:
      'After the correction for the number of hexagons (Benjamini & Hochberg 1995). too_few: hot by fewer than 5 events in it and its neighbours, which may be chance.',
  }),
  events: quantity('1', 'Events counted in it; spread ones by their shares.'),
  value: quantity('1', 'What is looked at: the sum of the measure, else the events.'),
  around: quantity('1', 'Events in it and its neighbourhood.'),
  z: quantity('1', 'Gi* (Ord & Getis 1995): standard deviations from what is expected.', 6),
  p: quantity('1', 'Of such a z or one farther from 0, two-sided, uncorrected. 0: below 5e-13.', 12),
  p_adjusted: quantity('1', 'After the correction: at most 0.05 at 95 %. 0: below 5e-13.', 12),
  with_imprecise: Verdict.meta({ description: 'Verdict with the imprecise events, spread or at their positions.' }),
  without_imprecise: Verdict.meta({ description: 'Verdict without them.' }),
  survives: z
    .boolean()
    .meta({ description: 'Whether it is hot, or cold, both with and without the imprecise events.' }),
  listed: z
    .array(z.strictObject({ collection: z.string(), items: z.array(z.number()) }))
    .meta({
      description: `Records in it that are counted, by their numbers: at most ${MOST_LISTED} of each collection, of the first \`list\` hexagons.`,
    })
    .optional(),
  more: count('Records in it that are counted beside those.').optional(),
});

const Survival = (of: string) =>
  z.strictObject({
    with_imprecise: count(`Hexagons ${of} with the imprecise events.`),
    without_imprecise: count(`Hexagons ${of} without them.`),
    survive: count(`Of those that are ${of} with them, how many are so without.`),
  });

export const HotspotsNumbers = z.strictObject({
  resolution: count('H3 resolution of the hexagons.'),
  recommended: z
    .enum(['events', 'precision', 'area', 'size'])
    .meta({ description: 'What the resolution was recommended by; absent when it was asked for.' })
    .optional(),
  ring: count('Rings of hexagons around each that are its neighbourhood.'),
  measure: z.string().optional(),
  hexagons: count('Hexagons of the study area, those without events too.'),
  area_km2: quantity('km2', 'Of all of them: whole hexagons, which at its edge reach beyond the area that was asked.'),
  from: z.string().meta({ description: 'Counted from this instant on.' }).optional(),
  to: z.string().meta({ description: 'Counted until this instant, not included.' }).optional(),
  events: z.strictObject({
    counted: quantity('1', 'Events that are counted; spread ones by what of them lies in the study area.'),
    inside: count('Events in hexagons of the study area, precise or not.'),
    outside: count('Events elsewhere.'),
    imprecise: count('Events inside whose position is not known to within `precise_m`.'),
    spread_away: quantity('1', 'Of spread events, what fell on hexagons outside the study area.').optional(),
    not_spread: count(
      'Imprecise events that could not be spread: their precision is not known, or wider than 40 rings.',
    ).optional(),
  }),
  precise_m: quantity('m', 'Radius of a circle as large as an average hexagon.', 0),
  mean: quantity('1', 'Of what is looked at, by hexagon.', 6),
  occupied: count('Hexagons with an event, precise or not.'),
  not_defined: z
    .enum(['nothing', 'one-place', 'all-zero', 'all-equal', 'neighbourhood-is-all'])
    .meta({ description: 'Why there is no Gi*; then there are no verdicts.' })
    .optional(),
  verdicts: z
    .strictObject(
      Object.fromEntries(VERDICTS.map((verdict) => [verdict, count('Hexagons.')])) as Record<
        (typeof VERDICTS)[number],
        z.ZodInt
      >,
    )
    .optional(),
  survival: z.strictObject({ hot: Survival('hot'), cold: Survival('cold') }).optional(),
  significant: z
    .array(Hexagon)
    .meta({ description: 'Hot ones from the highest z on, then cold ones from the lowest; at most 5,000.' }),
  undrawn: count(
    'Hexagons with events that are not among the features, since there are more than 4,000: only hot and cold ones are.',
  ),
  unlisted: count('Hexagons that are hot or cold beyond those.'),
});
export type HotspotsNumbers = z.input<typeof HotspotsNumbers>;
export type HotHexagon = z.input<typeof Hexagon>;
