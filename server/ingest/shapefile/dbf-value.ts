/** One column of a table: where it stands in a row, and what it holds. */
export interface DbfField {
  readonly name: string;
  /** C text, N and F numbers as text, D date, L yes or no, I integer of 32 bits, O double; others are not read. */
  readonly type: string;
  /** From the beginning of the row, whose first byte is the mark of deletion. */
  readonly start: number;
  readonly length: number;
}

const BLANK = /^[\s\0*]*$/;

/**
 * The value of a field: text without its padding, a number, a boolean, a day as `YYYY-MM-DD`; null where nothing is
 * written, or stars, which stand for a number that was too long. A number or date that is none stays as the text it is,
 * for the checks to find, and so does a whole number beyond 2^53, which would lose its last digits.
 * @param ascii the row, byte by byte
 */
export function toValue(
  field: DbfField,
  ascii: string,
  row: Buffer,
  decode: (bytes: Buffer) => string,
): string | number | boolean | null {
  const { type, start, length } = field;
  if (type === 'I' && length === 4) return row.readInt32LE(start);
  if (type === 'O' && length === 8) return finite(row.readDoubleBE(start));
  const raw = ascii.slice(start, start + length);
  switch (type) {
    case 'N':
    case 'F': {
      const text = (raw.split('\0', 1)[0] ?? '').trim();
      return BLANK.test(text) ? null : toNumber(text);
    }
    case 'L':
      return /[TtYy]/.test(raw) ? true : /[FfNn]/.test(raw) ? false : null;
    case 'D':
      return BLANK.test(raw) || raw === '00000000' ? null : raw.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3').trim();
    default:
      return toText(raw, row, field, decode);
  }
}

function toText(raw: string, row: Buffer, { start, length }: DbfField, decode: (bytes: Buffer) => string) {
  const end = raw.indexOf('\0');
  const used = end < 0 ? raw : raw.slice(0, end);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is not ASCII is looked for by its absence.
  const text = /^[\x00-\x7f]*$/.test(used) ? used : decode(row.subarray(start, start + Math.min(length, used.length)));
  return text.trimEnd() || null;
}

function toNumber(text: string): number | string {
  const number = Number(text);
  if (!Number.isFinite(number)) return text;
  return /^[+-]?\d+$/.test(text) && !Number.isSafeInteger(number) ? text : number;
}

const finite = (number: number): number | null => (Number.isFinite(number) ? number : null);
