import { parseDatetime } from '../../core/interval.ts';
import { type SizeRow, type SpanRow, sizeQuery, spanQuery } from '../../query/analysis/timeline/size.ts';
import { countQuery } from '../../query/items.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import type { OutlinePrecision } from './caveats.ts';
import { type Held, toHeld } from './spans.ts';

type Run = Pick<Question, 'run'>;

/** What the question says of time, else from the first day that anything selected is recorded to the last. */
export async function findSpan(
  { run }: Run,
  datetime: string | undefined,
  selected: readonly Selected[],
): Promise<Held> {
  if (datetime !== undefined) {
    const { from, to } = parseDatetime(datetime);
    return toHeld(from, to);
  }
  const rows = await Promise.all(selected.map(({ layer, filter }) => run<SpanRow>(spanQuery(layer, filter))));
  const held = rows
    .flat()
    .filter(({ records }) => records > 0)
    .map(({ from, to }) => toHeld(from, to));
  return { from: Math.min(...held.map(({ from }) => from)), to: Math.max(...held.map(({ to }) => to)) };
}

/** How much is selected, and how far off its outlines may be. */
export async function sizeOf(
  { run }: Run,
  selected: readonly Selected[],
): Promise<{ records: number; vertices: number; precision: OutlinePrecision }> {
  const rows = (await Promise.all(selected.map(({ layer, filter }) => run<SizeRow>(sizeQuery(layer, filter))))).flat();
  const some = rows.filter(({ records }) => records > 0);
  return {
    records: rows.reduce((sum, row) => sum + row.records, 0),
    vertices: rows.reduce((sum, row) => sum + row.vertices, 0),
    precision: {
      least: Math.min(...some.map(({ least_m }) => least_m ?? 0)),
      most: Math.max(...some.map(({ most_m }) => most_m ?? 0)),
    },
  };
}

/** How many records a ceiling on the precision leaves out. */
export async function countLeftOut({ run }: Run, selected: readonly Selected[]): Promise<number> {
  let left = 0;
  for (const { layer, filter, maxPrecisionM } of selected) {
    if (maxPrecisionM === undefined) continue;
    const [all] = await run<{ count: number }>(countQuery(layer, { ...filter, maxPrecisionM: undefined }));
    const [kept] = await run<{ count: number }>(countQuery(layer, filter));
    left += (all?.count ?? 0) - (kept?.count ?? 0);
  }
  return left;
}
