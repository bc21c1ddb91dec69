import { z } from 'zod';
import { count, quantity } from '../quantity.ts';

const density = (what: string) => quantity('1/1000 km2', `${what}, per 1,000 km2 in the window.`, 6);
const monthly = (what: string) =>
  quantity('1/1000 km2/month', `${what}, per 1,000 km2 and average month. Left out where the window is not known.`, 6);

export const DensityNumbers = z.strictObject({
  events: count('Events that are spread.'),
  total: quantity('1', 'What is spread: their number, or the sum of the measure.'),
  places: count('Different positions among them.'),
  from: z.string().meta({ description: 'Where the window begins.' }).optional(),
  to: z.string().meta({ description: 'Where it ends: the first day that is no longer part of it.' }).optional(),
  months: quantity('month', 'Of the window: average months of 365.2425 / 12 days.', 3).optional(),
  left_out: z.strictObject({
    imprecise: count('Events whose position is not known to within the bandwidth; 0 where they are included.'),
    without_value: count('Of the others those of which the measure is not known: they add nothing.'),
  }),
  bandwidth: z.strictObject({
    km: quantity('km', 'The radius within which an event is spread.'),
    by: z.enum(['given', 'silverman', 'precision', 'least', 'most']).meta({
      description:
        'By what: given; by Silverman’s rule; the median precision of the positions, below which none is recommended; the least (1 km) or the most (500 km) that is.',
    }),
    rule_km: quantity('km', 'By the rule. Left out where all events are at one place.').optional(),
    standard_distance_km: quantity('km', 'The standard distance of all events from their middle.').optional(),
    median_distance_km: quantity('km', 'Their median distance from it.').optional(),
    median_precision_km: quantity('km', 'To within which half of their positions are known.').optional(),
  }),
  peak: z
    .strictObject({
      density: density('The highest density'),
      monthly: monthly('The highest density').optional(),
      lon: quantity('deg', 'Where it is.', 4),
      lat: quantity('deg', 'Where it is.', 4),
    })
    .meta({ description: 'Left out where nothing is spread.' })
    .optional(),
  not_defined: z
    .enum(['no-events', 'no-sum'])
    .meta({ description: 'Why there is no density: no event is left, or the measure of all is 0 or not known.' })
    .optional(),
  levels: z.array(
    z.strictObject({
      share: quantity('1', 'Of the peak, or of the volume, as `level_of` has it.', 4),
      density: density('At the contour'),
      monthly: monthly('At the contour').optional(),
      area_km2: quantity('km2', 'Where the density is at least that.'),
      polygons: count('Separate areas of it.'),
      events: count('Events in them.'),
    }),
  ),
  hexagons: z.strictObject({
    resolution: count('H3.').optional(),
    drawn: count('Hexagons with a density above 0 at their middle.'),
    width_km: quantity('km', 'The diameter of a circle as large as one.').optional(),
  }),
});
export type Numbers = z.input<typeof DensityNumbers>;
