import {
  closestQuery,
  type DescribedRow,
  describeQuery,
  HALVINGS,
  type NearestRow,
  nearestQuery,
  type PairRow,
  type Sides,
  type SummaryRow,
  summaryQuery,
} from '../../query/analysis/proximity.ts';
import type { Question } from '../question.ts';
import type { Given } from './inputs.ts';

/** All pairs in figures, and the closest of them one by one. */
export interface Pairs {
  readonly pairs: number;
  /** Within the distance however far off the positions are; undefined when the nearest are asked. */
  readonly certain?: number;
  readonly near: number;
  /** Metres. */
  readonly quartiles: readonly [number, number, number] | null;
  readonly closest: readonly DescribedRow[];
}

async function allWithin({ run, progress }: Question, sides: Sides, metres: number, limit: number) {
  const [summary] = await run<SummaryRow>(summaryQuery(sides, metres));
  if (!summary) throw new Error('a summary came to nothing');
  progress(0.7, { en: 'The closest pairs', fr: 'Les paires les plus proches' });
  // The closest are looked for only as far as there are enough of them.
  const enough = summary.halves.filter((pairs) => pairs >= Math.min(limit, summary.pairs)).length;
  const reach = metres / 2 ** Math.min(enough, HALVINGS);
  const closest = summary.pairs === 0 ? [] : await run<PairRow>(closestQuery(sides, reach, limit));
  return { ...summary, closest };
}

/** The pairs that are asked for. Nothing is looked for where one side is empty. */
export async function findPairs(question: Question, inputs: Given, sides: Sides): Promise<Pairs> {
  const { within_km, nearest, limit } = inputs;
  const { run } = question;
  if (sides.held.from.count === 0 || sides.held.to.count === 0) {
    return { pairs: 0, ...(nearest === undefined ? { certain: 0 } : {}), near: 0, quartiles: null, closest: [] };
  }
  const metres = within_km === undefined ? null : within_km * 1_000;
  let found: Omit<SummaryRow, 'certain' | 'halves'> & { certain?: number; closest: readonly PairRow[] };
  if (nearest === undefined) {
    found = await allWithin(question, sides, metres as number, limit);
  } else {
    const [row] = await run<NearestRow>(nearestQuery(sides, nearest, metres, limit));
    if (!row) throw new Error('a summary came to nothing');
    found = row;
  }
  const closest = found.closest.length === 0 ? [] : await run<DescribedRow>(describeQuery(sides, found.closest));
  return { ...found, closest };
}
