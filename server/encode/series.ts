import type { PublishedLayer } from '../core/catalogue.ts';
import { emptyCounts, type Series } from '../core/series.ts';

/** A row of `seriesQuery`; months count `12 * year + month`, open ends are `open.first` and `open.last`. */
export interface SeriesRow {
  readonly ordinal: number;
  readonly kind: string | null;
  readonly first_month: number;
  readonly end_month: number;
  readonly count: number;
}

/** The months that the rows speak of, open ends aside. */
function span(rows: readonly SeriesRow[], open: { readonly first: number; readonly last: number }) {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let before = false;
  let ends = false;
  for (const { first_month: start, end_month: end } of rows) {
    if (start === open.first) before = true;
    else first = Math.min(first, start);
    if (end !== open.last) first = Math.min(first, end - 1);
    last = Math.max(last, start === open.first ? last : start, end === open.last ? last : end);
    if (end !== start + 1) ends = true;
  }
  if (last < first) return { firstMonth: 0, months: 1, before, ends };
  const firstMonth = before ? first - 1 : first;
  return { firstMonth, months: last - firstMonth + 1, before, ends };
}

/** Lays the rows out as a series. */
export function toSeries(
  layer: PublishedLayer,
  resolution: number,
  rows: readonly SeriesRow[],
  open: { readonly first: number; readonly last: number },
): Series {
  const { firstMonth, months, before, ends } = span(rows, open);
  const kinds = [...new Set(rows.map(({ kind }) => kind))].toSorted((a, b) => (a ?? '￿').localeCompare(b ?? '￿', 'en'));
  const ordinals = Uint32Array.from(new Set(rows.map(({ ordinal }) => ordinal))).sort();
  const cellOf = new Map(Array.from(ordinals, (ordinal, cell) => [ordinal, cell]));
  const kindOf = new Map(kinds.map((kind, index) => [kind, index]));
  const size = kinds.length * ordinals.length * months;
  const sums = { starts: new Uint32Array(size), ends: ends ? new Uint32Array(size) : null };
  for (const { ordinal, kind, first_month: start, end_month: end, count } of rows) {
    const row = ((kindOf.get(kind) as number) * ordinals.length + (cellOf.get(ordinal) as number)) * months;
    (sums.starts[row + (start === open.first ? 0 : start - firstMonth)] as number) += count;
    if (sums.ends && end !== open.last) (sums.ends[row + end - firstMonth] as number) += count;
  }
  const greatest = [sums.starts, sums.ends ?? []].reduce((most, counts) => {
    for (const count of counts) if (count > most) most = count;
    return most;
  }, 0 as number);
  const width = greatest < 2 ** 8 ? 1 : greatest < 2 ** 16 ? 2 : 4;
  const narrow = (counts: Uint32Array) => {
    const narrowed = emptyCounts(width, counts.length);
    narrowed.set(counts);
    return narrowed;
  };
  return {
    header: {
      collection: layer.id,
      generation: layer.generation,
      resolution,
      firstMonth,
      months,
      kinds,
      cells: ordinals.length,
      width,
      ends,
      before,
    },
    ordinals,
    starts: narrow(sums.starts),
    ends: sums.ends && narrow(sums.ends),
  };
}
