import { TextDecoder } from 'node:util';
import { findRowList } from '../json-rows/find-list.ts';
import { sniffEncoding } from '../text/encoding.ts';
import { ValueScanner } from './value-scanner.ts';

const SEQUENCE_NAME = /\.(?:ndjson|jsonl|geojsonl|geojsons|geojsonseq|ndgeojson)(?:\.gz)?$/i;
const JSON_NAME = /\.(?:geo)?json(?:\.gz)?$/i;
const GEOJSON_NAME = /\.geojson(?:\.gz)?$/i;
const TELLING = /"(?:features|geometry|coordinates|geometries|FeatureCollection|Feature)"/;

/**
 * Whether a file is one GeoJSON text, a sequence of them, a list of other records (`rows`), or none of these, by its first
 * bytes and then its name. Whatever may be GeoJSON goes before rows.
 */
export function sniffJson(head: Uint8Array, fileName: string): 'document' | 'sequence' | 'rows' | null {
  const { encoding, mark } = sniffEncoding(head);
  const bytes = Buffer.from(head).subarray(mark);
  const text = encoding === 'utf-8' ? bytes.toString('utf8') : new TextDecoder(encoding).decode(bytes);
  const trimmed = text.trimStart();
  if (trimmed.startsWith('\u001e')) return 'sequence';
  if (!/^[{[]/.test(trimmed)) return null;
  const named = SEQUENCE_NAME.test(fileName);
  if (!named && !GEOJSON_NAME.test(fileName) && !startsSequence(trimmed) && findRowList(Buffer.from(trimmed))) {
    return 'rows';
  }
  if (!named && !JSON_NAME.test(fileName) && !TELLING.test(trimmed)) return null;
  if (named) return 'sequence';
  return startsSequence(trimmed) ? 'sequence' : 'document';
}

/** A value on a line of its own, and another on the next. */
function startsSequence(text: string): boolean {
  const bytes = Buffer.from(text);
  const count = { line: 1, lineStart: 0 };
  // Deeper than any limit: the reader says so.
  const end = new ValueScanner(bytes.length, 0).scan(bytes, 0, 0, count);
  if (end < 0 || count.line > 1) return false;
  const next = bytes.toString('utf8', end, end + 64);
  return /^[ \t\r]*\n\s*\{/.test(next);
}
