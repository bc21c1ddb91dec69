import { type DescribedRow, describeQuery } from '../../query/analysis/proximity/describe.ts';
import { nearestQuery } from '../../query/analysis/proximity/nearest.ts';
import type { NearRow, PairRow } from '../../query/analysis/proximity/pair.ts';
import type { Sides } from '../../query/analysis/proximity/sides.ts';
import {
  closestQuery,
  HALVINGS,
  type SummaryRow,
  summaryQuery,
  withinQuery,
} from '../../query/analysis/proximity/within.ts';
import type { Question } from '../question.ts';
import { comparisonsOf } from './cost.ts';
import type { Given } from './inputs.ts';

/** All pairs in figures, and the closest of them one by one. Metres. */
export type Pairs = Omit<NearRow, 'closest'> & { readonly closest: readonly DescribedRow[] };

const NONE: Pairs = { pairs: 0, certain: 0, near: 0, quartiles: null, closest: [] };

/** Comparisons up to which the pairs found are kept at hand: more are counted, and then the closest are looked for again. */
const AT_HAND = 200_000;

function only<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (!row) throw new Error('a summary came to nothing');
  return row;
}

async function countThenList(
  { run, progress }: Question,
  sides: Sides,
  metres: number,
  limit: number,
): Promise<NearRow> {
  const summary = only(await run<SummaryRow>(summaryQuery(sides, metres)));
  progress(0.7, { en: 'The closest pairs', fr: 'Les paires les plus proches' });
  // Only as far as there are enough of them.
  const enough = summary.halves.filter((pairs) => pairs >= Math.min(limit, summary.pairs)).length;
  const reach = metres / 2 ** Math.min(enough, HALVINGS);
  return { ...summary, closest: await run<PairRow>(closestQuery(sides, reach, limit)) };
}

async function find(question: Question, inputs: Given, sides: Sides): Promise<NearRow> {
  const { within_km, nearest, limit } = inputs;
  const metres = within_km === undefined ? null : within_km * 1_000;
  if (nearest !== undefined) return only(await question.run<NearRow>(nearestQuery(sides, nearest, metres, limit)));
  if (metres === null) throw new Error('neither a distance nor a number of neighbours');
  const comparisons = await comparisonsOf(question, inputs, sides);
  if (comparisons > AT_HAND) return countThenList(question, sides, metres, limit);
  return only(await question.run<NearRow>(withinQuery(sides, metres, limit)));
}

/** The pairs that are asked for. Nothing is looked for where one side is empty. */
export async function findPairs(question: Question, inputs: Given, sides: Sides): Promise<Pairs> {
  if (sides.held.from.count === 0 || sides.held.to.count === 0) return NONE;
  const found = await find(question, inputs, sides);
  const isEmpty = found.closest.length === 0;
  return { ...found, closest: isEmpty ? [] : await question.run<DescribedRow>(describeQuery(sides, found.closest)) };
}
