/** A place in the unpacked file. Lines and columns count from 1, columns in bytes; `byte` counts from 0. */
export interface Spot {
  readonly line: number;
  readonly column: number;
  readonly byte: number;
}

/** Where a scanner is: the line it is on and where that begins. */
export interface LineCount {
  line: number;
  /** Byte offset in the file. */
  lineStart: number;
}

export function toSpot({ line, lineStart }: LineCount, byte: number): Spot {
  return { line, column: byte - lineStart + 1, byte };
}
