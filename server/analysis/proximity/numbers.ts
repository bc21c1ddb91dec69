import { z } from 'zod';
import { count, quantity } from '../quantity.ts';

const side = (of: string) =>
  z.strictObject({
    collection: z.string(),
    records: count(`Records of \`${of}\` that are asked.`),
  });

export const ProximityNumbers = z.strictObject({
  from: side('from'),
  to: side('to'),
  pairs: count(
    'All pairs found. Within one collection a pair within a distance counts once; a nearest neighbour counts for each record that has it.',
  ),
  pairs_certain: count(
    'Pairs that are within `within_km` however far off both positions are. Left out without `within_km`, or with `nearest`.',
  ).optional(),
  with_neighbour: count('Records of `from` that have at least one neighbour.'),
  share_with_neighbour: quantity('1', 'Their share of all records of `from`; 0 when there are none.', 4),
  nearest_km: z
    .strictObject({
      first_quartile: quantity('km', 'A quarter of them have a neighbour at most so far away.'),
      median: quantity('km', 'Half of them have.'),
      third_quartile: quantity('km', 'Three quarters of them have.'),
    })
    .meta({ description: 'Distance to the nearest, of records that have one. Left out when none has.' })
    .optional(),
  listed: count('Pairs in the table: the closest.'),
  table: z.array(
    z.strictObject({
      from_item: count('Number of the record of `from`.'),
      from_record: z.string(),
      to_item: count('Number of the record of `to`.'),
      to_record: z.string(),
      distance_km: quantity('km', 'Geodesic, on WGS 84, between the nearest points of both; 0 when they meet.'),
      at_least_km: quantity('km', 'The distance less the precision of both positions, not below 0.'),
      at_most_km: quantity('km', 'The distance and the precision of both positions.'),
      bearing_deg: quantity(
        'deg',
        'Of the geodesic where it begins, clockwise from north. Left out when they meet, or when one is over 20 degrees wide.',
        1,
      ).optional(),
      rank: count('1 for the nearest; only with `nearest`.').optional(),
      interval: z.strictObject({ en: z.string(), fr: z.string() }).meta({ description: 'The distance in words.' }),
    }),
  ),
});
export type Numbers = z.input<typeof ProximityNumbers>;
export type Pair = Numbers['table'][number];
