import { z } from 'zod';
import { count, quantity } from '../quantity.ts';

const share = (description: string) => quantity('1', description, 4);

const report = z.strictObject({
  collection: z.string(),
  item: count('Number of the record.'),
  record: z.string(),
  sources: z.array(z.string()),
});

export const CorroborateNumbers = z.strictObject({
  reports: count('Reports that were compared.'),
  by_collection: z.array(z.strictObject({ collection: z.string(), reports: count('Reports of it.') })),
  undated: count('Reports whose date is not known to within ten years: they are not linked by score.'),
  pairs: count('Pairs of reports that are near in place and time.'),
  pairs_suggested: count('Of them, pairs with at least `min_score`.'),
  groups: count('Events that more than one report tells of, as suggested or decided.'),
  reports_in_groups: count('Reports in those.'),
  events: count('Events when each is counted once: groups, and reports that stand alone.'),
  decisions_obeyed: count('Decisions about at least two of the reports.'),
  decisions_idle: count('Decisions of which fewer than two records are among the reports.'),
  killed: z.strictObject({
    events: count('Events for which a report states the number of killed.'),
    at_least: count('Killed when each event is counted once, by the lowest number that is reported of each.'),
    at_most: count('The same by the highest number.'),
    reported: count('What adding up all reports would give: the same deaths more than once.'),
  }),
  weights: z
    .strictObject({
      place: share('Of the place.'),
      time: share('Of the time.'),
      kind: share('Of the kind.'),
      casualties: share('Of killed and injured.'),
    })
    .meta({ description: 'As shares of 1.' }),
  suggestions: z
    .array(
      z.strictObject({
        event: count('Number of the event.'),
        reports: z.array(report),
        killed_at_least: count('Lowest number reported; left out when none is.').optional(),
        killed_at_most: count('Highest number reported.').optional(),
        lowest_score: share(
          'Of the pairs of it that are near in place and time; left out when it is decided alone.',
        ).optional(),
        decided: z.boolean().meta({ description: 'Whether a decision put reports of it together.' }),
      }),
    )
    .meta({ description: 'Groups, for a person to review: the largest first.' }),
  table: z
    .array(
      z.strictObject({
        a: report,
        b: report,
        score: share('Weighted mean of the four that follow.'),
        place: share('1 as near as the precision of both allows, 0 `within_km` farther; less for vague positions.'),
        time: share('1 for days that may be the same, 0 beyond `within_days`; less for vague dates.'),
        kind: share('1 the same, 0 another; 0.5 when one is not stated, or "other".'),
        casualties: share('1 the same number, less the more they differ; 0.5 when one is not stated.'),
        distance_km: quantity('km', 'Geodesic, between the positions.'),
        gap_days: count('Days between; 0 when both may be of one day.'),
        linked: z.boolean().meta({
          description:
            'Whether they are in one event. If not, a decision or a better link of the same source stands against it.',
        }),
      }),
    )
    .meta({ description: 'Suggested pairs, the best first.' }),
});
export type Numbers = z.input<typeof CorroborateNumbers>;
