import type { TextRecord } from '../text/records.ts';
import type { FoundValue } from './document-scanner.ts';
import { ValueScanner } from './value-scanner.ts';

const SPACES = new Set([0x20, 0x09, 0x0a, 0x0d, 0x1e]);

/** A record without the white space and record separators around it, measured; null when nothing is left. */
export function toFoundValue({ bytes, line, byte }: TextRecord, depth: number): FoundValue | null {
  let start = 0;
  let end = bytes.length;
  let lineAt = line;
  let lineStart = 0;
  while (start < end && SPACES.has(bytes[start] as number)) {
    if (bytes[start] === 0x0a) {
      lineAt += 1;
      lineStart = start + 1;
    }
    start += 1;
  }
  while (end > start && SPACES.has(bytes[end - 1] as number)) end -= 1;
  if (start === end) return null;
  const text = bytes.subarray(start, end);
  const scanner = new ValueScanner(depth, 0);
  scanner.scan(text, 0, 0, { line: lineAt, lineStart: 0 });
  const at = { line: lineAt, column: start - lineStart + 1, byte: byte + start };
  return { text, at, colons: scanner.colons, lists: scanner.lists };
}
