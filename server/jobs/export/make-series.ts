import type { PublishedLayer } from '../../core/catalogue.ts';
import { printSeries } from '../../core/series.ts';
import { type SeriesRow, toSeries } from '../../encode/series.ts';
import type { Access } from '../../query/filter.ts';
import { FIRST_MONTH, LAST_MONTH } from '../../query/months.ts';
import { type SeriesKinds, seriesQuery } from '../../query/series.ts';
import type { Run } from '../../query/sql.ts';

/** The series file of a layer's hexagons of one resolution that has one, of the records that may be seen. */
export async function makeSeries(
  run: Run,
  layer: PublishedLayer,
  resolution: number,
  kinds: SeriesKinds,
  access: Access,
  signal?: AbortSignal,
) {
  const rows = await run<SeriesRow>(seriesQuery(layer, resolution, access, kinds), signal);
  return printSeries(toSeries(layer, resolution, rows, { first: FIRST_MONTH, last: LAST_MONTH }));
}
