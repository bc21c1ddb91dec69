import { z } from 'zod';
import { count, quantity } from '../quantity.ts';
import { UNIT_ID } from '../unit-id.ts';
import { CHANGES } from './classify.ts';
import { LEVELS } from './level.ts';

const Period = z.strictObject({
  from: z.string().meta({ description: 'Counted from this instant on.' }),
  to: z.string().meta({ description: 'Counted until this instant, not included.' }),
  days: quantity('d', 'Between both.'),
});

const Pair = {
  earlier: count('Events whose whole time lies in the earlier period.'),
  later: count('Events whose whole time lies in the later period.'),
};

const Compared = {
  ...Pair,
  earlier_per_month: quantity('1/month', 'Events per average month (365.2425 / 12 days), earlier period.', 4),
  later_per_month: quantity('1/month', 'Events per average month (365.2425 / 12 days), later period.', 4),
  difference: quantity('1/month', 'Events per average month, later less earlier.', 4),
  ratio: quantity('1', 'Events a day, later over earlier; absent when there was none earlier.', 4).optional(),
  ratio_lower: quantity('1', 'Lower bound of its exact 95 % interval, of this unit alone.', 4).optional(),
  ratio_upper: quantity('1', 'Upper bound; absent when the interval is open above.', 4).optional(),
  p: quantity(
    '1',
    'Of such a difference, or a greater one, were both rates the same; exact, two-sided (twice the smaller tail). 0: below 0.000000001.',
    9,
  ).optional(),
  change: z.enum(CHANGES).meta({ description: 'What is said of it; too-few: not tested.' }),
};

const Leveled = {
  ...Pair,
  percent: quantity('%', 'Later against earlier; absent when there was none earlier.', 1).optional(),
  level: z.enum(LEVELS).meta({ description: 'By the percentage alone, without a test.' }),
};

const tallied = <Name extends string>(names: readonly Name[], what: (name: Name) => string) =>
  z.strictObject(
    Object.fromEntries(names.map((name) => [name, count(what(name))])) as Record<Name, ReturnType<typeof count>>,
  );

export const ChangeNumbers = z.strictObject({
  earlier: Period,
  later: Period,
  as_of: z.string().meta({ description: 'The last day of the last weeks.' }),
  confidence: quantity(
    '%',
    'The rest to 100 is the rate of false discoveries to which the tests of units are held.',
    1,
  ),
  fewest: count('Events in both periods together, under which nothing is tested.'),
  units_all: count('Units of the study area.'),
  units_tested: count('Units that have enough events to be tested.'),
  units_silent: count('Units in which nothing at all is reported in either period.'),
  classes: tallied(CHANGES, (name) => `Units: ${name}.`),
  classes_other_rule: count('Units whose class would be another one under the other rule for imprecise events.'),
  total: z.strictObject(Compared),
  outside: z.strictObject(Pair),
  left_out: z.strictObject({
    spanning: count('Events in units whose time meets both periods: counted in neither.'),
    reaching_out: count('Events in units whose time meets one period and reaches out of it: not counted.'),
  }),
  imprecise: count('Events in units and periods whose position is known less well than half the unit is wide.'),
  thresholds: z.strictObject({
    rise: quantity('%', 'Above it a rise.', 4),
    large_rise: quantity('%', 'Above it a large rise.', 4),
    large_fall: quantity('%', 'A fall by more is a large one.', 4),
  }),
  levels: z.array(
    z.strictObject({
      weeks: count('Weeks on each side.'),
      earlier_from: z.string(),
      later_from: z.string(),
      later_to: z.string(),
      ...Leveled,
      units: tallied(LEVELS, (name) => `Units: ${name}.`),
    }),
  ),
  units: z
    .array(
      z.strictObject({
        unit: UNIT_ID,
        name: z.string().optional(),
        area_km2: quantity('km2', 'On the ellipsoid of WGS 84; of a hexagon on the sphere of H3.'),
        ...Compared,
        p_adjusted: quantity('1', 'Corrected for all tested units (Benjamini & Hochberg 1995).', 9).optional(),
        imprecise: count('Events in both periods whose position is known less well than half the unit is wide.'),
        levels: z.array(z.strictObject({ weeks: count('Weeks on each side.'), ...Leveled })),
      }),
    )
    .meta({
      description: 'Units in which something is reported in the periods or in the last weeks and those before.',
    }),
});
export type ChangeNumbers = z.input<typeof ChangeNumbers>;
