import { InvalidParameter } from '../../core/errors.ts';
import { type CrowdRow, crowdQuery, type PlaceRow, placesQuery } from '../../query/analysis/density.ts';
import type { LonLats } from '../../stats/geocentric.ts';
import type { WeightedPlaces } from '../../stats/kernel-density.ts';
import { checkMeasure } from '../check-measure.ts';
import { AnalysisTooLarge } from '../estimate.ts';
import { oncePerQuestion } from '../once.ts';
import { type PlacedEvents, selectPlacedEvents } from '../placed-events.ts';
import type { Question } from '../question.ts';
import { type Bandwidth, chooseBandwidth } from './choose-bandwidth.ts';
import type { Given } from './inputs.ts';

/** Events of one question: more take longer to be read than anybody waits. */
const MAX_EVENTS = 2_000_000;
/** Those at one place are read together: so many places are held in memory. */
const MAX_PLACES = 500_000;

/** The events of a question, those at one place together. */
export interface Places extends PlacedEvents, WeightedPlaces {
  /** Of each place, how many events; `weights` are these, or sums of the measure. */
  readonly counts: Float64Array;
  readonly bandwidth: Bandwidth;
  /** How many are spread. */
  readonly events: number;
  /** What is spread: their number, or the sum of the measure. */
  readonly total: number;
  readonly leftOut: {
    /** Not known to within the bandwidth. */
    readonly imprecise: number;
    /** Of the others: without a value of the measure. */
    readonly withoutValue: number;
  };
  /** Of those that are spread: not known to within the bandwidth. */
  readonly imprecise: number;
  /** Where all events are, also those left out. Degrees. */
  readonly reported: LonLats;
}

/** How many events there are and how they lie, found out before any is read. */
interface Crowd {
  readonly events: number;
  /** No fewer than there are places, but for what is nearer than a cell is wide. */
  readonly cells: number;
  /** Kilometres, no less than their standard distance. */
  readonly spreadKm: number;
}

/** Kilometres of a degree, along the equator as anywhere. */
const DEGREE_KM = 111.4;

/** Of several sets together: of one coordinate the variance. */
function pooled(sets: readonly (readonly [events: number, mean: number, variance: number])[]): number {
  const all = sets.reduce((sum, [events]) => sum + events, 0);
  if (all === 0) return 0;
  const mean = sets.reduce((sum, [events, own]) => sum + events * own, 0) / all;
  return sets.reduce((sum, [events, own, variance]) => sum + events * (variance + (own - mean) ** 2), 0) / all;
}

/** @throws AnalysisTooLarge */
export async function findCrowd({ run }: Question, { selected }: PlacedEvents): Promise<Crowd> {
  const rows: CrowdRow[] = [];
  for (const { layer, filter } of selected) rows.push(...(await run<CrowdRow>(crowdQuery(layer, filter))));
  const events = rows.reduce((sum, row) => sum + row.events, 0);
  const cells = rows.reduce((sum, row) => sum + row.cells, 0);
  const refuse = (what: string) => new AnalysisTooLarge(`${what} Narrow the place, the time or the filter.`);
  const most = (count: number) => count.toLocaleString('en');
  if (events > MAX_EVENTS) throw refuse(`There are ${most(events)} events; at most ${most(MAX_EVENTS)} are spread.`);
  if (cells > MAX_PLACES)
    throw refuse(
      `The events lie at more than ${most(cells)} places; from at most ${most(MAX_PLACES)} they are spread.`,
    );
  const lon = pooled(rows.map((row) => [row.events, row.mean_lon ?? 0, row.variance_lon ?? 0]));
  const lat = pooled(rows.map((row) => [row.events, row.mean_lat ?? 0, row.variance_lat ?? 0]));
  return { events, cells, spreadKm: DEGREE_KM * Math.sqrt(lon + lat) };
}

/** Rows at one place put together, by longitude and latitude: sums do not depend on the order of collections. */
function joined(rows: readonly PlaceRow[]) {
  const sorted = rows.toSorted((a, b) => a[0] - b[0] || a[1] - b[1] || a[4] - b[4]);
  const [lons, lats, counts, weights]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (const [lon, lat, , count, sum] of sorted) {
    const last = lons.length - 1;
    if (lons[last] !== lon || lats[last] !== lat) {
      lons.push(lon);
      lats.push(lat);
      counts.push(count);
      weights.push(sum);
    } else {
      counts[last] = (counts[last] as number) + count;
      weights[last] = (weights[last] as number) + sum;
    }
  }
  return {
    lons: Float64Array.from(lons),
    lats: Float64Array.from(lats),
    counts: Float64Array.from(counts),
    weights: Float64Array.from(weights),
  };
}

const countOf = (rows: readonly PlaceRow[]) => rows.reduce((sum, [, , , count]) => sum + count, 0);

async function read(question: Question, inputs: Given): Promise<Places> {
  const found = await selectPlacedEvents(question, inputs);
  checkMeasure(found.selected, inputs.measure);
  await findCrowd(question, found);
  const all: PlaceRow[] = [];
  for (const { layer, filter } of found.selected) {
    for (const row of await question.run<PlaceRow>(placesQuery(layer, filter, inputs.measure))) all.push(row);
  }
  if (all.some(([, , , , , , least]) => least !== null && least < 0)) {
    const detail = `"${inputs.measure}" has values below 0, of which there is no density.`;
    throw new InvalidParameter([{ pointer: '/inputs/measure', detail }]);
  }
  const reported = joined(all);
  const bandwidth = chooseBandwidth(reported, all, inputs.bandwidth_km);
  const limitM = bandwidth.km * 1_000;
  const isCoarse = ([, , precisionM]: PlaceRow) => precisionM > limitM;
  const taken = inputs.imprecise === 'include' ? all : all.filter((row) => !isCoarse(row));
  const places = taken.length === all.length ? reported : joined(taken);
  return {
    ...found,
    ...places,
    bandwidth,
    events: countOf(taken),
    total: places.weights.reduce((sum, each) => sum + each, 0),
    leftOut: {
      imprecise: countOf(all) - countOf(taken),
      withoutValue: taken.reduce((sum, [, , , count, , valued]) => sum + count - valued, 0),
    },
    imprecise: countOf(taken.filter(isCoarse)),
    reported,
  };
}

/** The events of a question and its bandwidth, read once for it. @throws AnalysisTooLarge, InvalidParameter */
export const placesOf = oncePerQuestion(read);
