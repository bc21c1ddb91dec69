import { z } from 'zod';
import { PATTERNS } from '../../stats/emerging-class.ts';
import { count, quantity } from '../quantity.ts';
import { FEWEST_EVENTS, type HexagonClass, NOT_DEFINED } from './classify.ts';

const SIDES = ['hot', 'cold'] as const;
/** Every class, in the order of the legend. */
export const CLASSES: readonly HexagonClass[] = [
  ...SIDES.flatMap((side) => PATTERNS.map((pattern): HexagonClass => `${pattern}_${side}`)),
  'too_few',
  'none',
];

const Trend = z.enum(['up', 'down', 'none']);
export type Trend = z.output<typeof Trend>;

const Hexagon = z.strictObject({
  cell: z.string().meta({ description: 'H3 index; `/collections/{collection}/items?cell=` has its records.' }),
  lon: quantity('°', 'Longitude of its middle, WGS 84.', 4),
  lat: quantity('°', 'Latitude of its middle, WGS 84.', 4),
  class: z.enum(CLASSES as [HexagonClass, ...HexagonClass[]]).meta({
    description: `too_few: hot by fewer than ${FEWEST_EVENTS} events, which may be chance.`,
  }),
  events: quantity('1', 'Events counted in it, in all steps; spread ones by their shares.'),
  steps_hot: count('Steps in which it is hot.'),
  steps_cold: count('Steps in which it is cold.'),
  events_behind: quantity(
    '1',
    'Events in it and its neighbours in the steps in which it is hot and those just before.',
  ),
  hot_share: quantity('1', 'Steps in which it is hot, of all.', 4),
  last_z: quantity('1', 'Gi* of the last step.', 4),
  trend: Trend.meta({ description: 'Of its z over time (Mann-Kendall), where significant.' }),
  trend_z: quantity('1', 'Mann-Kendall Z of its z; absent where that never changes.', 4).optional(),
  trend_p: quantity('1', 'Two-sided, of each hexagon by itself.', 6).optional(),
  // Of so many numbers each is rounded where it is put here: as a quantity each would take three times as long.
  series: z.array(z.number().meta({ unit: '1', description: 'What is counted in this step.' })),
  z: z.array(z.number().meta({ unit: '1', description: 'Gi* in this step (Ord & Getis 1995), with the step before.' })),
});
/** What is said of a hexagon beside its series. */
export type Hexagon = Omit<z.input<typeof Hexagon>, 'series' | 'z'>;

export const EmergingNumbers = z.strictObject({
  resolution: count('H3 resolution of the hexagons.'),
  ring: count('Rings of hexagons around each that are its neighbourhood.'),
  confidence: quantity('%', 'Of a hot or cold step after the correction, and of a trend.', 1),
  measure: z.string().optional(),
  hexagons: count('Hexagons of the study area, those without events too.'),
  area_km2: quantity('km2', 'Of all of them: whole hexagons, which at its edge reach beyond the area that was asked.'),
  steps: z.array(z.strictObject({ from: z.string(), to: z.string() })),
  steps_left_out: count('Steps that the window cuts, or in which no collection reports.'),
  events: z.strictObject({
    counted: quantity(
      '1',
      'Events in hexagons of the study area and in these steps; spread ones by what of them lies there.',
    ),
    imprecise: count(
      'Events there whose position is not known to within `precise_m`: left out, counted at their positions or spread, as `imprecise` says.',
    ),
    spread_away: quantity('1', 'Of spread events, what fell on hexagons outside the study area.').optional(),
    not_spread: count('Imprecise events that could not be spread.').optional(),
    in_no_step: count('Events there whose time is not known to lie in one of these steps.'),
    outside: count('Events elsewhere.'),
  }),
  precise_m: quantity('m', 'Radius of a circle as large as an average hexagon.', 0),
  occupied: count('Hexagons in which an event is counted.'),
  not_defined: z.enum(NOT_DEFINED).meta({ description: 'Why there are no classes.' }).optional(),
  tests: count('Hexagons times steps: each is tested, and p corrected for their number.').optional(),
  steps_hot: count('Of these, hot.').optional(),
  steps_cold: count('Of these, cold.').optional(),
  classes: z
    .strictObject(
      Object.fromEntries(CLASSES.map((each) => [each, count('Hexagons.')])) as Record<HexagonClass, z.ZodInt>,
    )
    .optional(),
  classified: z.array(Hexagon).meta({
    description:
      'Those that have a class, in the order of classes, then from the highest (of cold ones the lowest) last z on: at most 5,000 hexagons, and 1,200,000 numbers in all their series.',
  }),
  unlisted: count('Hexagons with a class beyond those.'),
});
export type EmergingNumbers = z.input<typeof EmergingNumbers>;
