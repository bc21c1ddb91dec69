import type { Layer } from '../core/layer.ts';

/** A row of `hexesQuery`. */
export interface HexRow {
  readonly cell: string;
  readonly kind: string | null;
  readonly count: number;
  readonly [measure: string]: unknown;
}

interface HexCount {
  /** H3 index. */
  cell: string;
  count: number;
  /** Count per value of the layer's `kind`; absent where the layer has none. */
  kinds?: Record<string, number>;
  [measure: string]: unknown;
}

/** Folds the rows of one cell, one for each kind, into one count with its parts. Rows come ordered by cell. */
export function toHexCounts(layer: Layer, rows: readonly HexRow[]): { total: number; cells: HexCount[] } {
  const cells: HexCount[] = [];
  for (const row of rows) {
    let cell = cells.at(-1);
    if (cell?.cell !== row.cell) {
      cell = { cell: row.cell, count: 0, ...Object.fromEntries(layer.measures.map((measure) => [measure, 0])) };
      if (layer.kind !== undefined) cell.kinds = {};
      cells.push(cell);
    }
    cell.count += row.count;
    for (const measure of layer.measures) cell[measure] = Number(cell[measure]) + Number(row[measure]);
    if (cell.kinds && row.kind !== null) cell.kinds[row.kind] = row.count;
  }
  return { total: cells.reduce((sum, { count }) => sum + count, 0), cells };
}
