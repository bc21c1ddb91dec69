export const int = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
};
export const doubles = (values: readonly number[]) => Buffer.from(new Float64Array(values).buffer);

/** A shape of one position. */
export const point = (x: number, y: number) => Buffer.concat([int(1), doubles([x, y])]);
/** A shape of several parts: a line, a polygon. */
export const parted = (type: number, parts: readonly (readonly number[][])[], after: readonly number[] = []) => {
  let before = 0;
  const starts = parts.map(({ length }) => {
    before += length;
    return int(before - length);
  });
  const all = parts.flat();
  return Buffer.concat([
    int(type),
    doubles([0, 0, 0, 0]),
    int(parts.length),
    int(all.length),
    ...starts,
    doubles(all.flat()),
    doubles(after),
  ]);
};

/** A .shp of these shapes; `declared` stands in the header for the true length. */
export function shp(shapes: readonly Buffer[], declared?: number): Buffer {
  const records = shapes.map((shape, index) => {
    const head = Buffer.alloc(8);
    head.writeInt32BE(index + 1, 0);
    head.writeInt32BE(shape.length / 2, 4);
    return Buffer.concat([head, shape]);
  });
  const header = Buffer.alloc(100);
  header.writeInt32BE(9994, 0);
  header.writeInt32LE(1000, 28);
  const file = Buffer.concat([header, ...records]);
  file.writeInt32BE((declared ?? file.length) / 2, 24);
  return file;
}

export type Column = readonly [name: string, type: string, length: number];

/** A .dbf; a row that begins with '*' is deleted. Cells are bytes or text in latin1. */
export function dbf(
  columns: readonly Column[],
  rows: readonly (readonly (string | Buffer)[])[],
  { language = 0, count = -1 } = {},
) {
  const head = Buffer.alloc(32);
  head[0] = 3;
  head.writeUInt32LE(count < 0 ? rows.length : count, 4);
  head.writeUInt16LE(33 + columns.length * 32, 8);
  head.writeUInt16LE(1 + columns.reduce((sum, [, , length]) => sum + length, 0), 10);
  head[29] = language;
  const described = columns.map(([name, type, length]) => {
    const bytes = Buffer.alloc(32);
    bytes.write(name, 0, 11, 'latin1');
    bytes.write(type, 11, 'latin1');
    bytes[16] = length;
    return bytes;
  });
  const cells = rows.map(([mark, ...values]) =>
    Buffer.concat([
      Buffer.from(mark as string),
      ...columns.map(([, , length], index) => {
        const value = values[index] ?? '';
        const cell = Buffer.alloc(length, ' ');
        (typeof value === 'string' ? Buffer.from(value, 'latin1') : value).copy(cell);
        return cell;
      }),
    ]),
  );
  return Buffer.concat([head, ...described, Buffer.from([0x0d]), ...cells, Buffer.from([0x1a])]);
}
