import { uniqueNames } from '../archive/unique-names.ts';
import { HXL_ROWS, isHxlRow, toTag } from '../csv/hxl.ts';
import type { SheetRow } from './rows.ts';

/** Titles, notes and merged headings stand above a table; HXL allows as many rows above its tags. */
export const HEAD_ROWS = HXL_ROWS;

/** How a sheet is read as a table. */
export interface TableHead {
  /** Where each column of the table is in the sheet, from 0, with its name. */
  readonly columns: readonly { readonly at: number; readonly name: string }[];
  /** Of the rows looked at, the first with data. */
  readonly firstData: number;
  /** The row with the names, as the sheet numbers it; null where no row is taken for one. */
  readonly headerRow: number | null;
  /** The row with HXL's tags and the tag of each column, empty where it has none. */
  readonly hxl: { readonly row: number; readonly tags: readonly string[] } | null;
}

/**
 * What the first rows of a sheet say: the row of HXL tags with the names right above it, or else the first row with two
 * texts or more; where there is none, columns are called by their letters and every row is data.
 */
export function readHead(rows: readonly SheetRow[]): TableHead {
  const tagged = rows.findIndex(isTags);
  const named = tagged >= 0 ? tagged - 1 : rows.findIndex((row) => texts(row).length >= 2);
  const naming = rows[named];
  const tags = rows[tagged];
  const width = widthOf([naming, tags]);
  if (!naming && !tags) {
    const columns = Array.from({ length: widthOf(rows) }, (_, at) => ({ at, name: letters(at) }));
    return { columns, firstData: 0, headerRow: null, hxl: null };
  }
  const name = (at: number) => String((naming ?? tags)?.cells.get(at) ?? tags?.cells.get(at) ?? '');
  const all = Array.from({ length: width }, (_, at) => name(at));
  // What stands left of a table that begins further right is no column of it.
  const first = all.findIndex((text) => text !== '');
  const names = uniqueNames(all);
  return {
    columns: names.map((unique, at) => ({ at, name: unique })).slice(first),
    firstData: Math.max(named, tagged) + 1,
    headerRow: naming?.number ?? null,
    hxl: tags
      ? { row: tags.number, tags: all.map((_, at) => toTag(String(tags.cells.get(at) ?? ''))).slice(first) }
      : null,
  };
}

/** Columns up to the last one with a value. */
function widthOf(rows: readonly (SheetRow | undefined)[]): number {
  let width = 0;
  for (const row of rows) for (const at of row?.cells.keys() ?? []) width = Math.max(width, at + 1);
  return width;
}

const texts = ({ cells }: SheetRow): string[] => [...cells.values()].filter((cell) => typeof cell === 'string');

const isTags = ({ cells }: SheetRow): boolean => isHxlRow([...cells.values()].map(String));

/** A, B, ..., Z, AA, ... */
export function letters(column: number): string {
  const rest = Math.floor(column / 26);
  return `${rest > 0 ? letters(rest - 1) : ''}${String.fromCharCode(65 + (column % 26))}`;
}
