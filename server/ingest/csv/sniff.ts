import { TextDecoder } from 'node:util';
import { sniffEncoding } from '../text/encoding.ts';
import { Utf8Decoder } from '../text/utf8-decoder.ts';
import { sniffDelimiter } from './delimiter.ts';

const TABLE_NAME = /\.(?:csv|tsv|tab|txt)(?:\.gz)?$/i;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what text has not
const BINARY = /[\x00-\x08\x0e-\x1f]/;

/** Whether the beginning of a file is text at all. */
export function isText(beginning: string): boolean {
  return !BINARY.test(beginning);
}

/** A table: text in rows of equally many fields, or any text with the name of one. */
export function sniffCsv(head: Uint8Array, fileName: string): boolean {
  const { encoding, mark } = sniffEncoding(head);
  const bytes = Buffer.from(head).subarray(mark);
  const text = encoding === 'utf-8' ? new Utf8Decoder().decode(bytes) : new TextDecoder(encoding).decode(bytes);
  if (text.trim() === '' || !isText(text) || /^\s*[{[<]/.test(text)) return false;
  return TABLE_NAME.test(fileName) || sniffDelimiter(text) !== null;
}
