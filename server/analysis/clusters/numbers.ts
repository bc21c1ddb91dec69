import { z } from 'zod';
import { count, quantity } from '../quantity.ts';

export const ClustersNumbers = z.strictObject({
  events: count('Events that are compared.'),
  first_day: z.string().meta({ description: 'The first day on which one of them may have been.' }).optional(),
  last_day: z.string().meta({ description: 'The last.' }).optional(),
  left_out: z.strictObject({
    imprecise: count('Events whose position is not known to within `eps_km`; 0 where they are included.'),
    undated: count('Of the others those whose time is not known, or not to within ten years.'),
    vague: count('Of the others those whose time is known only to a span that is longer than `eps_days`.'),
  }),
  clusters: count('All clusters found.'),
  in_clusters: count('Events in clusters.'),
  share_in_clusters: quantity('1', 'Their share; 0 without events.', 4),
  cores: count('Events that have `min_points` neighbours, themselves among them.'),
  noise: count('Events in no cluster.'),
  at_one_place: count('Clusters all of whose events have the same position.'),
  neighbour_km: z
    .strictObject({
      asked: count('Events that were asked: at most 400, at equal steps in the order of time.'),
      without: count('Of them those that have not so many others within `eps_days`, however far away.'),
      first_quartile: quantity('km', 'A quarter of those that have one have it at most so far away.'),
      median: quantity('km', 'Half of them have.'),
      third_quartile: quantity('km', 'Three quarters of them have.'),
    })
    .meta({
      description:
        'How far away the neighbour is that makes an event a core: the (`min_points` - 1)th nearest other one within `eps_days`. To judge `eps_km` by. Left out when none has one.',
    })
    .optional(),
  listed: count('Clusters in the table: those with the most events.'),
  members_listed: count('Events of these in `features.members`.'),
  table: z.array(
    z.strictObject({
      cluster: count('Its number: clusters are numbered by their earliest core.'),
      events: count('Events in it.'),
      cores: count('Of them those that are cores.'),
      places: count('Different positions among them.'),
      first_day: z.string(),
      last_day: z.string(),
      days: quantity('d', 'From the first day to the last, both counted.', 0),
      lon: quantity('deg', 'Of its middle: the mean of its positions on the earth.', 5),
      lat: quantity('deg', 'Of its middle.', 5),
      hull_km2: quantity(
        'km2',
        'Of the convex hull of its positions. Left out where it has none: positions at one place, or on a line.',
      ).optional(),
      killed: count('Sum of those killed, where it is known. Left out where it is known of none.').optional(),
      injured: count('Sum of those injured, likewise.').optional(),
      kinds: z.record(z.string(), count('Events of that kind; of none: "".')),
      items: z
        .array(z.strictObject({ collection: z.string(), item: count('Number of the record.') }))
        .meta({ description: 'Its events in the order of time, at most 100.' }),
    }),
  ),
});
export type Numbers = z.input<typeof ClustersNumbers>;
export type ClusterRow = Numbers['table'][number];
