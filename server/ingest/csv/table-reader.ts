import { LimitExceeded } from '../errors.ts';
import type { Reading } from '../feature.ts';
import type { Limits } from '../source.ts';
import { issueReading, toIssue } from '../text/issue.ts';
import { numberedColumn, toColumnNames } from './column-names.ts';
import { findHeader, type Header, LOOKAHEAD } from './header.ts';
import type { Row } from './rows.ts';
import { TextWatch } from './text-watch.ts';

const isEmptyRow = ({ cells }: Row) => cells.every((cell) => cell.trim() === '');

/** Turns the rows of a table into records without position: that is found in their columns by `locate/`. */
export class TableReader {
  readonly #limits: Limits;
  readonly #watch = new TextWatch();
  /** The first rows, until there are enough of them to tell the header. */
  #first: Row[] | null = [];
  #columns: readonly string[] = [];
  #index = 0;
  #empty = 0;
  #emptyLine = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** @throws LimitExceeded */
  *take(row: Row): Generator<Reading> {
    if (isEmptyRow(row)) {
      if (this.#empty === 0) this.#emptyLine = row.line;
      this.#empty += 1;
    } else if (!this.#first) {
      yield* this.#read(row);
    } else if (this.#first.push(row) === LOOKAHEAD) {
      yield* this.#begin(this.#first);
    }
  }

  /** What is left when no more rows come. */
  *end(): Generator<Reading> {
    if (this.#first) yield* this.#begin(this.#first);
    if (this.#empty === 0) return;
    const detail = `${this.#empty} empty rows were passed over; the first is on line ${this.#emptyLine}.`;
    const place = { line: this.#emptyLine };
    yield issueReading({ code: 'empty-rows', severity: 'note', place, value: String(this.#empty), detail });
  }

  /** The layer, and the records among the first rows. */
  *#begin(rows: readonly Row[]): Generator<Reading> {
    this.#first = null;
    const header = findHeader(rows);
    const widest = Math.max(0, ...rows.map(({ cells }) => cells.length));
    const { names, issues } = header.cells
      ? toColumnNames(header.cells, header.line)
      : { names: Array.from({ length: widest }, (_, at) => numberedColumn(at)), issues: [] };
    this.#columns = names;
    yield { type: 'layer', layer: { name: null, crs: null, columns: names } };
    yield* this.#sayHeader(header);
    for (const issue of issues) yield { type: 'issue', issue };
    for (const row of rows.slice(header.rows)) yield* this.#read(row);
  }

  *#sayHeader({ cells, tags, line, titles }: Header): Generator<Reading> {
    if (!cells) {
      const detail = `The table has no header row; its columns are called c1 to c${this.#columns.length}.`;
      yield issueReading({ code: 'no-header', severity: 'note', place: { line }, detail });
    }
    if (titles > 0) {
      const detail = `${titles} rows above the header were taken for its title, and are no records.`;
      yield issueReading({ code: 'rows-above-header', severity: 'note', place: { line }, detail });
    }
    if (tags) {
      const pairs = this.#columns.map((column, at) => (tags[at] ? `${column}: ${tags[at]}` : null)).filter(Boolean);
      const issue = toIssue({
        code: 'hxl',
        severity: 'note',
        place: { line },
        detail: `HXL tags: ${pairs.join(', ')}.`,
      });
      // Whole, as others read it: the tag of each column in order.
      yield { type: 'issue', issue: { ...issue, value: this.#columns.map((_, at) => tags[at] ?? '').join(',') } };
    }
  }

  *#read({ cells, line }: Row): Generator<Reading> {
    this.#index += 1;
    const index = this.#index;
    if (index > this.#limits.features) {
      throw new LimitExceeded(
        `The table has more than ${this.#limits.features} rows (limit UPLOAD_FEATURES). Send it in parts.`,
      );
    }
    const place = { line };
    const columns = this.#columns;
    if (cells.length > columns.length && cells.slice(columns.length).some((cell) => cell.trim() !== '')) {
      yield issueReading({
        code: 'too-many-fields',
        severity: 'error',
        index,
        place,
        value: cells.slice(columns.length).join(' | '),
        detail: `The row has ${cells.length} fields, and the table ${columns.length} columns: it is not known which belongs where. Put quotes around text that holds the delimiter.`,
      });
      return;
    }
    if (cells.length < columns.length) {
      yield issueReading({
        code: 'too-few-fields',
        severity: 'warning',
        index,
        place,
        value: cells.join(' | '),
        detail: `The row has ${cells.length} fields, and the table ${columns.length} columns; the last ones were left empty.`,
      });
    }
    const properties: Record<string, string | null> = {};
    for (const [at, column] of columns.entries()) {
      const cell = cells[at];
      const text = cell === undefined || cell.trim() === '' ? null : cell;
      properties[column] = text;
      const issue = text === null ? null : this.#watch.look(column, text, index, place);
      if (issue) yield { type: 'issue', issue };
    }
    yield { type: 'feature', feature: { index, place, id: null, geometry: null, properties } };
  }
}
