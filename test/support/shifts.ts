import { seededRandom } from '../../server/stats/random.ts';
import { relocateWithin } from '../../server/stats/relocate-within.ts';
import type { Grid } from '../../server/stats/shift-ground.ts';
import { toroidalShift } from '../../server/stats/toroidal-shift.ts';
import { whole } from './whole.ts';

const SIZE = 60;

/** Study areas in a box of 60 by 60 cells: by column and row. */
export const AREAS: Readonly<Record<string, (column: number, row: number) => boolean>> = {
  box: () => true,
  triangle: (column, row) => column + row < SIZE,
  angle: (column, row) => column < 24 || row < 24,
  band: (column, row) => Math.abs(column - row) < 15,
};

/** Distance from a line across the box at an angle, in cells, and whether it is less than 4. */
function gridOf(isIn: (column: number, row: number) => boolean, slope: number): Grid {
  const cells = Array.from({ length: SIZE * SIZE }, (_, cell) => [cell % SIZE, Math.floor(cell / SIZE)] as const);
  const distance = Float64Array.from(
    cells,
    ([column, row]) => Math.abs(row - 20 - slope * (column - 20)) / Math.hypot(1, slope),
  );
  return {
    ...{ columns: SIZE, rows: SIZE, distance },
    marks: Uint8Array.from(cells, ([column, row]) => Number(isIn(column, row))),
    band: Uint8Array.from(distance, (metres) => (metres < 4 ? 0 : 1)),
  };
}

export interface NullPs {
  readonly nearer: number[];
  readonly farther: number[];
  readonly shares: number[];
}

/**
 * p of the shifts for events that have nothing to do with the line, rising: alone, or in clusters of which each has `together`.
 * @param pull the share of events that lie on the line all the same
 * @param slant how much likelier an event is to be left out at the first row than at the last: events and line then both follow
 *   something else where the line is near the last row
 */
export function shiftPs(
  area: string,
  sets: number,
  shifts: number,
  events = 30,
  together = 1,
  pull = 0,
  slant = 0,
): NullPs {
  const isIn = AREAS[area] as (column: number, row: number) => boolean;
  const random = seededRandom(77);
  const ps: NullPs = { nearer: [], farther: [], shares: [] };
  for (let set = 0; set < sets; set += 1) {
    const grid = gridOf(isIn, [0, 0.5, 2, -0.7, -3][set % 5] as number);
    const [columns, rows]: [number[], number[]] = [[], []];
    while (columns.length < events) {
      const [column, row] = [Math.floor(SIZE * random()), Math.floor(SIZE * random())];
      if (!isIn(column, row)) continue;
      if (slant > 0 && random() < slant * (1 - row / SIZE)) continue;
      if (random() < pull && (grid.distance[row * SIZE + column] as number) > 3) continue;
      for (let one = 0; one < together && columns.length < events; ) {
        const [x, y] =
          together === 1 ? [column, row] : [column + Math.floor(5 * random()) - 2, row + Math.floor(5 * random()) - 2];
        if (x < 0 || y < 0 || x >= SIZE || y >= SIZE || !isIn(x, y)) continue;
        columns.push(x);
        rows.push(y);
        one += 1;
      }
    }
    const found = whole(
      toroidalShift(grid, Int32Array.from(columns), Int32Array.from(rows), 2, shifts, seededRandom(set)),
    );
    if ('notDefined' in found) throw new Error(found.notDefined);
    ps.nearer.push(found.pNearer);
    ps.farther.push(found.pFarther);
    ps.shares.push(found.pShares[0] as number);
  }
  for (const values of Object.values(ps) as number[][]) values.sort((a, b) => a - b);
  return ps;
}

/** Ground of strata by bands, of which the nearest has less of the far ones. */
const GROUND = Float64Array.of(3, 2, 5, 1, 4, 15, 0, 10, 20);
const [STRATA, BANDS] = [3, 3];

/**
 * p of the relocations for events that lie anywhere in their strata, by area: of the first band, rising.
 * @param together how many lie in one place
 */
export function relocationPs(sets: number, relocations: number, events: number, together = 1): number[] {
  const random = seededRandom(51);
  const areaOf = (stratum: number) => GROUND.subarray(BANDS * stratum, BANDS * (stratum + 1));
  const ps = Array.from({ length: sets }, (_, set) => {
    const counts = new Int32Array(STRATA * BANDS);
    for (let event = 0; event < events; event += together) {
      // Most events are near towns, whatever the ground is.
      const stratum = [0, 0, 0, 1, 1, 2][Math.floor(6 * random())] as number;
      const own = areaOf(stratum);
      let at = random() * own.reduce((sum, area) => sum + area, 0);
      let band = 0;
      while (band < BANDS - 1 && at >= (own[band] as number)) at -= own[band++] as number;
      const place = BANDS * stratum + band;
      counts[place] = (counts[place] as number) + together;
    }
    return whole(relocateWithin(counts, GROUND, BANDS, relocations, seededRandom(set))).p[0] as number;
  });
  return ps.sort((a, b) => a - b);
}

/** How far their distribution lies above that of uniform numbers, and below it, at most. */
export function stepsFromUniform(sorted: readonly number[]): { readonly tooSmall: number; readonly tooLarge: number } {
  const most = (off: (p: number, index: number) => number) =>
    sorted.reduce((all, p, index) => Math.max(all, off(p, index)), 0);
  return {
    tooSmall: most((p, index) => (index + 1) / sorted.length - p),
    tooLarge: most((p, index) => p - index / sorted.length),
  };
}
