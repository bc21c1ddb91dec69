import { type HolderRow, holdersQuery } from '../../query/analysis/trace.ts';
import { UNNAMED } from '../ground.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import { inBatches } from './batches.ts';
import { grouped, type LotRecord } from './lots.ts';

/** Who holds the ground. */
export interface Holder {
  readonly actor: string;
  readonly control: string;
  /** On every day that the record may have been, or on some of them. */
  readonly throughout: boolean;
}

/** Of the rows of a spot: each holder once; those of the point before those of the ground around. */
function toHolders(rows: readonly HolderRow[]): { holders: Holder[]; maybe: Holder[] } {
  const found = { holders: new Map<string, Holder>(), maybe: new Map<string, Holder>() };
  for (const row of rows.toSorted((a, b) => Number(b.is_here) - Number(a.is_here))) {
    const holder = { actor: row.actor ?? UNNAMED, control: row.control ?? 'unknown', throughout: row.throughout };
    const key = JSON.stringify([holder.actor, holder.control]);
    if (!row.is_here && found.holders.has(key)) continue;
    const into = row.is_here ? found.holders : found.maybe;
    into.set(key, { ...holder, throughout: holder.throughout || into.get(key)?.throughout === true });
  }
  const sorted = (map: ReadonlyMap<string, Holder>) =>
    [...map].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, holder]) => holder);
  return { holders: sorted(found.holders), maybe: sorted(found.maybe) };
}

/** Of each record in their order: who is recorded on the ground at its point, and who else within its precision. */
export async function holdersOf(
  question: Question,
  control: readonly Selected[],
  records: readonly LotRecord[],
): Promise<readonly { readonly holders: readonly Holder[]; readonly maybe: readonly Holder[] }[]> {
  const rows: HolderRow[] = [];
  for (const { layer, filter } of control) {
    const found = await inBatches(records, async (batch, start) => {
      const here = await question.run<HolderRow>(holdersQuery(layer, filter, batch));
      return here.map((row) => ({ ...row, spot: row.spot + start }));
    });
    for (const row of found) rows.push(row);
  }
  const bySpot = grouped(rows, ({ spot }) => spot);
  return records.map((_, index) => toHolders(bySpot.get(index) ?? []));
}
