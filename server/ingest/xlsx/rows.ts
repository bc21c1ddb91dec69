import { LimitExceeded } from '../errors.ts';
import type { Limits } from '../source.ts';
import { visitXml } from '../xml/visit.ts';
import { fromSerial } from './serial-date.ts';
import type { Sheet, Workbook } from './workbook.ts';

export type Cell = string | number | boolean;

export interface SheetRow {
  /** From 1, as the sheet shows it. */
  readonly number: number;
  /** By column from 0; cells without a value are left out. */
  readonly cells: ReadonlyMap<number, Cell>;
  /** Cells that show an error, such as #REF!, and have no value. */
  readonly errors: number;
}

/** XFD, the last column that Excel has. */
const MOST_COLUMNS = 16_384;

/**
 * The rows of a sheet that have a value, in order.
 * @throws LimitExceeded, UnreadableFile
 */
export function sheetRows(sheet: Sheet, workbook: Workbook, limits: Limits): AsyncGenerator<SheetRow> {
  return visitXml<SheetRow>(sheet.member.stream(), sheet.name, limits, (emit) => {
    let number = 0;
    let cells = new Map<number, Cell>();
    let errors = 0;
    let column = -1;
    let type = 'n';
    let style = 0;
    let text = '';
    let length = 0;
    const path: string[] = [];
    return {
      open(element, attributes) {
        path.push(element);
        if (element === 'row') {
          number = Number(attributes.r) || number + 1;
          cells = new Map();
          errors = 0;
          column = -1;
          length = 0;
        } else if (element === 'c') {
          column = columnOf(attributes.r) ?? column + 1;
          type = attributes.t ?? 'n';
          style = Number(attributes.s ?? 0);
          text = '';
        }
      },
      text(more) {
        const element = path.at(-1);
        if (element !== 'v' && (element !== 't' || path.includes('rPh'))) return;
        text += more;
        length += more.length;
        if (length > limits.recordBytes) {
          throw new LimitExceeded(`Row ${number} is longer than ${limits.recordBytes} (limit UPLOAD_RECORD_MB).`);
        }
      },
      close(element) {
        path.pop();
        if (element === 'c') {
          const value = toCell(type, style, text, workbook);
          if (type === 'e') errors += 1;
          else if (value !== null && column < MOST_COLUMNS) cells.set(column, value);
        } else if (element === 'row' && (cells.size > 0 || errors > 0)) emit({ number, cells, errors });
      },
    };
  });
}

/** The letters of a reference such as `AB12` as a number from 0; null where there are none. */
function columnOf(reference: string | undefined): number | null {
  const letters = /^[A-Z]{1,3}/i.exec(reference ?? '')?.[0].toUpperCase();
  if (letters === undefined) return null;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function toCell(type: string, style: number, text: string, { strings, styles, from1904 }: Workbook): Cell | null {
  switch (type) {
    case 's':
      return strings[Number(text)]?.trim() || null;
    case 'b':
      return text === '' ? null : text === '1' || text === 'true';
    case 'n': {
      if (text.trim() === '') return null;
      const number = Number(text);
      if (!Number.isFinite(number)) return text.trim();
      return fromSerial(number, styles[style] ?? 'number', from1904);
    }
    default:
      return text.trim() || null;
  }
}
