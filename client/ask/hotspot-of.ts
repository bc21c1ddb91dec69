import type { ProcessResult } from '../api/processes.ts';

/** What an answer says of one hexagon beside its properties. Pure. */

type Row = Readonly<Record<string, unknown>>;

export interface Hotspot {
  readonly cell: string;
  /** `hot`, `cold`, `none`, `tooFew`, `notDefined`: what the corrected test says. */
  readonly verdict: 'hot' | 'cold' | 'none' | 'tooFew' | 'notDefined';
  /** Events by step, where the answer has them, and the first day of the first. */
  readonly series: readonly number[] | null;
  readonly from: string | null;
  /** Events of the last steps and of as many before. */
  readonly change: { readonly steps: number; readonly earlier: number; readonly later: number } | null;
  /** Records in it that the answer lists; null: it lists none of this hexagon. */
  readonly listed: readonly { readonly collection: string; readonly item: number }[] | null;
  /** Of all events asked about. */
  readonly imprecise: number;
}

/** Steps that are compared with as many before. */
const STEPS = 4;

const rows = (value: unknown): readonly Row[] => (Array.isArray(value) ? value : []);

function verdictOf(name: string): Hotspot['verdict'] {
  if (name.startsWith('hot_') || name.endsWith('_hot')) return 'hot';
  if (name.startsWith('cold_') || name.endsWith('_cold')) return 'cold';
  if (name === 'too_few') return 'tooFew';
  return name === 'not_defined' ? 'notDefined' : 'none';
}

export function hotspotOf({ numbers }: Pick<ProcessResult, 'numbers'>, properties: Row): Hotspot {
  const cell = String(properties.hexagon ?? properties.h3);
  const row = [...rows(numbers.significant), ...rows(numbers.classified)].find((each) => each.cell === cell);
  const series = Array.isArray(row?.series) ? row.series.map(Number) : null;
  const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
  const steps = series ? Math.min(STEPS, Math.floor(series.length / 2)) : 0;
  return {
    cell,
    verdict: verdictOf(String(properties.verdict ?? properties.class)),
    series,
    from: String(rows(numbers.steps)[0]?.from ?? '') || null,
    change:
      series && steps > 0
        ? { steps, earlier: sum(series.slice(-2 * steps, -steps)), later: sum(series.slice(-steps)) }
        : null,
    listed:
      row && Array.isArray(row.listed)
        ? rows(row.listed).flatMap(({ collection, items }) =>
            (Array.isArray(items) ? items : []).map((item) => ({ collection: String(collection), item: Number(item) })),
          )
        : null,
    imprecise: Number((numbers.events as Row | undefined)?.imprecise ?? 0),
  };
}
