import { z } from 'zod';
import { STEPS } from '../../query/analysis/summary/points.ts';
import { count, quantity } from '../quantity.ts';
import { UNIT_ID } from '../unit-id.ts';

/** How often something is reported, for a map: share of the steps with any report. */
export const OFTEN = ['never', 'seldom', 'at-times', 'mostly'] as const;

const day = (description: string) => z.string().meta({ description }).optional();

const Span = {
  first: day('The first day of the first report whose time lies in one step.'),
  last: day('The last day of the last such report.'),
};

const Reported = {
  events: count('Events in the window, in units.'),
  undated: count('Of them those whose time is not known to lie in one step: they are a report of no step.'),
  imprecise: count(
    'Of them those that may lie in another unit: the position is known less well than half the unit is wide.',
  ),
  sources: count('Sources that are named.'),
  by_confidence: z.record(z.string(), count('Events of this confidence.')),
  steps_reported: count('Steps in which something is reported.'),
  steps_share: quantity('1', 'Of all steps.', 4),
  recent_silence: count('Steps since the last report, up to the end of the window.'),
  ...Span,
};

const Silence = z.strictObject({
  from: z.string().meta({ description: 'The first day.' }),
  to: z.string().meta({ description: 'The first day after it.' }),
  steps: count('Steps without any report.'),
});

export const CoverageNumbers = z.strictObject({
  from: z.string().meta({ description: 'The window, from this instant on.' }),
  to: z.string().meta({ description: 'The window, until this instant, not included.' }),
  step: z.enum(STEPS),
  steps: z.array(
    z.strictObject({
      from: z.string(),
      to: z.string(),
      is_whole: z.boolean().meta({ description: 'Whether the window holds all of it.' }),
      events: count('Events in this step.'),
      units: count('Units in which something is reported.'),
      sources: count('Sources that are named.'),
    }),
  ),
  total: z.strictObject({
    ...Reported,
    units_all: count('Units of the study area.'),
    units_reported: count('Units in which something is reported in the window.'),
    area_km2: quantity('km2', 'Of all units.'),
    area_share: quantity('1', 'The share of the area in whose units something is reported in the window.', 4),
    units_ever: count('Units in which something was reported at any time.'),
    area_share_ever: quantity('1', 'The share of the area in whose units something was reported at any time.', 4),
    unsourced: count('Events that name no source.'),
    outside: count('Events in no unit.'),
  }),
  silences: z.array(Silence).meta({ description: 'Stretches of steps in which nothing is reported in any unit.' }),
  collections: z.array(
    z.strictObject({
      collection: z.string(),
      events: count('Events in the window, in units.'),
      undated: count('Of them those in no step.'),
      sources: count('Sources that are named.'),
      units: count('Units in which it reports.'),
      ...Span,
    }),
  ),
  sources: z
    .array(
      z.strictObject({
        source: z.string(),
        events: count('Events of which it tells; one with several sources counts with each.'),
        undated: count('Of them those in no step.'),
        units: count('Units in which it reports.'),
        ...Span,
      }),
    )
    .meta({ description: 'The most first, at most 100.' }),
  sources_more: count('Sources that are not listed.'),
  units: z
    .array(
      z.strictObject({
        unit: UNIT_ID,
        name: z.string().optional(),
        area_km2: quantity('km2', 'On the ellipsoid of WGS 84; of a hexagon on the sphere of H3.'),
        often: z.enum(OFTEN).meta({
          description: 'Steps with a report: never; seldom: under 10 %; at-times: under 50 %; mostly: 50 % or more.',
        }),
        ...Reported,
        collections: count('Collections that report.'),
        longest_silence: Silence.optional(),
        series: z.array(count('Events in this step.')).meta({ description: 'In the order of steps.' }).optional(),
      }),
    )
    .meta({ description: 'All units of the study area, those without a report too.' }),
});
export type CoverageNumbers = z.input<typeof CoverageNumbers>;
