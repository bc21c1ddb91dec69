import type { Geometry } from 'geojson';
import { InvalidParameter } from '../../core/errors.ts';
import { sharedQuery } from '../../query/analysis/route.ts';
import { costOf } from '../corridor/cost.ts';
import { type Measured, measure } from '../corridor/measure.ts';
import { toNumbers } from '../corridor/to-numbers.ts';
import type { Estimate } from '../estimate.ts';
import type { Question } from '../question.ts';
import { type Given, toLineInput } from './inputs.ts';
import type { Numbers } from './numbers.ts';

/** A way with all that was found along it. */
export interface Way {
  /** From 1. */
  readonly way: number;
  readonly measured: Measured;
  readonly measures: Numbers['ways'][number]['measures'];
}

/** What is wrong with the line is wrong with this way. */
function atWay(error: unknown, index: number): unknown {
  if (!(error instanceof InvalidParameter)) return error;
  const turned = error.faults.map((fault) => ({
    ...fault,
    ...(fault.pointer === undefined
      ? {}
      : { pointer: fault.pointer.replace(/^\/inputs\/line(?=\/|$)/, `/inputs/ways/${index}`) }),
  }));
  return new InvalidParameter(turned);
}

/** What it would take to measure each way. @throws InvalidParameter, LayerNotFound, FeatureNotFound */
export async function weighWays(question: Question, { ways, ...rest }: Given): Promise<Estimate[]> {
  const costs: Estimate[] = [];
  for (const [index, way] of ways.entries()) {
    try {
      costs.push(await costOf(question, { ...rest, line: toLineInput(way) }));
    } catch (error) {
      throw atWay(error, index);
    }
  }
  return costs;
}

/** Measures every way like a corridor. @throws InvalidParameter, LayerNotFound, FeatureNotFound, and what `run` throws */
export async function measureWays(question: Question, inputs: Given): Promise<Way[]> {
  const { ways, ...rest } = inputs;
  const measured: Way[] = [];
  for (const [index, way] of ways.entries()) {
    const progress: Question['progress'] = (share, step) => question.progress((index + share) / ways.length, step);
    try {
      const found = await measure({ ...question, progress }, { ...rest, line: toLineInput(way) });
      measured.push({ way: index + 1, measured: found, measures: toNumbers(found) });
    } catch (error) {
      throw atWay(error, index);
    }
  }
  return measured;
}

/** Events near both of two ways. */
export async function countShared(
  question: Question,
  { measured: one }: Way,
  { measured: other }: Way,
  inputs: Given,
): Promise<number> {
  const lines = [one.line.geometry, other.line.geometry] as [Geometry, Geometry];
  let count = 0;
  for (const { layer, filter, isEvents, maxPrecisionM = Number.POSITIVE_INFINITY } of one.found) {
    if (!isEvents) continue;
    const precise = Math.min(maxPrecisionM, inputs.include_imprecise ? Number.POSITIVE_INFINITY : one.withinM);
    const narrowed = Number.isFinite(precise) ? { ...filter, maxPrecisionM: precise } : filter;
    const [row] = await question.run<{ count: number }>(sharedQuery(layer, narrowed, lines, one.withinM));
    count += row?.count ?? 0;
  }
  return count;
}
