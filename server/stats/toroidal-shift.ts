import { chooseCells, cumulated, type Grid, type Reached, reach } from './shift-ground.ts';

/** The events of a shift that fall into the study area. */
interface Fallen {
  readonly inside: number;
  /** Their mean distance. */
  readonly mean: number;
  /** The share of them in each band or a nearer one. */
  readonly shares: Float64Array;
}

/** Means over the shifts, and p = (M + 1) / (R + 1): M of R shifts are as near, or nearer, beside the ground that they reach. */
export interface Shifted {
  readonly observed: Fallen;
  readonly meanOfMeans: number;
  readonly meanShares: Float64Array;
  readonly pNearer: number;
  readonly pFarther: number;
  /** Of each band, that as large a share lies in it or a nearer one. */
  readonly pShares: Float64Array;
}

/** `empty`: no event falls into the study area. `too-thin`: too few do when they are shifted. */
export type ShiftUndefined = { readonly notDefined: 'empty' | 'too-thin' };

/** Shifts that are drawn for each that is taken, on average, before it is given up. */
export const MOST_TRIES = 5;
/**
 * Whether events lie nearer to something than they would if they had nothing to do with it: all of them are shifted together by
 * the same random step, which keeps how they lie among themselves, and what leaves the box on one side comes in on the other
 * (Lotwick & Silverman 1982, Methods for analysing spatial processes of several types of points, Journal of the Royal Statistical
 * Society B 44, 406-413; p by the rank among the shifts, Besag & Diggle 1977, Applied Statistics 26, 327-333).
 *
 * In a study area that is not the box, events that fall out of it are left out of that shift. What is left is fewer events on a part
 * of the area, whose mean varies more than that of all: shifts are therefore compared as Mrkvicka, Dvorak, Gonzalez & Mateu 2021,
 * Revisiting the random shift approach for testing in spatial statistics, Spatial Statistics 42, do, by what is left of the
 * statistic after its expectation is taken away, over its standard deviation, which falls with the root of the number of events.
 * Expectation and deviation are here those of the ground that the events of a shift can reach: where the area and the shifted
 * area overlap. In a box that is all of it, and the ranks are those of the means themselves. A shift that leaves fewer than half
 * of the events that the size of the area lets expect is drawn again. Distances are those of the cells: of the events before they
 * are shifted too.
 * @param columns, rows of the cells in which events lie; rows of cells of one size are steps of area, not of latitude: a pattern
 *   that is moved to the north is drawn out as much as the parallels get shorter
 * @param bands how many bands there are
 * @throws RangeError
 */
export function* toroidalShift(
  grid: Grid,
  columns: Int32Array,
  rows: Int32Array,
  bands: number,
  shifts: number,
  random: () => number,
): Generator<number, Shifted | ShiftUndefined, undefined> {
  const size = grid.columns * grid.rows;
  if (!(size > 0 && grid.marks.length === size)) throw new RangeError(`a grid of ${size} cells`);
  if (!(Number.isInteger(shifts) && shifts > 0)) throw new RangeError(`shifts: ${shifts}`);
  const marked = grid.marks.reduce((sum, mark) => sum + mark, 0);
  const expected = (columns.length * marked) / size;
  const observed = fall(grid, columns, rows, bands, 0, 0);
  if (!observed) return { notDefined: 'empty' };
  const cells = chooseCells(grid, marked, random);
  const reached = (across: number, up: number) => reach(grid, cells, bands, across, up);
  const all = reached(0, 0) as Reached;
  const [seen, seenShares] = [standard(observed, all), standardShares(observed, all)];
  let [nearer, farther, sumOfMeans, tries] = [0, 0, 0, 0];
  const [asLarge, sums] = [new Float64Array(bands), new Float64Array(bands)];
  for (let shift = 1; shift <= shifts; ) {
    tries += 1;
    if (tries > MOST_TRIES * shifts) return { notDefined: 'too-thin' };
    const [across, up] = [Math.floor(random() * grid.columns), Math.floor(random() * grid.rows)];
    const fallen = fall(grid, columns, rows, bands, across, up);
    const ground = fallen && fallen.inside >= expected / 2 ? (marked === size ? all : reached(across, up)) : undefined;
    if (!fallen || !ground) {
      yield shift;
      continue;
    }
    sumOfMeans += fallen.mean;
    const mean = standard(fallen, ground);
    if (mean <= seen) nearer += 1;
    if (mean >= seen) farther += 1;
    const shares = standardShares(fallen, ground);
    for (let band = 0; band < bands; band += 1) {
      sums[band] = (sums[band] as number) + (fallen.shares[band] as number);
      if ((shares[band] as number) >= (seenShares[band] as number)) asLarge[band] = (asLarge[band] as number) + 1;
    }
    yield shift;
    shift += 1;
  }
  return {
    observed,
    meanOfMeans: sumOfMeans / shifts,
    meanShares: sums.map((sum) => sum / shifts),
    pNearer: (nearer + 1) / (shifts + 1),
    pFarther: (farther + 1) / (shifts + 1),
    pShares: asLarge.map((more) => (more + 1) / (shifts + 1)),
  };
}

/** Difference over its standard deviation, with what it is off by for cells that stand for all; to 9 digits: what is equal but for crumbs is so. */
function over(difference: number, deviation: number, events: number, cells: number): number {
  if (!(deviation > 0)) return 0;
  return Math.round((1e9 * difference) / (deviation * Math.sqrt(1 / events + 1 / cells))) / 1e9;
}

const standard = ({ inside, mean }: Fallen, ground: Reached) =>
  over(mean - ground.mean, ground.deviation, inside, ground.cells);

const standardShares = ({ inside, shares }: Fallen, ground: Reached) =>
  shares.map((share, band) => {
    const q = ground.shares[band] as number;
    return over(share - q, Math.sqrt(q * (1 - q)), inside, ground.cells);
  });

/** Undefined when no event falls into the study area. */
function fall(
  grid: Grid,
  columns: Int32Array,
  rows: Int32Array,
  bands: number,
  across: number,
  up: number,
): Fallen | undefined {
  const counts = new Float64Array(bands);
  let [inside, sum] = [0, 0];
  for (let event = 0; event < columns.length; event += 1) {
    const column = ((columns[event] as number) + across) % grid.columns;
    const cell = (((rows[event] as number) + up) % grid.rows) * grid.columns + column;
    if (grid.marks[cell] === 0) continue;
    inside += 1;
    sum += grid.distance[cell] as number;
    const band = grid.band[cell] as number;
    counts[band] = (counts[band] as number) + 1;
  }
  if (inside === 0) return undefined;
  return { inside, mean: sum / inside, shares: cumulated(counts).map((count) => count / inside) };
}
