import type { PublishedLayer } from '../core/catalogue.ts';
import type { Field } from '../core/layer.ts';
import type { SortKey } from '../core/sort.ts';
import type { Cursor } from './cursor.ts';
import { type Filter, predicate } from './filter.ts';
import { instantText, itemColumn, itemGeometry } from './items.ts';
import { COLUMN_TYPE } from './record-table.ts';
import { all, EMPTY, ident, join, more, type Query, type Sql, sql, toQuery } from './sql.ts';
import { recordTable } from './tables.ts';

/** One page of a layer's records. */
export interface ItemsPage {
  /** Which of the layer's fields. */
  readonly fields: readonly Field[];
  readonly order: readonly SortKey[];
  readonly cursor?: Cursor | undefined;
  readonly limit: number;
  /** See `areFew`. */
  readonly isFew?: boolean | undefined;
}

/** So many pages of records are found at once rather than one by one until a page is full. */
const FEW_PAGES = 10;
/** The same where an index on places finds them. */
const FEW_IN_PLACE = 10_000;
/** Of more than this share of a layer a page is soon full, however they lie. */
const FEW_OF_ALL = 1 / 4;

/**
 * Whether a filter leaves so few records (`count`; undefined: not known) that a page of them is best made of all of them.
 * PostgreSQL takes what matches to be spread evenly over the numbers, and reads records in their order until a page is full;
 * but numbers follow places, or times, and what matches may all come last (measured: 44 ms for 1,000 points of 500,000 in a
 * box, instead of 10).
 */
export function areFew(
  layer: Pick<PublishedLayer, 'count'>,
  { bbox, cell }: Filter,
  limit: number,
  count: number | undefined,
): boolean {
  if (count === undefined || count > FEW_OF_ALL * layer.count) return false;
  const isInPlace = bbox !== undefined || cell !== undefined;
  return count <= Math.max(FEW_PAGES * limit, isInPlace ? FEW_IN_PLACE : 0);
}

/**
 * The expression by which a field is ordered: text by code point, so that every installation has one order. Of the table,
 * by its name: ORDER BY would take what is selected under the name of the field, which is not the same for all.
 */
function sortColumn(field: Field): Sql {
  if (field.name === 'valid_from') return sql`(lower(record.valid) AT TIME ZONE 'UTC')::date`;
  if (field.name === 'valid_to') return sql`(upper(record.valid) AT TIME ZONE 'UTC')::date`;
  const column = sql`record.${ident(field.name)}`;
  return field.type === 'string' ? sql`${column} COLLATE "C"` : column;
}

/** What a cursor keeps of it: a text that reads back as the very same value. */
function sortText(field: Field): Sql {
  if (field.type === 'datetime') return instantText(field, 'US');
  return sql`(${sortColumn(field)})::text`;
}

/** In the order asked for, or that order turned round: a page before a cursor is read backwards. */
function orderBy({ order, isFew }: ItemsPage, isTurned: boolean): Sql {
  const keys = order.map(({ field, descending }) => {
    const direction = descending !== isTurned ? sql`DESC` : sql`ASC`;
    return sql`${sortColumn(field)} ${direction} ${isTurned ? sql`NULLS FIRST` : sql`NULLS LAST`}`;
  });
  // An expression has no index to be read in its order.
  const number = isFew ? sql`fid + 0` : sql`fid`;
  return sql`ORDER BY ${join([...keys, isTurned ? sql`${number} DESC` : number], sql`, `)}`;
}

/** Records beyond the cursor in its direction: further in the first key, or equal there and further in the next. */
function beyond(order: readonly SortKey[], { direction, fid, values }: Cursor): Sql {
  const isPrev = direction === 'prev';
  const last = isPrev ? sql`fid < ${fid}::bigint` : sql`fid > ${fid}::bigint`;
  return order.reduceRight((rest, { field, descending }, index) => {
    const column = sortColumn(field);
    const value = values[index] ?? null;
    // Nothing comes after what is empty, and everything that is not empty comes before it.
    if (value === null) {
      return isPrev ? sql`(${column} IS NOT NULL OR (${rest}))` : sql`(${column} IS NULL AND (${rest}))`;
    }
    const bound = sql`${value}::${COLUMN_TYPE[field.type]}`;
    const isLess = descending !== isPrev;
    const further = isLess ? sql`${column} < ${bound}` : sql`${column} > ${bound}`;
    const empty = isPrev ? EMPTY : sql` OR ${column} IS NULL`;
    return sql`(${further}${empty} OR (${column} = ${bound} AND (${rest})))`;
  }, last);
}

/** The number of each record of a page, these columns of it, and the keys of the order by their place in it. */
export function pageSelect(layer: PublishedLayer, filter: Filter, page: ItemsPage, columns: readonly Sql[]): Sql {
  const { order, cursor, limit } = page;
  const keys = order.map(({ field }, index) => sql`${sortText(field)} AS ${ident(String(index))}`);
  const where = all([predicate(layer, filter), ...(cursor ? [beyond(order, cursor)] : [])]);
  return sql`SELECT fid${more([...columns, ...keys])}
    FROM ${recordTable(layer)} AS record WHERE ${where} ${orderBy(page, cursor?.direction === 'prev')} LIMIT ${limit}::integer`;
}

/**
 * A page of records in the order asked for; before a cursor, in that order turned round. Rows `{ fid, geojson, <fields>,
 * "0", "1", ... }`, the last being the keys of the order as a cursor keeps them.
 */
export function itemsPageQuery(layer: PublishedLayer, filter: Filter, page: ItemsPage): Query {
  const columns = [sql`${itemGeometry(layer)} AS geojson`, ...page.fields.map(itemColumn)];
  return toQuery(pageSelect(layer, filter, page, columns));
}
