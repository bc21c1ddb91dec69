import { searchFor } from '../../query/analysis/proximity/nearest.ts';
import { sampleQuery } from '../../query/analysis/proximity/sample.ts';
import type { Sides } from '../../query/analysis/proximity/sides.ts';
import type { Estimate } from '../estimate.ts';
import { oncePerQuestion } from '../once.ts';
import type { Question } from '../question.ts';
import type { Given } from './inputs.ts';

/** Seconds on one processor of an ordinary server: for a search of the index, a comparison of points, a vertex of a shape. */
const SECONDS = { search: 1e-4, comparison: 4e-6, vertex: 4e-7 };

interface SampleRow {
  readonly found: number;
  readonly asked: number;
  readonly is_cut: boolean;
}

async function countComparisons({ run }: Question, inputs: Given, sides: Sides): Promise<number> {
  const { from, to } = sides.held;
  const all = from.count * to.count;
  if (all === 0) return 0;
  if (inputs.nearest !== undefined) return from.count * searchFor(sides, inputs.nearest).met;
  const [row] = await run<SampleRow>(sampleQuery(sides, (inputs.within_km as number) * 1_000));
  if (!row || row.asked === 0 || row.is_cut) return all;
  // A record beside the few that were tried may lie in a crowd.
  return Math.min(all, Math.ceil(from.count * (row.found / row.asked + 1)));
}

/** Comparisons of two records, about, found out once for a question. */
export const comparisonsOf = oncePerQuestion(countComparisons);

/** What a table of neighbours would take: found out from a few records. */
export async function estimateProximity(question: Question, inputs: Given, sides: Sides): Promise<Estimate> {
  const { from, to } = sides.held;
  const found = Math.ceil(await comparisonsOf(question, inputs, sides));
  // Beyond two vertices, which a pair of points has.
  const vertices = Math.max(0, from.vertices / Math.max(1, from.count) + to.vertices / Math.max(1, to.count) - 2);
  // The nearest are looked for from each record of `from`, what is within a distance from each of the smaller side.
  const searches = inputs.nearest === undefined ? Math.min(from.count, to.count) : from.count;
  const seconds = searches * SECONDS.search + found * (SECONDS.comparison + vertices * SECONDS.vertex);
  return { comparisons: found, seconds };
}
