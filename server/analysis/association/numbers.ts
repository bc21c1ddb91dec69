import { z } from 'zod';
import { count, quantity } from '../quantity.ts';

const words = z.strictObject({ en: z.string(), fr: z.string() });

const pooled = z.strictObject({
  ratio: quantity(
    '1',
    'The rate here over that beyond the last band, like compared with like (Mantel-Haenszel).',
    3,
  ).optional(),
  ratio_lower: quantity('1', 'Lower end of its 95 % interval (Greenland & Robins 1985).', 3).optional(),
  ratio_upper: quantity('1', 'Upper end.', 3).optional(),
  strata: count('Bands of distance from places that have ground on both sides, and events.'),
});

export const AssociationNumbers = z.strictObject({
  events: count('Events in the study area that are known well enough.'),
  left_out: z.strictObject({ imprecise: count('Events there whose position is not known to within the first band.') }),
  shapes: count('Shapes of `to`.'),
  study_area: z.strictObject({
    title: words,
    area_km2: quantity('km2', 'On the ellipsoid.', 0),
    samples: count('Places of the lattice in it, at which distances are measured.'),
    spacing_km: quantity('km', 'About how far apart these are.', 2),
  }),
  months: quantity('1', 'Months of the window; left out where an end is not known.', 2)
    .meta({ unit: 'month' })
    .optional(),
  not_defined: z
    .enum(['no-events', 'no-shapes', 'no-reference'])
    .meta({
      description: 'Why nothing can be said; no-reference: nothing of the study area lies beyond the last band.',
    })
    .optional(),
  verdict: z
    .enum(['no-difference', 'remains', 'may-be-explained', 'reversed', 'appears', 'crude-only', 'cannot-tell'])
    .meta({
      description:
        'Of the first band, by whether the intervals of the crude and of the adjusted ratio leave 1 out. crude-only: there are no places to allow for.',
    }),
  bands: z.array(
    z.strictObject({
      distance: words.meta({ description: 'The band of distance from `to` in words.' }),
      is_inside: z.boolean().meta({ description: 'Inside a polygon of `to`.' }),
      from_km: quantity('km', 'Where it begins.').optional(),
      to_km: quantity('km', 'Where it ends, which it leaves out; the last one has no end.').optional(),
      events: count('Events in it.'),
      area_km2: quantity('km2', 'How large it is: cells of the lattice, cut into four where bands meet.', 0),
      area_error_km2: quantity(
        'km2',
        'Off by about no more than so much in 95 cases of 100, from the cells in which bands meet.',
        0,
      ),
      rate: quantity('1/1000 km2/month', 'Events per 1,000 km2 and month.', 6).optional(),
      rate_lower: quantity('1/1000 km2/month', 'Lower end of its exact 95 % interval.', 6).optional(),
      rate_upper: quantity('1/1000 km2/month', 'Upper end.', 6).optional(),
      ratio: quantity('1', 'Its rate over that beyond the last band.', 3).optional(),
      ratio_lower: quantity('1', 'Lower end of its exact 95 % interval.', 3).optional(),
      ratio_upper: quantity('1', 'Upper end; left out where it is open.', 3).optional(),
      p: quantity(
        '1',
        'Of as great a difference, or a greater one, were both rates the same; two-sided. 0: below 0.0000005.',
        6,
      ).optional(),
      adjusted: pooled.meta({ description: 'The same after allowing for the distance to places.' }).optional(),
      expected_in_strata: quantity('1', 'Events here, were each anywhere at its distance from places.', 2).optional(),
      p_in_strata: quantity(
        '1',
        '(M + 1) / (R + 1): of R such relocations M have as many here, or more.',
        6,
      ).optional(),
    }),
  ),
  strata: z.array(
    z.strictObject({
      distance: words.meta({ description: 'The band of distance from the nearest place in words.' }),
      events: z.array(count('Events, by band of distance from `to`.')),
      area_km2: z.array(quantity('km2', 'Area, by band of distance from `to`.', 0)),
    }),
  ),
  nearest_km: z
    .strictObject({
      mean: quantity('km', 'From an event to the nearest shape.'),
      median: quantity('km', 'Half of the events are as near, or nearer.'),
      mean_of_area: quantity('km', 'From anywhere in the study area, on average.'),
    })
    .optional(),
  shifts: z
    .strictObject({
      done: count('How often the events were shifted as a whole.'),
      mean_km: quantity('km', 'From an event to the nearest shape, by the place of the lattice nearest to it.'),
      mean_km_shifted: quantity('km', 'The same of shifted events, on average.'),
      p_nearer: quantity(
        '1',
        '(M + 1) / (R + 1): M of R shifts are as near, or nearer, beside the ground that they reach.',
        6,
      ),
      p_farther: quantity('1', 'The same for as far, or farther.', 6),
      within: z.array(
        z.strictObject({
          to_km: quantity('km', 'Nearer than this; 0: inside.'),
          share: quantity('1', 'Of the events.', 4),
          share_shifted: quantity('1', 'Of shifted events, on average.', 4),
          p: quantity('1', '(M + 1) / (R + 1): M of R shifts have as large a share there, or larger.', 6),
        }),
      ),
    })
    .meta({ description: 'Left out where `shifts_not_defined` says why, or nothing can be said at all.' })
    .optional(),
  shifts_not_defined: z
    .enum(['empty', 'too-thin'])
    .meta({
      description:
        'Why nothing is said by shifts. too-thin: the study area fills so little of its box that shifted events mostly fall out of it. empty: no event lies in a cell of the study area.',
    })
    .optional(),
  listed: count('Events among the features: the nearest.'),
});
export type Numbers = z.input<typeof AssociationNumbers>;
export type BandNumbers = Numbers['bands'][number];
