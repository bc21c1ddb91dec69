import { z } from 'zod';
import { GROUND_STATES } from '../ground.ts';
import { count, quantity } from '../quantity.ts';

const km = (description: string) => quantity('km', description);
const byKind = () => z.record(z.string(), count('Events of this kind.'));
const sums = () => z.record(z.string(), quantity('1', 'Sum of this measure of the collections, such as killed.'));
const state = z.enum(GROUND_STATES).meta({
  description:
    'held: one actor holds it. contested: a record says so. influence: one actor operates there. overlap: several actors are recorded there. not recorded: nobody is.',
});
const ground = { state, actors: z.array(z.string()) };

const rate = (unit: string, of: string) => ({
  rate: quantity(unit, `Events per ${of} and month; a month is 365.2425 / 12 days.`, 6),
  rate_lower: quantity(unit, 'Lower bound of the exact 95 % interval (Garwood).', 6),
  rate_upper: quantity(unit, 'Upper bound of the exact 95 % interval (Garwood).', 6),
});
const along = z.object(rate('1/100 km/month', '100 km of line in the study area')).partial().shape;
const perArea = rate('1/1000 km2/month', '1,000 km2');
const side = z.strictObject({
  events: count('Events in the study area, on this side.'),
  area_km2: quantity(
    'km2',
    'Of this side of the study area, on the ellipsoid. The band along the line is known to within 0.1 %.',
    1,
  ),
  ...perArea,
});

/** The numbers of a corridor. What is not defined (a rate without exposure, a ratio to nothing) is left out. */
export const CorridorNumbers = z.strictObject({
  length_km: km('Of the line: the sum of its geodesics on WGS 84.'),
  within_km: km('How far from the line, on each side.'),
  bin_km: km('Length of a bin of chainage; the last may be shorter.'),
  from: z.string().optional().meta({ description: 'Beginning of the window, ISO 8601 UTC.' }),
  until: z.string().optional().meta({ description: 'End of the window, not included.' }),
  months: quantity('month', 'Length of the window; a month is 365.2425 / 12 days.').optional(),
  collections: z.array(
    z.strictObject({
      collection: z.string(),
      count: count('Records within the distance.'),
      left_out: count('Records that would be within, whose position is not known to within the distance.'),
      listed: count('The nearest of them, which are listed.'),
    }),
  ),
  events: z.strictObject({
    count: count('Events within the distance.'),
    in_study_area: count('Of them, those in the study area, of which rates are.'),
    by_kind: byKind(),
    sums: sums(),
    ...along,
  }),
  strip: z.array(
    z.strictObject({
      from_km: km('Chainage where the bin begins.'),
      to_km: km('Chainage where it ends.'),
      in_study_area_km: km('Its length in the study area, of which the rate is.'),
      count: count('Events whose nearest place on the line is in the bin.'),
      by_kind: byKind(),
      sums: sums(),
      ...along,
    }),
  ),
  outside_study_area_km: km('Length of the line outside the study area.').optional(),
  study_area: z
    .strictObject({
      area_km2: quantity('km2', 'On the ellipsoid.', 1),
      partly_in_window: count(
        'Events in it whose time is known only to a span that reaches out of the window, such as a year: each counts whole.',
      ),
      inside: side.optional(),
      outside: side.optional(),
      rate_ratio: quantity('1', 'Rate inside the band over the rate outside it.').optional(),
      rate_ratio_lower: quantity('1', 'Lower bound of the exact 95 % interval.').optional(),
      rate_ratio_upper: quantity('1', 'Upper bound; absent: there is none.').optional(),
      p: quantity('1', 'Two-sided, of as great a difference were both rates the same.', 6).optional(),
    })
    .optional(),
  control: z
    .strictObject({
      at: z.string().optional().meta({ description: 'ISO 8601 UTC; absent: what had not ended.' }),
      stretches: z.array(
        z.strictObject({
          from_km: km('Chainage.'),
          to_km: km('Chainage.'),
          length_km: km('The lengths add up to that of the line.'),
          ...ground,
        }),
      ),
      by_state: z.record(z.string(), km('Length of line in this state; together that of the line.')),
      changes: z.array(
        z.strictObject({
          at: z.string(),
          from_km: km('Chainage.'),
          to_km: km('Chainage.'),
          before: z.strictObject(ground),
          after: z.strictObject(ground),
        }),
      ),
    })
    .optional(),
  crossings: z.array(
    z.strictObject({
      kind: z.enum(['border', 'river']),
      collection: z.string(),
      item: z.int(),
      name: z.strictObject({ en: z.string(), fr: z.string() }).optional(),
      chainage_km: km('Where along the line.'),
    }),
  ),
});
export type CorridorNumbers = z.input<typeof CorridorNumbers>;
