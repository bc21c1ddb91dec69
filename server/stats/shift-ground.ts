/** Values at the cells of a grid over a box, row by row; `marks`: 1 where the study area is. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly marks: Uint8Array;
  /** Of each cell, its band from 0: the lower the nearer. */
  readonly band: Uint8Array;
  /** Of each cell, how far it is from what is looked at. */
  readonly distance: Float64Array;
}

/** The ground on which the events of a shift can fall at all. */
export interface Reached {
  /** How many cells were looked at. */
  readonly cells: number;
  readonly mean: number;
  readonly deviation: number;
  readonly shares: Float64Array;
}

/** Cells of the study area that stand for it. */
export const MOST_CELLS = 20_000;

/** One cell of the study area at random out of each so many that follow one another. */
export function chooseCells({ marks }: Grid, marked: number, random: () => number): Int32Array {
  const inside = new Int32Array(marked);
  let next = 0;
  for (const [cell, mark] of marks.entries()) {
    if (mark === 1) {
      inside[next] = cell;
      next += 1;
    }
  }
  if (marked <= MOST_CELLS) return inside;
  const step = marked / MOST_CELLS;
  return Int32Array.from({ length: MOST_CELLS }, (_, nth) => inside[Math.floor((nth + random()) * step)] as number);
}

/** Of cells of the study area, those that are where another one comes to lie. Undefined when there is none. */
export function reach(
  { columns, rows, marks, band: bandOf, distance }: Grid,
  cells: Int32Array,
  bands: number,
  across: number,
  up: number,
): Reached | undefined {
  const counts = new Float64Array(bands);
  let [found, sum, squares] = [0, 0, 0];
  for (const cell of cells) {
    const row = Math.floor(cell / columns);
    const from = ((row + rows - up) % rows) * columns + ((cell - row * columns + columns - across) % columns);
    if (marks[from] === 0) continue;
    found += 1;
    const metres = distance[cell] as number;
    sum += metres;
    squares += metres * metres;
    const band = bandOf[cell] as number;
    counts[band] = (counts[band] as number) + 1;
  }
  if (found === 0) return undefined;
  const mean = sum / found;
  return {
    cells: found,
    mean,
    deviation: Math.sqrt(Math.max(0, squares / found - mean * mean)),
    shares: cumulated(counts).map((count) => count / found),
  };
}

/** Of each band, all of it and of those nearer: in place. */
export function cumulated(counts: Float64Array): Float64Array {
  for (let band = 1; band < counts.length; band += 1)
    counts[band] = (counts[band] as number) + (counts[band - 1] as number);
  return counts;
}
