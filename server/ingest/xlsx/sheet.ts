import type { Issue, Reading } from '../feature.ts';
import type { Limits } from '../source.ts';
import { type SheetRow, sheetRows } from './rows.ts';
import { HEAD_ROWS, letters, readHead, type TableHead } from './table.ts';
import type { Sheet, Workbook } from './workbook.ts';

/**
 * A sheet as a table whose rows are records without a position; gives the number of its last record.
 * @param before records that earlier sheets gave
 * @throws LimitExceeded, UnreadableFile
 */
export async function* readSheet(
  sheet: Sheet,
  workbook: Workbook,
  before: number,
  limits: Limits,
): AsyncGenerator<Reading, number> {
  const part = sheet.name;
  const note = (
    code: string,
    severity: Issue['severity'],
    value: string | null,
    detail: string,
    line?: number,
  ): Reading => ({
    type: 'issue',
    issue: { code, severity, index: null, place: line === undefined ? { part } : { part, line }, value, detail },
  });
  const rows = sheetRows(sheet, workbook, limits);
  const first: SheetRow[] = [];
  let head: TableHead | null = null;
  let index = before;
  let errors = 0;
  let beyond = 0;
  const feature = (row: SheetRow, { columns }: TableHead): Reading => {
    index += 1;
    const properties: Record<string, unknown> = {};
    let used = 0;
    for (const { at, name } of columns) {
      const value = row.cells.get(at) ?? null;
      properties[name] = value;
      if (value !== null) used += 1;
    }
    if (used < row.cells.size) beyond += 1;
    errors += row.errors;
    return {
      type: 'feature',
      feature: { index, place: { part, line: row.number }, id: null, geometry: null, properties },
    };
  };
  const begin = function* (): Generator<Reading> {
    head = readHead(first);
    yield { type: 'layer', layer: { name: part, crs: null, columns: head.columns.map(({ name }) => name) } };
    yield* sayOfHead(head, first, note);
    for (const row of first.slice(head.firstData)) yield feature(row, head);
  };
  for await (const row of rows) {
    if (head) yield feature(row, head);
    else {
      first.push(row);
      if (first.length === HEAD_ROWS) yield* begin();
    }
  }
  if (!head) yield* begin();
  if (beyond > 0) {
    yield note(
      'cells-beside',
      'warning',
      null,
      `${beyond} rows have values beside the table, in columns without a heading; these were left out. Give the columns headings to keep them.`,
    );
  }
  if (errors > 0) {
    yield note(
      'cell-errors',
      'warning',
      null,
      `${errors} cells show an error such as #REF! or #N/A; they were read as empty.`,
    );
  }
  return index;
}

function* sayOfHead(
  { columns, headerRow, hxl, firstData }: TableHead,
  first: readonly SheetRow[],
  note: (code: string, severity: Issue['severity'], value: string | null, detail: string, line?: number) => Reading,
): Generator<Reading> {
  if (hxl) {
    const tags = hxl.tags.map((tag, index) => (tag === '' ? null : `${columns[index]?.name}: ${tag}`));
    const list = tags.filter((tag) => tag !== null).join(', ');
    yield note('hxl', 'note', hxl.tags.join(','), `HXL tags: ${list}.`, hxl.row);
  } else if (headerRow === null && first.length > 0) {
    yield note(
      'no-header',
      'note',
      null,
      `No row with two texts or more was found to name the columns; they are called ${letters(0)}, ${letters(1)} and so on. Put their names above them.`,
    );
  }
  const above = first.slice(0, firstData).filter(({ number }) => number !== headerRow && number !== hxl?.row);
  if (above.length > 0) {
    const text = [...(above[0] as SheetRow).cells.values()].join(' ').slice(0, 200);
    yield note(
      'rows-above-header',
      'note',
      text,
      `${above.length} rows above the table were left out.`,
      above[0]?.number,
    );
  }
}
