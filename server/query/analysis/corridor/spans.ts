import type { Geometry } from 'geojson';
import type { PublishedLayer } from '../../../core/catalogue.ts';
import { type Filter, predicate } from '../../filter.ts';
import { isImprecise } from '../../imprecise.ts';
import { ident, join, more, type Query, type Sql, sql, toQuery } from '../../sql.ts';
import { recordTable } from '../../tables.ts';
import { lineOf } from './line.ts';

/** Base cells from `first` to `last`, both included, as decimal strings. */
export interface CellSpan {
  readonly first: string;
  readonly last: string;
}

/** What is asked of the records of one collection of points. */
export interface SpanQuestion {
  readonly layer: PublishedLayer;
  readonly filter: Filter;
  /** Metres: a record whose position is not known to be that precise is counted apart; absent: none is. */
  readonly preciseM: number | undefined;
  /** Degrees: records outside are counted apart; absent: none is outside. */
  readonly area: Geometry | undefined;
}

/** A count of records that are alike; `sums` of the layer's measures, in their order. */
export interface SpanCountRow {
  readonly bin: number;
  readonly kind: string | null;
  readonly is_imprecise: boolean;
  readonly is_outside: boolean;
  readonly count: number;
  readonly sums: readonly number[];
}

/** A record that must be measured. Degrees. */
export type PointRow = readonly [
  item: number,
  lon: number,
  lat: number,
  kind: string | null,
  isImprecise: boolean,
  isOutside: boolean,
  ...measures: (number | null)[],
];

const kindOf = ({ kind }: PublishedLayer) => (kind === undefined ? sql`NULL::text` : sql`${ident(kind)}::text`);
const isOutside = (area: Geometry | undefined): Sql =>
  area === undefined ? sql`false` : sql`NOT ST_Intersects(${lineOf(area)}, geom)`;

/** The records in spans of cells, each span with the columns of `span` beside its records. */
function inSpans(
  layer: PublishedLayer,
  filter: Filter,
  spans: readonly CellSpan[],
  bins: readonly number[],
  columns: Sql,
): Sql {
  const [first, last] = [spans.map((span) => span.first), spans.map((span) => span.last)];
  return sql`unnest(${first}::bigint[], ${last}::bigint[], ${bins}::integer[]) AS span (first_base, last_base, bin), LATERAL (
      SELECT ${columns} FROM ${recordTable(layer)}
      WHERE ${predicate(layer, filter)} AND h3_base BETWEEN span.first_base AND span.last_base OFFSET 0) AS found`;
}

/** Counts what is in spans of cells, of which `bins` has the bin of each: nothing is measured. */
export function countQuery(question: SpanQuestion, spans: readonly (CellSpan & { readonly bin: number })[]): Query {
  const { layer, filter, preciseM, area } = question;
  const measures = layer.measures.map((name, index) => sql`${ident(name)} AS ${ident(`measure_${index}`)}`);
  const columns = sql`${kindOf(layer)} AS kind_of, ${isImprecise(preciseM)} AS is_imprecise, ${isOutside(area)} AS is_outside${more(measures)}`;
  const sums = layer.measures.map((_, index) => sql`coalesce(sum(${ident(`measure_${index}`)}), 0)::float8`);
  return toQuery(sql`SELECT bin, kind_of AS kind, is_imprecise, is_outside, count(*) AS count,
      ARRAY[${join(sums, sql`, `)}]::float8[] AS sums
    FROM ${inSpans(
      layer,
      filter,
      spans,
      spans.map(({ bin }) => bin),
      columns,
    )} GROUP BY 1, 2, 3, 4`);
}

/** What is in spans of cells, to be measured; without spans, all. Rows are arrays, in no order. */
export function pointsQuery({ layer, filter, preciseM, area }: SpanQuestion, spans?: readonly CellSpan[]): Query {
  const measures = layer.measures.map((name) => sql`${ident(name)}::float8`);
  const columns = sql`fid, ST_X(geom), ST_Y(geom), ${kindOf(layer)}, ${isImprecise(preciseM)}, ${isOutside(area)}${more(measures)}`;
  const text = spans
    ? sql`SELECT found.* FROM ${inSpans(
        layer,
        filter,
        spans,
        spans.map(() => 0),
        columns,
      )}`
    : sql`SELECT ${columns} FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)}`;
  return { ...toQuery(text), rowMode: 'array' };
}

/** Which of some records lie within metres of a line: rows `{ item }`. */
export function withinQuery(
  { layer, filter }: Pick<SpanQuestion, 'layer' | 'filter'>,
  items: readonly number[],
  line: object,
  withinM: number,
): Query {
  return toQuery(sql`SELECT fid AS item FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)}
    AND fid = ANY(${items}::bigint[]) AND ST_DWithin(geom::geography, ${lineOf(line)}::geography, ${withinM}::float8)`);
}
