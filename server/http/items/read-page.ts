import type { PublishedLayer } from '../../core/catalogue.ts';
import { InvalidParameter } from '../../core/errors.ts';
import { type Field, recordFields } from '../../core/layer.ts';
import { parseSortby, type SortKey } from '../../core/sort.ts';
import type { ItemRow } from '../../encode/feature.ts';
import type { ItemText } from '../../encode/feature-page.ts';
import { type Cursor, parseCursor, printCursor } from '../../query/cursor.ts';
import type { Filter } from '../../query/filter.ts';
import { itemTextsPageQuery } from '../../query/item-texts.ts';
import { areFew, itemsPageQuery } from '../../query/items-page.ts';
import type { Run } from '../../query/sql.ts';
import type { ItemParams } from './item-params.ts';

/** The page that a request asks for. */
export interface Page {
  readonly layer: PublishedLayer;
  /** The version in service. */
  readonly served: PublishedLayer;
  readonly filter: Filter;
  readonly fields: readonly Field[];
  readonly order: readonly SortKey[];
  readonly cursor: Cursor | undefined;
  readonly limit: number;
  /** See `questionOf`. */
  readonly question: string;
  /** How many records answer on all pages, where that is known. */
  readonly matched?: number | undefined;
}

/** A page as it was read, with the cursors of the pages beside it where there are any. */
export interface ReadPage<Row> {
  readonly rows: readonly Row[];
  readonly next: string | undefined;
  readonly prev: string | undefined;
}

/** The fields that `properties` names, in the layer's order; all when it is absent, none when it is empty. @throws InvalidParameter */
function parseProperties(text: string | undefined, layer: PublishedLayer): readonly Field[] {
  const fields = recordFields(layer);
  if (text === undefined) return fields;
  const names = new Set(text === '' ? [] : text.split(',').map((name) => name.trim()));
  const unknown = [...names].filter((name) => !fields.some((field) => field.name === name));
  if (unknown.length === 0) return fields.filter(({ name }) => names.has(name));
  const known = fields.map(({ name }) => name).join(', ');
  const detail = `properties names "${unknown[0]?.slice(0, 40)}", which "${layer.id}" does not have. It has ${known}.`;
  throw new InvalidParameter([{ parameter: 'properties', detail }]);
}

/** @throws InvalidParameter */
export function toPage(
  { properties, sortby, cursor, limit }: ItemParams,
  question: string,
  versions: Pick<Page, 'layer' | 'served' | 'filter'>,
): Page {
  const { layer } = versions;
  const order = sortby === undefined ? [] : parseSortby(sortby, layer);
  return {
    ...versions,
    ...{ fields: parseProperties(properties, layer), order, limit, question },
    cursor: cursor === undefined ? undefined : parseCursor(cursor, order, question),
  };
}

async function read<Row>(
  run: Run,
  page: Page,
  query: typeof itemsPageQuery,
  placeOf: (row: Row) => Pick<Cursor, 'fid' | 'values'>,
  signal: AbortSignal,
): Promise<ReadPage<Row>> {
  const { layer, filter, cursor, limit, question, matched } = page;
  // One row more than asked for tells whether there is another page.
  const wanted = { ...page, limit: limit + 1, isFew: areFew(layer, filter, limit, matched) };
  const found = await run<Row>(query(layer, filter, wanted), signal);
  const isPrev = cursor?.direction === 'prev';
  const rows = found.slice(0, limit);
  if (isPrev) rows.reverse();
  const hasMore = found.length > limit;
  const at = (row: Row | undefined, direction: Cursor['direction']) =>
    row && printCursor({ generation: layer.generation, direction, ...placeOf(row) }, question);
  return {
    rows,
    next: isPrev || hasMore ? at(rows.at(-1), 'next') : undefined,
    prev: isPrev ? (hasMore ? at(rows[0], 'prev') : undefined) : cursor && at(rows[0], 'prev'),
  };
}

/** The records of a page by name. */
export function readRows(run: Run, page: Page, signal: AbortSignal): Promise<ReadPage<ItemRow>> {
  const placeOf = (row: ItemRow) => ({
    fid: row.fid,
    values: page.order.map((_, index) => row[index] as string | null),
  });
  return read(run, page, itemsPageQuery, placeOf, signal);
}

/** The records of a page as `toFeaturePage` takes them. */
export function readTexts(run: Run, page: Page, signal: AbortSignal): Promise<ReadPage<ItemText>> {
  const placeOf = ([fid, , ...values]: ItemText) => ({ fid, values });
  return read(run, page, itemTextsPageQuery, placeOf, signal);
}
