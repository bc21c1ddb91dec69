import { seededRandom } from '../../stats/random.ts';
import type { Pause } from '../corridor/turns.ts';
import type { Lattice } from './lattice.ts';
import { emptyPlaced, type Placed, put } from './placed.ts';
import { type Bands, type Distances, emptySizes, type Fineness, type Sizes, sizeCell } from './size-cell.ts';

/** Cells of the study area beside one that is not: they count whole by their middle, and its outline runs through them. */
function* edgesOf({ columns, rows }: Lattice, marks: Uint8Array): Generator<number> {
  for (const [index, mark] of marks.entries()) {
    if (mark === 0) continue;
    const [column, row] = [index % columns, Math.floor(index / columns)];
    const isOut = (x: number, y: number) => x >= 0 && x < columns && y >= 0 && y < rows && marks[y * columns + x] === 0;
    if (isOut(column - 1, row) || isOut(column + 1, row) || isOut(column, row - 1) || isOut(column, row + 1))
      yield index;
  }
}

/**
 * How much ground lies in each band, and the bands of the middles of the cells.
 * @param marks 1 where the study area is
 * @param inShapes 1 where the middle of a cell lies in a polygon
 */
export async function sizeGround(
  lattice: Lattice,
  { marks, inShapes }: { readonly marks: Uint8Array; readonly inShapes: Uint8Array },
  bands: Bands,
  distances: Distances,
  fineness: Fineness,
  pause: Pause,
): Promise<{ readonly ground: Placed; readonly sizes: Sizes }> {
  const [ground, sizes] = [emptyPlaced(marks.length), emptySizes(bands)];
  // Of its own seed: how large the ground is does not depend on how events are moved.
  const random = seededRandom(0);
  for (let index = 0; index < marks.length; index += 1) {
    if (marks[index] === 0) continue;
    const [column, row] = [index % lattice.columns, Math.floor(index / lattice.columns)];
    const isInside = inShapes[index] === 1;
    put(ground, index, [lattice.lons[column] as number, lattice.lats[row] as number], isInside, bands, distances);
    sizeCell(lattice, { column, row, isInside }, bands, distances, fineness, sizes, random);
    const paused = pause();
    if (paused) await paused;
  }
  for (const index of edgesOf(lattice, marks)) {
    const band = ground.band[index] as number;
    sizes.doubtSquared[band] = (sizes.doubtSquared[band] as number) + 1;
  }
  return { ground, sizes };
}
