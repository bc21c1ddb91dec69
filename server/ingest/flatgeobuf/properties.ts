import type { FlatColumn } from './header.ts';
import { BadRecord } from './table.ts';

/** How many bytes a value has and how it is read, by the number of its type; texts and binaries are not here. */
const FIXED: readonly (readonly [size: number, read: (bytes: Buffer, at: number) => unknown])[] = [
  [1, (bytes, at) => bytes.readInt8(at)],
  [1, (bytes, at) => bytes.readUInt8(at)],
  [1, (bytes, at) => bytes.readUInt8(at) !== 0],
  [2, (bytes, at) => bytes.readInt16LE(at)],
  [2, (bytes, at) => bytes.readUInt16LE(at)],
  [4, (bytes, at) => bytes.readInt32LE(at)],
  [4, (bytes, at) => bytes.readUInt32LE(at)],
  [8, (bytes, at) => whole(bytes.readBigInt64LE(at))],
  [8, (bytes, at) => whole(bytes.readBigUInt64LE(at))],
  [4, (bytes, at) => finite(bytes.readFloatLE(at))],
  [8, (bytes, at) => finite(bytes.readDoubleLE(at))],
];
const STRING = 11;
const JSON_TEXT = 12;
const BINARY = 14;
/** Deeper values stay text, since what handles them goes down by calls. */
const MOST_NESTED = 64;

/**
 * Values, each after the number of its column; columns that are not there are null, and binaries are left out.
 * @throws BadRecord, RangeError
 */
export function toProperties(bytes: Buffer, columns: readonly FlatColumn[]): Record<string, unknown> {
  const properties: Record<string, unknown> = {};
  for (const { name, type } of columns) if (type !== BINARY) properties[name] = null;
  for (let at = 0; at < bytes.length; ) {
    const column = columns[bytes.readUInt16LE(at)];
    if (!column) throw new BadRecord('A value is of a column that the file does not have.');
    at += 2;
    const fixed = FIXED[column.type];
    if (fixed) {
      properties[column.name] = fixed[1](bytes, at);
      at += fixed[0];
      continue;
    }
    const length = bytes.readUInt32LE(at);
    at += 4;
    if (column.type > BINARY || at + length > bytes.length) throw new BadRecord('A value is longer than its record.');
    if (column.type !== BINARY) properties[column.name] = toText(bytes.toString('utf8', at, at + length), column.type);
    at += length;
  }
  return properties;
}

function toText(text: string, type: number): unknown {
  if (type === JSON_TEXT && nesting(text) <= MOST_NESTED) {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
  return type === STRING || text !== '' ? text : null;
}

/** How deep brackets stand in one another; those in strings count too, so it may be said too deep. */
function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const letter of text) {
    if (letter === '[' || letter === '{') deepest = Math.max(deepest, ++depth);
    else if (letter === ']' || letter === '}') depth -= 1;
  }
  return deepest;
}

/** Beyond 2^53 as text, which keeps its last digits. */
function whole(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
