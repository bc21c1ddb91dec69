import { type TotalRow, totalQuery } from '../query/analysis/corridor/study-area.ts';
import type { Question } from './question.ts';
import type { Selected } from './select.ts';

/** How many events are known only to a time that reaches out of the window that was asked. */
export async function countPartly({ run }: Question, selected: readonly Selected[]): Promise<number> {
  let partly = 0;
  for (const { layer, filter } of selected) {
    const [row] = filter.datetime ? await run<TotalRow>(totalQuery(layer, filter, undefined)) : [];
    partly += row?.partly ?? 0;
  }
  return partly;
}
