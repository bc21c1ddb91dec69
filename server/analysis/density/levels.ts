import { type Grid, nodeArea } from '../../stats/density-grid.ts';

/** A level at which a contour is drawn. */
export interface Level {
  /** Of the peak, or of the volume. */
  readonly share: number;
  /** Per square metre. */
  readonly density: number;
}

/** Halvings of what is between nothing and the peak: to a part in 10^12. */
const ROUNDS = 40;

/** What of the volume under a surface lies where it is at least so high. */
function volumeAbove(grid: Grid, values: Float64Array, density: number): number {
  let volume = 0;
  for (let row = 0; row < grid.rows; row += 1) {
    let sum = 0;
    // Of a grid around the earth the last column is the first.
    const end = (row + 1) * grid.columns - (grid.isRound ? 1 : 0);
    for (let node = row * grid.columns; node < end; node += 1) {
      if ((values[node] as number) >= density) sum += values[node] as number;
    }
    volume += sum * nodeArea(grid, row);
  }
  return volume;
}

/** The density above which the smallest area lies that holds a share of the volume. */
function densityOf(grid: Grid, values: Float64Array, share: number, peak: number): number {
  const wanted = share * volumeAbove(grid, values, 0);
  let [low, high] = [0, peak];
  for (let round = 0; round < ROUNDS; round += 1) {
    const middle = (low + high) / 2;
    if (volumeAbove(grid, values, middle) >= wanted) low = middle;
    else high = middle;
  }
  return low;
}

/** The levels of a surface, the lowest density first. */
export function toLevels(
  grid: Grid,
  values: Float64Array,
  peak: number,
  { levels, level_of }: { readonly levels: readonly number[]; readonly level_of: 'peak' | 'volume' },
): Level[] {
  const density = (share: number) => (level_of === 'peak' ? share * peak : densityOf(grid, values, share, peak));
  return levels.map((share) => ({ share, density: density(share) })).sort((a, b) => a.density - b.density);
}
