import { z } from 'zod';
import { quantity } from '../quantity.ts';

const text = (description: string) => z.string().meta({ description });
const optional = (description: string) => z.string().meta({ description }).optional();
const moment = (what: string) => optional(`${what} A day or an instant, UTC; absent: open.`);

const claim = z.strictObject({
  collection: text('Collection of the record.'),
  item: z.int().min(0).meta({ description: 'Number of the record.' }),
  record: text('Its `record_id`.'),
  actor: optional('Who; absent: not named.'),
  alignment: optional('With whom it stands, as recorded.'),
  control: optional('holds, contested, influence; absent: not said.'),
  from: moment('Since when the record holds.'),
  to: moment('Until when, not included.'),
  certainty: z.enum(['inside', 'as_drawn', 'uncertain']).optional().meta({
    description:
      'Of a point. as_drawn: inside, but the outline may be off by more than its distance. uncertain: where the point may lie reaches over the outline.',
  }),
  outline_away_km: quantity('km', 'Of a point: how far it is from the outline.').optional(),
  outline_precision_km: quantity('km', 'How far off the outline may be.'),
  source: text('Source of the record.'),
  locator: text('Where in the source.'),
});

const span = z.strictObject({
  from: moment('When the span begins.'),
  to: moment('When it ends, not included.'),
  days: quantity('d', 'Its length; absent: open.').optional(),
  status: z.enum(['not_recorded', 'one', 'several', 'uncertain']).meta({
    description:
      'one: a single actor; several: each is listed; at a point their areas overlap, in an area the shares tell who is where; uncertain: of a point, where it may lie reaches over an outline; not_recorded: nobody is recorded, which does not say that nobody was there.',
  }),
  actors: z.array(z.string()).meta({ description: 'Who is recorded; one that is not named is left out.' }),
  shares: z
    .array(
      z.strictObject({
        actors: z.array(z.string()).meta({ description: 'Recorded there together; empty: not recorded.' }),
        unnamed: z.boolean().optional().meta({ description: 'Also one that is not named.' }),
        share: quantity('1', 'Of the area; those of a span add up to 1.', 6),
      }),
    )
    .optional()
    .meta({ description: 'Of an area: how it is shared.' }),
  claims: z.array(claim),
});

const km2 = (description: string) => quantity('km2', description);
const changes = {
  before_km2: km2('Recorded at the first date: kept + lost.'),
  after_km2: km2('Recorded at the second date: kept + gained, which is before + gained - lost.'),
  kept_km2: km2('Recorded at both.'),
  gained_km2: km2('Recorded at the second only.'),
  lost_km2: km2('Recorded at the first only.'),
  no_longer_recorded_km2: km2('Of what is lost: where nobody is recorded at the second date.'),
  newly_contested_km2: km2('Recorded as contested at the second date, and for nobody at the first.'),
};

export const TimelineNumbers = z.strictObject({
  place: z
    .strictObject({
      kind: z.enum(['point', 'area']),
      precision_km: quantity('km', 'Of a point: how far off it may be.').optional(),
      area_km2: km2('Of an area.').optional(),
    })
    .optional()
    .meta({ description: 'Absent when only two dates are compared everywhere.' }),
  spans: z.array(span).meta({ description: 'In order, without holes.' }),
  days: z
    .strictObject({
      recorded: quantity('d', 'With one actor or several.'),
      uncertain: quantity('d', 'With an actor of whom it is not certain.'),
      not_recorded: quantity('d', 'With none.'),
    })
    .optional()
    .meta({ description: 'Add up to the window; absent where it is open.' }),
  compare: z
    .strictObject({
      dates: z.tuple([z.string(), z.string()]),
      actors: z.array(z.strictObject({ actor: optional('Absent: not named.'), ...changes })),
      all: z.strictObject({
        ...changes,
        shared_before_km2: km2('With more than one actor at the first date.'),
        shared_after_km2: km2('With more than one actor at the second date.'),
      }),
    })
    .optional(),
});
export type TimelineNumbersIn = z.input<typeof TimelineNumbers>;
