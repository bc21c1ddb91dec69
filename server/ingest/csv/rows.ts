import { CsvError, type Parser, parse } from 'csv-parse';
import { LimitExceeded, UnreadableFile } from '../errors.ts';
import type { Issue } from '../feature.ts';
import type { Limits } from '../source.ts';
import { toIssue } from '../text/issue.ts';

export interface Row {
  readonly cells: readonly string[];
  /** On which the row begins, from 1. */
  readonly line: number;
}

/**
 * Cuts text into rows, as it comes. Line ends are made alike first: csv-parse counts CR LF inside quotes as two lines, and
 * takes the first line end that it meets for the only one.
 */
export class RowCutter {
  /** Why the rows ended before the text did. */
  fault: Issue | null = null;
  readonly #limits: Limits;
  readonly #parser: Parser;
  #ready: Row[] = [];
  #line = 1;
  /** A CR whose LF may be the next piece's first letter. */
  #held = '';
  #failure: Error | null = null;

  constructor(delimiter: string, limits: Limits) {
    this.#limits = limits;
    this.#parser = parse({
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: limits.recordBytes,
      // Rows are taken here and not from the stream, which forgets those not yet handed on when it fails.
      on_record: (cells: string[], { lines }) => {
        this.#ready.push({ cells, line: this.#line });
        this.#line = lines + 1;
        return null;
      },
    });
    this.#parser.on('error', (error) => {
      this.#failure ??= error;
    });
    this.#parser.resume();
  }

  /** The rows that are complete with this piece. @throws LimitExceeded, UnreadableFile */
  async push(piece: string): Promise<readonly Row[]> {
    const text = this.#held + piece;
    this.#held = text.endsWith('\r') ? '\r' : '';
    const whole = this.#held ? text.slice(0, -1) : text;
    await this.#write(whole.includes('\r') ? whole.replace(/\r\n?/g, '\n') : whole);
    return this.#taken();
  }

  /** The last row, when no more text comes. @throws LimitExceeded, UnreadableFile */
  async end(): Promise<readonly Row[]> {
    if (this.#held) await this.#write('\n');
    if (!this.#failure) {
      await new Promise<void>((resolve) => {
        this.#parser.once('error', () => resolve());
        this.#parser.once('end', resolve);
        this.#parser.end();
      });
    }
    return this.#taken();
  }

  async #write(text: string): Promise<void> {
    if (text !== '' && !this.#failure) await new Promise<void>((resolve) => this.#parser.write(text, () => resolve()));
  }

  #taken(): readonly Row[] {
    const rows = this.#ready;
    this.#ready = [];
    if (this.#failure) this.fault ??= toFault(this.#failure, this.#line, this.#limits);
    return rows;
  }
}

function toFault(error: Error, line: number, { recordBytes }: Limits): Issue {
  if (!(error instanceof CsvError)) throw error;
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    throw new LimitExceeded(
      `The row that begins on line ${line} is longer than ${recordBytes} bytes (limit UPLOAD_RECORD_MB). Look for a quote that is not closed.`,
    );
  }
  if (error.code !== 'CSV_QUOTE_NOT_CLOSED') throw new UnreadableFile(`Line ${line}: this cannot be read as a table.`);
  return toIssue({
    code: 'quote-not-closed',
    severity: 'error',
    place: { line },
    detail: `A quote in the row that begins on line ${line} is never closed, so all that follows it is one cell. Close it, or write it twice if it is meant as a letter.`,
  });
}
