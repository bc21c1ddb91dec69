import type { Field } from '../../core/layer.ts';
import type { ItemRow } from '../feature.ts';

/** By the list of column types in header.fbs. */
const TYPES = {
  boolean: 2,
  integer: 7,
  number: 10,
  string: 11,
  strings: 12,
  date: 13,
  datetime: 13,
} as const satisfies {
  [type in Field['type']]: number;
};
/** The number of a record is a column: a feature of this format has none of its own. */
const FID = { name: 'fid', type: TYPES.integer, title: 'fid' } as const;

export interface Column {
  readonly name: string;
  readonly type: number;
  /** As people read it. */
  readonly title: string;
}

export function toColumns(fields: readonly Field[]): Column[] {
  return [FID, ...fields.map(({ name, type, title }) => ({ name, type: TYPES[type], title: title.en }))];
}

let room = Buffer.alloc(4096);

/** The values of a row that are not null, each after the number of its column. Valid until the next call. */
export function writeValues(columns: readonly Column[], row: ItemRow): Buffer {
  let at = 0;
  for (const [index, { name, type }] of columns.entries()) {
    const value = row[name];
    if (value === null || value === undefined) continue;
    const text = type >= TYPES.string ? (typeof value === 'string' ? value : JSON.stringify(value)) : '';
    // The most that UTF-8 takes for a unit of UTF-16, and the number of the column with a length or a fixed value.
    reserve(at + 10 + 3 * text.length, at);
    at = room.writeUInt16LE(index, at);
    if (type === TYPES.boolean) at = room.writeUInt8(value ? 1 : 0, at);
    else if (type === TYPES.integer) at = room.writeBigInt64LE(BigInt(value as number), at);
    else if (type === TYPES.number) at = room.writeDoubleLE(value as number, at);
    else {
      const length = room.write(text, at + 4);
      at = room.writeUInt32LE(length, at) + length;
    }
  }
  return room.subarray(0, at);
}

function reserve(bytes: number, used: number): void {
  if (bytes <= room.length) return;
  const larger = Buffer.alloc(2 * bytes);
  larger.set(room.subarray(0, used));
  room = larger;
}
