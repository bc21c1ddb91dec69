import { z } from 'zod';
import { CorridorNumbers } from '../corridor/numbers.ts';
import { count, quantity } from '../quantity.ts';

const way = count('Number of the way, from 1, in the order asked.');
const localized = z.strictObject({ en: z.string(), fr: z.string() });

export const RouteNumbers = z.strictObject({
  ways: z.array(
    z.strictObject({
      way,
      title: localized,
      measures: CorridorNumbers.meta({ description: 'As the process `corridor` has them.' }),
    }),
  ),
  table: z
    .array(
      z.strictObject({
        measure: z.string(),
        title: localized,
        unit: z.string(),
        values: z.array(z.strictObject({ way, value: quantity('see unit', 'In the unit of its row.', 6) })),
      }),
    )
    .meta({ description: 'The measures side by side. What is not defined for a way is left out.' }),
  comparisons: z
    .array(
      z.strictObject({
        way,
        than: way,
        length_km: quantity('km', 'Length of the way less that of the other.'),
        events: z.int().meta({ unit: '1', description: 'Events within the distance, less those of the other.' }),
        shared_events: count('Events within the distance of both: each of the two counts them.'),
        rate: quantity('1/100 km/month', 'Rate less that of the other; left out when one has none.', 6).optional(),
        rate_ratio: quantity('1', 'Rate over that of the other; left out when the other has no event.').optional(),
        rate_ratio_lower: quantity('1', 'Lower bound of the exact 95 % interval.').optional(),
        rate_ratio_upper: quantity('1', 'Upper bound; absent: there is none.').optional(),
        p: quantity('1', 'Two-sided, of as great a difference were both rates the same.', 6).optional(),
      }),
    )
    .meta({ description: 'Each way beside each that comes before it.' }),
});
export type Numbers = z.input<typeof RouteNumbers>;
