import { getHexagonAreaAvg, UNITS } from 'h3-js';
import { byCodeUnit } from '../../core/by-code-unit.ts';
import { InvalidParameter } from '../../core/errors.ts';
import { BASE_RESOLUTION } from '../../core/hex.ts';
import { type CrowdRow, crowdedQuery } from '../../query/analysis/clusters.ts';
import { type EventRow, reportedEventsQuery } from '../../query/analysis/corroborate.ts';
import { countQuery } from '../../query/items.ts';
import { toGeocentric } from '../../stats/geocentric.ts';
import type { DatedPlaces, Reach } from '../../stats/st-dbscan.ts';
import { AnalysisTooLarge, type Estimate } from '../estimate.ts';
import { oncePerQuestion } from '../once.ts';
import { type PlacedEvents, selectPlacedEvents } from '../placed-events.ts';
import type { Question } from '../question.ts';
import type { Given } from './inputs.ts';

/** Events of one question: more take longer to be read than anybody waits. */
const MAX_EVENTS = 500_000;
/** Seconds on one processor: to read an event, and to compare two. */
const SECONDS = { event: 4e-5, comparison: 2e-8 };

/** Of an H3 index: the finest resolution, and how many bits each has. */
const [FINEST, BITS] = [15, 3];

/** An event that is compared. */
export interface Event extends Omit<EventRow, 'first_day' | 'last_day' | 'is_long_period'> {
  readonly collection: string;
  /** Days since 1970-01-01. */
  readonly first: number;
  readonly last: number;
}

export interface Events extends PlacedEvents {
  /** In the order of `byOrder`. */
  readonly events: readonly Event[];
  readonly dated: DatedPlaces;
  readonly leftOut: { readonly imprecise: number; readonly undated: number; readonly vague: number };
}

export const reachOf = ({ eps_km, eps_days, min_points }: Given): Reach => ({
  metres: eps_km * 1_000,
  days: eps_days,
  minPoints: min_points,
});

async function checkNumber({ run }: Question, { selected }: PlacedEvents): Promise<void> {
  let events = 0;
  for (const { layer, filter } of selected) {
    if (layer.time === null) {
      const detail = `"${layer.id}" has no time: clusters are of events near in place and time.`;
      throw new InvalidParameter([{ pointer: '/inputs/events', detail }]);
    }
    const [row] = await run<{ count: number }>(countQuery(layer, filter));
    events += row?.count ?? 0;
  }
  if (events <= MAX_EVENTS) return;
  throw new AnalysisTooLarge(
    `There are ${events.toLocaleString('en')} events; at most ${MAX_EVENTS.toLocaleString('en')} are compared. Narrow the place, the time or the filter.`,
  );
}

/** By what they are, and not by the numbers that a file gave them: who is at the border of two clusters belongs to the first. */
const byOrder = (a: Event, b: Event): number =>
  a.first - b.first ||
  a.last - b.last ||
  a.lon - b.lon ||
  a.lat - b.lat ||
  byCodeUnit(a.collection, b.collection) ||
  byCodeUnit(a.record_id, b.record_id) ||
  a.fid - b.fid;

async function read(question: Question, inputs: Given): Promise<Events> {
  const found = await selectPlacedEvents(question, inputs);
  await checkNumber(question, found);
  const rows = await question.run<EventRow>(reportedEventsQuery(found.selected, inputs.eps_days + 1));
  const limitM = inputs.imprecise === 'exclude' ? inputs.eps_km * 1_000 : Number.POSITIVE_INFINITY;
  const leftOut = { imprecise: 0, undated: 0, vague: 0 };
  const events: Event[] = [];
  for (const { first_day, last_day, is_long_period, ...row } of rows) {
    if (row.precision_m > limitM) leftOut.imprecise += 1;
    else if (first_day === null || last_day === null) leftOut.undated += 1;
    else if (last_day - first_day > inputs.eps_days || is_long_period) leftOut.vague += 1;
    else {
      const collection = found.selected[row.nth]?.layer.id as string;
      events.push({ ...row, collection, first: first_day, last: last_day });
    }
  }
  events.sort(byOrder);
  const dated = {
    xyz: toGeocentric({
      lons: Float64Array.from(events, ({ lon }) => lon),
      lats: Float64Array.from(events, ({ lat }) => lat),
    }),
    first: Int32Array.from(events, ({ first }) => first),
    last: Int32Array.from(events, ({ last }) => last),
  };
  return { ...found, events, dated, leftOut };
}

/** The events of a question in the order that decides, read once for it. @throws AnalysisTooLarge, InvalidParameter */
export const eventsOf = oncePerQuestion(read);

/** As many spans of days as may hold neighbours of an event, and squares as wide as the radius around it. */
const [SPANS, SQUARES] = [3, 9];

/**
 * What comparing them would take, by where and when they crowd: none of them is read for it. In the cells that are as large as a
 * circle of the radius, or larger, all may be at one place; or evenly, and then more cells than one are around each.
 * @throws AnalysisTooLarge, InvalidParameter
 */
export async function estimateClusters(question: Question, inputs: Given): Promise<Estimate> {
  const found = await selectPlacedEvents(question, inputs);
  await checkNumber(question, found);
  let resolution = BASE_RESOLUTION;
  const areaOf = () => getHexagonAreaAvg(resolution, UNITS.km2);
  while (resolution > 0 && areaOf() < Math.PI * inputs.eps_km ** 2) resolution -= 1;
  const bits = BITS * (FINEST - resolution);
  const [row] = await question.run<CrowdRow>(crowdedQuery(found.selected, bits, inputs.eps_days + 1));
  const { events = 0, pairs = 0 } = row ?? {};
  const around = SPANS * Math.max(1, (SQUARES * inputs.eps_km ** 2) / areaOf());
  // Whether each is a core, and then what the cores reach.
  const comparisons = Math.round(2 * pairs * around);
  return { comparisons, seconds: 0.05 + events * SECONDS.event + comparisons * SECONDS.comparison };
}
