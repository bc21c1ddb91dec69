import { getHexagonAreaAvg, UNITS } from 'h3-js';
import { InvalidParameter } from '../../core/errors.ts';
import { BASE_RESOLUTION, radiusOfCells } from '../../core/hex.ts';
import {
  type DatedRow,
  datedQuery,
  type Known,
  type KnownRow,
  knownQuery,
  type PairsRow,
  pairsQuery,
} from '../../query/analysis/near-repeat.ts';
import { bandsOf } from '../bands.ts';
import { AnalysisTooLarge, type Estimate } from '../estimate.ts';
import { selectPlacedEvents } from '../placed-events.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import type { NearRepeatInputs } from './inputs.ts';

/** Kilometres: nearer is the same place. */
const SAME_PLACE_KM = 0.1;

function refuse(input: string, detail: string): never {
  throw new InvalidParameter([{ pointer: `/inputs/${input}`, detail }]);
}

/** Edges of the bands of distance, km. @throws InvalidParameter */
export function distancesOf({ distances_km: edges, same_place }: NearRepeatInputs): readonly number[] {
  if (!same_place) return edges;
  const [first, second] = edges as [number, number];
  if (first > 0 || second <= SAME_PLACE_KM) {
    refuse('same_place', 'The first band must begin at 0 and end above 0.1 km, for the same place is cut off it.');
  }
  return [0, SAME_PLACE_KM, ...edges.slice(1)];
}

const narrowest = (edges: readonly number[]) =>
  bandsOf(edges).reduce((least, { from, to }) => Math.min(least, to - from), Number.POSITIVE_INFINITY);

/** How well an event must be known to be compared: so that neither its place nor its day may lie a whole band off. */
export function knownOf(inputs: NearRepeatInputs): Known {
  const metres = Math.round(1_000 * narrowest(distancesOf(inputs)));
  return { toMetres: metres, takesImprecise: inputs.imprecise === 'include', toDays: narrowest(inputs.days) };
}

/** The collections of events, narrowed by the place. @throws InvalidParameter, InvalidFilter, LayerNotFound, VersionNotKept */
export async function findEvents(question: Question, inputs: NearRepeatInputs): Promise<readonly Selected[]> {
  const { selected } = await selectPlacedEvents(question, inputs, ({ id, time }) =>
    time === 'instant' ? undefined : `"${id}" has no events with a day: nothing comes again in it.`,
  );
  return selected;
}

/** What is compared. */
export interface Events {
  readonly rows: readonly DatedRow[];
  /** Of them, those whose position is not known to within the narrowest band of distance. */
  readonly included: number;
  readonly leftOut: { readonly imprecise: number; readonly vague: number; readonly undated: number };
}

export async function readEvents({ run }: Question, selected: readonly Selected[], known: Known): Promise<Events> {
  const leftOut = { imprecise: 0, vague: 0, undated: 0 };
  let included = 0;
  for (const row of await run<KnownRow>(knownQuery(selected, known))) {
    included += row.included;
    leftOut.imprecise += row.imprecise;
    leftOut.vague += row.vague;
    leftOut.undated += row.undated;
  }
  return { rows: await run<DatedRow>(datedQuery(selected, known)), included, leftOut };
}

/** Events of one question, and pairs of them that are near: more are not held in memory. A pair takes five bytes. */
const MAX_EVENTS = 500_000;
export const MAX_PAIRS = 20_000_000;

export const tooManyPairs = () =>
  new AnalysisTooLarge(
    `More than ${MAX_PAIRS.toLocaleString('en')} pairs of events lie near one another. Narrow the place, the filter or distances_km.`,
  );

/** Seconds on one processor: of an event that is read, of a pair that is found, of either in one permutation. */
const SECONDS = { event: 2e-5, pair: 3e-7, ofEvent: 1.5e-8, ofPair: 2.5e-9 } as const;

/** Bits of an H3 index of a record below those of a cell. */
const bitsBelow = (resolution: number) => 3 * (15 - resolution);

/** The coarsest resolution whose cells are so small that all of one lies within a distance, km; undefined: none is. */
function smallCells(reach: number): number | undefined {
  // A hexagon is as wide from corner to corner as 1.1 times the circle of its size; H3 makes some wider by half.
  for (let resolution = 0; resolution <= BASE_RESOLUTION; resolution += 1)
    if (((2.2 * radiusOfCells(resolution)) / 1_000) * 1.5 <= reach) return resolution;
  return undefined;
}

/**
 * What comparing them would take. Pairs are foreseen: all of one small cell are near, and of the others in a cell as large as
 * the widest circle, or larger, such a share as that circle has of it.
 * @throws AnalysisTooLarge, InvalidParameter, InvalidFilter, LayerNotFound, VersionNotKept
 */
export async function costOf(question: Question, inputs: NearRepeatInputs): Promise<Estimate> {
  const selected = await findEvents(question, inputs);
  const distances = distancesOf(inputs);
  const reach = distances.at(-1) as number;
  const circle = Math.PI * reach ** 2;
  let large = BASE_RESOLUTION;
  while (large > 0 && getHexagonAreaAvg(large, UNITS.km2) < circle) large -= 1;
  const small = smallCells(reach);
  const share = Math.min(1, circle / getHexagonAreaAvg(large, UNITS.km2));
  const bits = small === undefined ? undefined : bitsBelow(Math.max(small, large));
  const [row] = await question.run<PairsRow>(pairsQuery(selected, knownOf(inputs), bits, bitsBelow(large)));
  const { events = 0, near = 0, around = 0 } = row ?? {};
  if (events > MAX_EVENTS) {
    throw new AnalysisTooLarge(
      `There are ${events.toLocaleString('en')} events; at most ${MAX_EVENTS.toLocaleString('en')} are compared. Narrow the place, the time or the filter.`,
    );
  }
  // Nearer than the first edge they are in no band, and are not held.
  if (distances[0] === 0 && near > MAX_PAIRS) throw tooManyPairs();
  const pairs = Math.round(near + (around - near) * share);
  const { permutations } = inputs;
  return {
    comparisons: pairs * (permutations + 1),
    seconds:
      0.05 +
      events * (SECONDS.event + permutations * SECONDS.ofEvent) +
      pairs * (SECONDS.pair + permutations * SECONDS.ofPair),
  };
}
