import { type SizeRow, sizeQuery } from '../../query/analysis/timeline/size.ts';
import { AnalysisTooLarge, type Estimate } from '../estimate.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import { costOf as costOfSummary } from '../summary/cost.ts';
import type { Chosen } from './choose.ts';
import type { TrendInputs } from './inputs.ts';

/** Seconds that one processor takes: of a record, and of a vertex that outlines are cut along. */
const SECONDS = { record: 2e-6, vertex: 1e-4 } as const;
/** Outlines that are cut along one another: of more the pieces take longer than MAX_SECONDS. */
const MOST_OUTLINES = 2_400;

/** What it takes to cut ground along all outlines: of how many overlap nothing is known before. */
async function ofGround({ run }: Question, selected: readonly Selected[]): Promise<Estimate> {
  let [records, vertices] = [0, 0];
  for (const { layer, filter } of selected) {
    const [size] = await run<SizeRow>(sizeQuery(layer, filter));
    records += size?.records ?? 0;
    vertices += size?.vertices ?? 0;
  }
  if (records > MOST_OUTLINES) {
    const [found, most] = [records, MOST_OUTLINES].map((each) => each.toLocaleString('en'));
    throw new AnalysisTooLarge(
      `There are ${found} outlines; ground is cut along at most ${most}. Narrow the place, the time or the filter.`,
    );
  }
  const pieces = vertices + records ** 2;
  return { comparisons: pieces, seconds: pieces * SECONDS.vertex };
}

/** What it takes to count a series. @throws AnalysisTooLarge */
export async function costOf(
  question: Question,
  given: TrendInputs,
  { of, selected }: Chosen,
  isDivided: boolean,
): Promise<Estimate> {
  const records = selected.reduce((sum, { layer }) => sum + layer.count, 0);
  const read = { comparisons: records, seconds: records * SECONDS.record };
  // Lines are walked along, and polygons looked at, as by a summary.
  const counted =
    isDivided || of === 'length'
      ? await costOfSummary(question, { ...given, layers: undefined, step: undefined }, selected)
      : read;
  if (of !== 'area') return counted;
  const cut = await ofGround(question, selected);
  return { comparisons: counted.comparisons + cut.comparisons, seconds: counted.seconds + cut.seconds };
}
