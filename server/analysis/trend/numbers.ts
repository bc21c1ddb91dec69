import { z } from 'zod';
import { count, quantity } from '../quantity.ts';
import { UNIT_ID } from '../unit-id.ts';
import { NOT_DEFINED, TRENDS } from './judge.ts';

const RATE = '1/1000 km2/month';
const PER_YEAR =
  'Change within a year of what one step has: the median of the slopes of all pairs of steps (Sen 1968).';

const Trend = {
  trend: z.enum(TRENDS),
  not_defined: z.enum(NOT_DEFINED).meta({ description: 'Why there is no test.' }).optional(),
  events: count('In all steps.'),
  total: quantity('1', 'Of the measure, in all steps; without one as many as events.'),
  series: z.array(quantity('1', 'What is counted in this step.')).meta({ description: 'In the order of steps.' }),
  rates: z.array(quantity(RATE, 'Of this step.', 6)).optional(),
  s: z.int().meta({ unit: '1', description: 'Pairs of steps that rise less those that fall (Mann 1945).' }).optional(),
  variance: quantity('1', 'Of S, corrected for ties (Kendall 1975).').optional(),
  z: quantity('1', 'With continuity correction.', 6).optional(),
  p: quantity('1', 'Two-sided. 0: below 5e-13.', 12).optional(),
  exact: z
    .boolean()
    .meta({ description: 'Whether p counts all orders of the steps, as it does below ten, or is normal.' })
    .optional(),
  tau: quantity('1', 'Kendall tau-b, -1 to 1.', 6).optional(),
  slope: quantity('1/a', PER_YEAR, 6).optional(),
  slope_lower: quantity('1/a', 'Lower bound of its 95 % interval; absent of a short series.', 6).optional(),
  slope_upper: quantity('1/a', 'Upper bound of its 95 % interval.', 6).optional(),
  rate_slope: quantity(`${RATE}/a`, `${PER_YEAR} Of the rates.`, 6).optional(),
  rate_slope_lower: quantity(`${RATE}/a`, 'Lower bound of its 95 % interval; absent of a short series.', 6).optional(),
  rate_slope_upper: quantity(`${RATE}/a`, 'Upper bound of its 95 % interval.', 6).optional(),
  autocorrelation: quantity(
    '1',
    'Of neighbouring steps, without the slope; of independent ones about 0.',
    4,
  ).optional(),
};

const Seasonal = z.strictObject({
  s: z.int().meta({ unit: '1', description: 'Over the pairs of the same month, or quarter, of two years.' }),
  variance: quantity('1', 'Of S, the sum of those of the seasons.'),
  z: quantity('1', 'With continuity correction.', 6),
  p: quantity('1', 'Two-sided (Hirsch, Slack & Smith 1982). 0: below 5e-13.', 12),
});

export const TrendNumbers = z.strictObject({
  of: z.enum(['count', 'rate']),
  measure: z.string().optional(),
  confidence: quantity('%', 'Of what is called a trend.', 1),
  steps: z.array(z.strictObject({ from: z.string(), to: z.string() })),
  steps_left_out: count('Steps that the window cuts, or in which no collection reports.'),
  in_no_step: count('Events whose time is not known to lie in one of these steps.'),
  area_km2: quantity('km2', 'Of the whole, which rates are of.').optional(),
  whole: z.strictObject({ ...Trend, seasonal: Seasonal.optional() }),
  units: z
    .array(
      z.strictObject({
        unit: UNIT_ID,
        name: z.string().optional(),
        area_km2: quantity('km2', 'On the ellipsoid of WGS 84, without what earlier units share.'),
        ...Trend,
        p_adjusted: quantity(
          '1',
          'Corrected for the number of units (Benjamini & Hochberg 1995): it decides.',
          12,
        ).optional(),
      }),
    )
    .optional(),
  trends: z
    .strictObject(
      Object.fromEntries(TRENDS.map((each) => [each, count('Units.')])) as Record<(typeof TRENDS)[number], z.ZodInt>,
    )
    .optional(),
});
export type TrendNumbers = z.input<typeof TrendNumbers>;
export type UnitNumbers = NonNullable<TrendNumbers['units']>[number];
