import { cellToParent } from 'h3-js';
import { outlineOf, toBaseCell } from '../../core/hex.ts';
import { type Position, toMetres } from './mercator.ts';
import { remember } from './remember.ts';

/** A cell that holds records. */
export interface Cell {
  /** H3 index. */
  readonly name: string;
  /** Closed, metres. */
  readonly outline: readonly Position[];
}

/** The cells of a resolution that hold records, in the order of their indexes: a cell's place is its ordinal. */
export interface Cells {
  /** Where the records of each cell begin in `order`; one more for where the last end. */
  readonly starts: readonly number[];
  /** Made when first asked for: of many cells a tile shows few. */
  cell(ordinal: number): Cell;
}

export interface CellIndex {
  /** Places of the records, those in a cell (of any resolution) side by side. */
  readonly order: Uint32Array;
  at(resolution: number): Cells;
}

/** The index without its mode and resolution: 52 bits, which a number holds, in the same order. */
const toKey = (base: bigint) => Number(BigInt.asUintN(52, base));

/** Three bits for each resolution, up to 15. */
const parentKey = (key: number, resolution: number) => Math.floor(key / 2 ** (3 * (15 - resolution)));

/** The hexagons of some points (lon/lat degrees): sorted once, and those of a resolution made when asked for. */
export function indexCells(positions: readonly Position[]): CellIndex {
  const bases = BigInt64Array.from(positions, ([lon, lat]) => BigInt(toBaseCell(lon, lat)));
  const keys = Float64Array.from(bases, toKey);
  const order = Uint32Array.from(keys.keys()).sort((a, b) => (keys[a] as number) - (keys[b] as number));

  function cellsAt(resolution: number): Cells {
    const starts: number[] = [];
    let last = -1;
    for (let place = 0; place < order.length; place++) {
      const parent = parentKey(keys[order[place] as number] as number, resolution);
      if (parent === last) continue;
      last = parent;
      starts.push(place);
    }
    starts.push(order.length);
    const cell = remember((ordinal: number): Cell => {
      const base = bases[order[starts[ordinal] as number] as number] as bigint;
      const name = cellToParent(base.toString(16), resolution);
      return { name, outline: outlineOf(name).map(toMetres) };
    });
    return { starts, cell };
  }

  return { order, at: remember(cellsAt) };
}
