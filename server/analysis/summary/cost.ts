import { type UnitsSizeRow, unitsSizeQuery } from '../../query/analysis/summary/units.ts';
import type { Estimate } from '../estimate.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import type { SummaryInputs } from './inputs.ts';
import { type Division, findDivision, findStudyPlace } from './units.ts';

/** Seconds that one processor takes of a record: of points by cell or outline, of shapes to cut them. */
const SECONDS = { cell: 2e-6, point: 1e-5, shape: 5e-3 } as const;
/** And of units, each time that they are cut for a collection: each is compared with each, vertex by vertex where boxes meet. */
const UNITS_SECONDS = { squared: 1.5e-7, vertex: 1e-5, pair: 5e-5, pairVertex: 5e-6 } as const;
/** Pairs of units that are looked at to know what they cost. */
const MAX_PAIRS = 200_000;

async function ofUnits({ run }: Question, { units }: Division): Promise<Estimate> {
  // Hexagons are few of many vertices, and do not overlap.
  if ('resolution' in units || units.of === 'cells') return { comparisons: 0, seconds: 0 };
  const [size] = await run<UnitsSizeRow>(unitsSizeQuery(units, MAX_PAIRS));
  const { units: count = 0, vertices = 0, pairs = 0, pair_vertices = 0 } = size ?? {};
  // Of more pairs than are looked at, all may be as these are.
  const times = pairs < MAX_PAIRS ? 1 : (count * (count - 1)) / 2 / pairs;
  const { squared, vertex, pair, pairVertex } = UNITS_SECONDS;
  const seconds =
    count ** 2 * squared + vertices * vertex + (pairs * pair + pair_vertices * pairVertex) * Math.max(1, times);
  return { comparisons: Math.round(pairs * Math.max(1, times)), seconds };
}

/** What it takes to count these collections. */
export async function costOf(
  question: Question,
  given: SummaryInputs,
  selected: readonly Selected[],
): Promise<Estimate> {
  const place = await findStudyPlace(question, given);
  const units = await ofUnits(question, await findDivision(question, given, place));
  const ofPoints = given.hexagons === undefined || place ? 'point' : 'cell';
  const seconds = selected.map(({ layer }) => layer.count * SECONDS[layer.geometry === 'point' ? ofPoints : 'shape']);
  // Units are cut once for each collection, and once to be shown.
  const times = selected.length + 1;
  return {
    comparisons: selected.reduce((sum, { layer }) => sum + layer.count, 0) + units.comparisons * times,
    seconds: seconds.reduce((sum, each) => sum + each, 0) + units.seconds * times,
  };
}
