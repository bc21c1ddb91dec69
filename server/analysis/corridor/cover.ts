import { getHexagonEdgeLengthAvg } from 'h3-js';
import { BASE_RESOLUTION } from '../../core/hex.ts';
import { toPosition } from '../../stats/geocentric.ts';
import { type Bins, binOf } from './bins.ts';
import { type Cell, childrenOf, lastOf, middleOf, WORLD } from './cell.ts';
import { chordsOf } from './chords.ts';
import type { Course } from './course.ts';
import type { Pause } from './turns.ts';

/** Base cells from `first` to `last`, as PostgreSQL stores them. */
export interface Span {
  readonly first: string;
  readonly last: string;
}

/** Which cells hold what lies within a distance of a course. No cell is in two spans. */
export interface Cover {
  /** All that is in them is within, and nearest to places of one bin. */
  readonly inside: readonly (Span & { readonly bin: number })[];
  /** What is in them must be measured. What is in no span is beyond. */
  readonly doubtful: readonly Span[];
}

/** So many cells side by side along the course: more are more work here than they spare in the database. */
const CELLS_ALONG = 1_200;

/** Metres from the middle of a cell to the farthest base cell that counts as inside it. Measured: 1.14 edges. */
const RADII = Array.from(
  { length: BASE_RESOLUTION + 1 },
  (_, resolution) => 1.2 * getHexagonEdgeLengthAvg(resolution, 'm'),
);

/** The bin of cells in doubt. */
const DOUBTFUL = -1;

/** A cell to be looked at; `near`: the piece nearest to its parent, which is not far from the one nearest to it. */
interface Waiting {
  readonly cell: Cell;
  readonly near: number;
}

/** Cells of one bin, one behind the other. */
interface Run {
  readonly first: bigint;
  last: bigint;
  readonly bin: number;
}

const toSpan = ({ first, last, bin }: Run) => ({ first: first.toString(), last: last.toString(), bin });

function finest(outlineM: number): number {
  const fits = RADII.findLastIndex((radius) => outlineM / radius <= CELLS_ALONG);
  return Math.max(3, fits);
}

/**
 * Goes down the H3 cells of the world, and stops where a cell is decided: so that most records are counted by their
 * cell alone, and only those near the edge, or near the end of a bin, are measured.
 */
export async function cover(
  course: Course,
  lengthM: number,
  withinM: number,
  bins: Bins,
  pause: Pause = () => undefined,
): Promise<Cover> {
  const { surelyWithin, surelyBeyond } = chordsOf(withinM);
  const leaf = finest(lengthM + Math.PI * withinM);
  const inside: Run[] = [];
  const doubtful: Run[] = [];
  // What came last: a cell of the same bin goes on where it ends.
  let open: Run | undefined;
  const add = (cell: Cell, bin: number) => {
    if (open?.bin === bin) open.last = lastOf(cell);
    else {
      open = { first: cell.first, last: lastOf(cell), bin };
      (bin === DOUBTFUL ? doubtful : inside).push(open);
    }
  };
  // In the order of their numbers: the first is on top.
  const stack: Waiting[] = WORLD.map((cell) => ({ cell, near: 0 })).reverse();
  for (let next = stack.pop(); next; next = stack.pop()) {
    const paused = pause();
    if (paused) await paused;
    const { cell } = next;
    const [lat, lon] = middleOf(cell);
    const middle = toPosition(lon, lat);
    const radius = RADII[cell.resolution] as number;
    const nearest = course.nearest(middle, next.near);
    if (nearest.chord - radius > surelyBeyond) {
      open = undefined;
      continue;
    }
    const bin = binOf(bins, nearest.chainage);
    const end = bin === bins.count - 1 ? Number.POSITIVE_INFINITY : (bin + 1) * bins.widthM;
    const isWithin = nearest.chord + radius <= surelyWithin;
    if (isWithin && course.staysBetween(middle, nearest, radius, bin * bins.widthM, end)) add(cell, bin);
    else if (cell.resolution >= leaf) add(cell, DOUBTFUL);
    else {
      for (const child of childrenOf(cell).reverse()) stack.push({ cell: child, near: nearest.piece });
    }
  }
  return { inside: inside.map(toSpan), doubtful: doubtful.map(toSpan) };
}
