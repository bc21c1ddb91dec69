import { z } from 'zod';
import { count, quantity } from '../quantity.ts';
import { UNIT_ID } from '../unit-id.ts';

const RATE = '1/1000 km2/month';

const Tally = {
  collection: z.string(),
  records: count('Points. Of lines and polygons: records of which a part lies here.').optional(),
  km: quantity('km', 'Length of lines, geodesic on WGS 84.').optional(),
  km2: quantity('km2', 'Area of polygons, on the ellipsoid of WGS 84; where records overlap, of each.').optional(),
  by_kind: z
    .record(z.string(), count('Points of this kind.'))
    .meta({ description: 'Points by kind; under "" those whose kind is not known.' })
    .optional(),
  sums: z.record(z.string(), quantity('1', 'Sum of this measure; unknown values are left out.')).optional(),
  imprecise: count(
    'Points that may lie farther off than half the width of the unit, that of a circle as large.',
  ).optional(),
  series: z.array(count('Events in this step.')).meta({ description: 'In the order of steps.' }).optional(),
  undated: count('Events whose time is not known to within one step: in no step of the series.').optional(),
};

const Values = z.strictObject({
  ...Tally,
  rate: quantity(RATE, 'Events per 1,000 km2 and average month (365.2425 / 12 days).', 6).optional(),
  rate_lower: quantity(RATE, 'Lower bound of the exact 95 % interval (Garwood 1936).', 6).optional(),
  rate_upper: quantity(RATE, 'Upper bound of the exact 95 % interval (Garwood 1936).', 6).optional(),
});
export type Values = z.input<typeof Values>;

const Change = z.strictObject({
  earlier: count('Events in the last whole step but one, in all units.'),
  later: count('Events in the last whole step, in all units.'),
  earlier_step: z.string(),
  later_step: z.string(),
  ratio: quantity('1', 'Events a day, later over earlier; absent when there was none earlier.', 4).optional(),
  ratio_lower: quantity('1', 'Lower bound of the exact 95 % interval.', 4).optional(),
  ratio_upper: quantity('1', 'Upper bound; absent when the interval is open above.', 4).optional(),
  p: quantity('1', 'Of such a difference, or a greater one, were both rates the same; exact, two-sided.', 6),
});
export type Change = z.input<typeof Change>;

const Layer = z.strictObject({
  ...Tally,
  from: z.string().meta({ description: 'Counted from this instant on.' }).optional(),
  to: z.string().meta({ description: 'Counted until this instant, not included.' }).optional(),
  months: quantity('month', 'Between both, in average months of 365.2425 / 12 days.').optional(),
  units: count('Units in which something lies.'),
  change: Change.optional(),
});

/** Of each collection the parts in units and the part outside make the total, to the last digit that is shown. */
export const SummaryNumbers = z.strictObject({
  steps: z
    .array(
      z.strictObject({
        from: z.string(),
        to: z.string(),
        is_whole: z.boolean().meta({ description: 'Whether the window holds all of it: others are not compared.' }),
      }),
    )
    .optional(),
  total: z.array(Layer).meta({ description: 'What is counted of each collection, in units and outside.' }),
  units: z.array(
    z.strictObject({
      unit: UNIT_ID,
      name: z.string().optional(),
      area_km2: quantity('km2', 'On the ellipsoid of WGS 84, without what earlier units share.'),
      shared_km2: quantity('km2', 'Which earlier units share, and to which what lies there is counted.').optional(),
      values: z.array(Values),
    }),
  ),
  outside: z.array(Values).meta({ description: 'What lies in no unit.' }),
});
export type SummaryNumbers = z.input<typeof SummaryNumbers>;
