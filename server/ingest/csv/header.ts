import { HXL_ROWS, isHxlRow, toTag } from './hxl.ts';
import type { Row } from './rows.ts';

/** How many rows are looked at before the first is given. */
export const LOOKAHEAD = 2 * HXL_ROWS;

export interface Header {
  /** Cells of the header row; null: the table has none. */
  readonly cells: readonly string[] | null;
  readonly line: number;
  /** HXL tag of each column, empty where it has none; null when the table has no row of them. */
  readonly tags: readonly string[] | null;
  /** How many of the rows belong to the header: data begin after them. */
  readonly rows: number;
  /** Of these, how many are titles above the header. */
  readonly titles: number;
}

const isFilled = (cell: string) => cell.trim() !== '';
const isYear = (cell: string) => /^(?:19|20)\d\d$/.test(cell.trim());
const isValue = (cell: string) =>
  /^[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[+-]?\d+)?$/i.test(cell.trim()) ||
  /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/.test(cell.trim());

/** Finds the header in the first rows that are not empty. */
export function findHeader(rows: readonly Row[]): Header {
  const tagged = rows.slice(0, HXL_ROWS).findIndex(({ cells }) => isHxlRow(cells));
  if (tagged >= 0) return hxlHeader(rows, tagged);
  const width = usualWidth(rows);
  // A title over the table: one cell filled where the rows below have many.
  let titles = 0;
  while (titles < rows.length - 1 && width > 2 && (rows[titles]?.cells.filter(isFilled).length ?? 0) <= 1) titles += 1;
  const first = rows[titles];
  if (!first || !isHeader(first.cells, rows.slice(titles + 1))) {
    return { cells: null, line: rows[0]?.line ?? 1, tags: null, rows: 0, titles: 0 };
  }
  return { cells: first.cells, line: first.line, tags: null, rows: titles + 1, titles };
}

function hxlHeader(rows: readonly Row[], tagged: number): Header {
  const tagRow = rows[tagged] as Row;
  const above = rows[tagged - 1];
  const tags = tagRow.cells.map(toTag);
  return {
    cells: above?.cells ?? tags,
    line: (above ?? tagRow).line,
    tags,
    rows: tagged + 1,
    titles: Math.max(0, tagged - 1),
  };
}

function usualWidth(rows: readonly Row[]): number {
  const widths = rows.map(({ cells }) => cells.filter(isFilled).length).sort((a, b) => a - b);
  return widths[widths.length >> 1] ?? 0;
}

/**
 * Whether a row names columns: no numbers or dates in it, or more words above numbers than numbers. A year may be a name
 * ("2019" above counts), and a word that stands again below, in a column of few words, is a value.
 */
function isHeader(cells: readonly string[], below: readonly Row[]): boolean {
  let against = 0;
  let above = 0;
  let names = 0;
  for (const [at, cell] of cells.entries()) {
    if (!isFilled(cell) || isYear(cell)) continue;
    if (isValue(cell)) {
      against += 1;
      continue;
    }
    names += 1;
    const column = below.map((row) => row.cells[at] ?? '').filter(isFilled);
    if (column.length > 0 && column.every(isValue)) above += 1;
    else if (column.includes(cell) && repeats(column)) against += 0.5;
  }
  if (against >= 1) return above > against;
  return names > 0;
}

/** Whether a column has few different values: a name above may then be one of them. */
const repeats = (column: readonly string[]) => new Set(column).size < column.length;
