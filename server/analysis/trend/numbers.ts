import { z } from 'zod';
import { IN_FORCE } from '../../query/analysis/trend/spans.ts';
import { count, quantity } from '../quantity.ts';
import { UNIT_ID } from '../unit-id.ts';
import { SERIES } from './inputs.ts';
import { NOT_DEFINED, TRENDS } from './judge.ts';
import { ALL_MEMBERS, type ListName, type SlopeName } from './members.ts';

const PER_YEAR =
  'Change within a year of what one step has: the median of the slopes of all pairs of steps (Sen 1968).';
const PER_SEASON =
  'Change within a year of what one step has: the median of the slopes of all pairs of the same month, or quarter (Hirsch, Slack & Smith 1982).';

type Quantity = z.ZodOptional<ReturnType<typeof quantity>>;

/** What each step has: of one series those that it has. */
const LISTS = Object.fromEntries(
  ALL_MEMBERS.map(({ list, unit, decimals, about }) => [
    list,
    z
      .array(quantity(unit, about, decimals))
      .meta({ description: 'In the order of steps.' })
      .optional(),
  ]),
) as Record<ListName, z.ZodOptional<z.ZodArray<ReturnType<typeof quantity>>>>;

const slopesOf = (describe: (what: 'slope' | 'lower' | 'upper') => string, bounds: boolean) =>
  Object.fromEntries(
    ALL_MEMBERS.flatMap(({ slope, unit }) => [
      [slope, quantity(`${unit}/a`, describe('slope'), 6).optional()],
      ...(bounds
        ? (['lower', 'upper'] as const).map((what) => [
            `${slope}_${what}`,
            quantity(`${unit}/a`, describe(what), 6).optional(),
          ])
        : []),
    ]),
  );
const BOUNDS = {
  slope: PER_YEAR,
  lower: 'Lower bound of its 95 % interval; absent of a short series.',
  upper: 'Upper bound of its 95 % interval; absent of a short series.',
};
const SLOPES = slopesOf((what) => BOUNDS[what], true) as Record<
  SlopeName | `${SlopeName}_${'lower' | 'upper'}`,
  Quantity
>;
const SEASONAL_SLOPES = slopesOf(() => PER_SEASON, false) as Record<SlopeName, Quantity>;

const Seasonal = z.strictObject({
  s: z.int().meta({ unit: '1', description: 'Over the pairs of the same month, or quarter, of two years.' }),
  variance: quantity('1', 'Of S, the sum of those of the seasons.'),
  z: quantity('1', 'With continuity correction.', 6),
  p: quantity('1', 'Two-sided (Hirsch, Slack & Smith 1982). 0: below 5e-13.', 12),
  ...SEASONAL_SLOPES,
});

const Trend = {
  trend: z.enum(TRENDS),
  not_defined: z.enum(NOT_DEFINED).meta({ description: 'Why there is no test.' }).optional(),
  events: count('In all steps.').optional(),
  records: count('Of what lasts: in force in any of the steps, each once.').optional(),
  total: quantity('1', 'Of the measure of events, in all steps; without one as many as events.').optional(),
  ...LISTS,
  s: z.int().meta({ unit: '1', description: 'Pairs of steps that rise less those that fall (Mann 1945).' }).optional(),
  variance: quantity('1', 'Of S, corrected for ties (Kendall 1975).').optional(),
  z: quantity('1', 'With continuity correction.', 6).optional(),
  p: quantity('1', 'Two-sided. 0: below 5e-13.', 12).optional(),
  exact: z
    .boolean()
    .meta({ description: 'Whether p counts all orders of the steps, as it does below ten, or is normal.' })
    .optional(),
  tau: quantity('1', 'Kendall tau-b, -1 to 1.', 6).optional(),
  ...SLOPES,
  autocorrelation: quantity(
    '1',
    'Of neighbouring steps, without the slope; of independent ones about 0.',
    4,
  ).optional(),
  seasonal: Seasonal.meta({ description: 'Of months and quarters over three years or more.' }).optional(),
};

const corrected = (of: string) =>
  quantity('1', `Corrected for the number of ${of} (Benjamini & Hochberg 1995): it decides.`, 12).optional();

const Counts = (of: string) =>
  z
    .strictObject(
      Object.fromEntries(TRENDS.map((each) => [each, count(of)])) as Record<(typeof TRENDS)[number], z.ZodInt>,
    )
    .optional();

export const TrendNumbers = z.strictObject({
  series_of: z.enum(SERIES),
  of: z.enum(['count', 'rate']),
  in_force: z.enum(IN_FORCE).meta({ description: 'When what lasts counts in a step.' }).optional(),
  measure: z.string().optional(),
  confidence: quantity('%', 'Of what is called a trend.', 1),
  steps: z.array(z.strictObject({ from: z.string(), to: z.string() })),
  steps_left_out: count('Steps that the window cuts, or in which no collection reports.'),
  in_no_step: count('Events whose time is not known to lie in one of these steps.'),
  area_km2: quantity('km2', 'Of the whole, which rates are of.').optional(),
  whole: z.strictObject(Trend),
  by: z.string().meta({ description: 'The field whose values are told apart.' }).optional(),
  classes: z
    .array(
      z.strictObject({
        class: z.string().meta({ description: 'A value of the field; absent: it is not known.' }).optional(),
        ...Trend,
        p_adjusted: corrected('values'),
      }),
    )
    .meta({ description: 'In the order of text. Ground on which there are several counts for each.' })
    .optional(),
  class_trends: Counts('Values of the field.'),
  units: z
    .array(
      z.strictObject({
        unit: UNIT_ID,
        name: z.string().optional(),
        area_km2: quantity('km2', 'On the ellipsoid of WGS 84, without what earlier units share.'),
        ...Trend,
        p_adjusted: corrected('units'),
      }),
    )
    .optional(),
  trends: Counts('Units.'),
});
export type TrendNumbers = z.input<typeof TrendNumbers>;
export type UnitNumbers = NonNullable<TrendNumbers['units']>[number];
export type TrendOf = TrendNumbers['whole'];
export type ClassNumbers = NonNullable<TrendNumbers['classes']>[number];
