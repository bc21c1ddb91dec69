import {
  CHANGE_COUNTS,
  type ChangeCount,
  type ChangeRow,
  changeQuery,
  type Periods,
} from '../../query/analysis/change.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import type { StudyUnits } from '../study-units.ts';

/** Of one unit and one pair of periods. */
export type PairCounts = Record<ChangeCount, number>;

export interface Counted {
  /** Of units in which something is, by their keys; in the order of the pairs. */
  readonly inside: ReadonlyMap<number | string, readonly PairCounts[]>;
  /** In no unit, or in a hexagon outside the study area. */
  readonly outside: readonly PairCounts[];
}

const nothing = (pairs: readonly Periods[]): PairCounts[] =>
  pairs.map(() => ({ earlier: 0, later: 0, earlier_imprecise: 0, later_imprecise: 0, spanning: 0, reaching: 0 }));

/** The events of every collection together, by unit and pair of periods. */
export async function countPairs(
  question: Question,
  selected: readonly Selected[],
  { units, by }: Pick<StudyUnits, 'units' | 'by'>,
  pairs: readonly Periods[],
): Promise<Counted> {
  const known = new Set(units.map(({ key }) => key));
  const inside = new Map<number | string, PairCounts[]>();
  const outside = nothing(pairs);
  for (const [done, { layer, filter }] of selected.entries()) {
    for (const row of await question.run<ChangeRow>(changeQuery(layer, filter, by, pairs))) {
      const { unit } = row;
      // Between the periods of a pair there may be time that is in neither.
      if (pairs.every((_, index) => CHANGE_COUNTS.every((name) => !row[`${name}_${index + 1}`]))) continue;
      const isInside = unit !== null && known.has(unit);
      const counts = isInside ? (inside.get(unit) ?? nothing(pairs)) : outside;
      if (isInside) inside.set(unit, counts);
      for (const [index, each] of counts.entries()) {
        for (const name of CHANGE_COUNTS) each[name] += row[`${name}_${index + 1}`] ?? 0;
      }
    }
    question.progress((done + 1) / (selected.length + 1), layer.title);
  }
  return { inside, outside };
}
