import { setImmediate } from 'node:timers/promises';
import { cellToChildren, cellToLatLng, getHexagonEdgeLengthAvg, getRes0Cells } from 'h3-js';
import { BASE_RESOLUTION, descendantRange } from '../../core/hex.ts';
import { type Bins, binOf } from './bins.ts';
import type { Course } from './course.ts';
import { chordsOf, toPosition } from './earth.ts';

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

const BEYOND = -2;
const DOUBTFUL = -1;

/** A cell to be looked at; `near`: the piece nearest to its parent, which is not far from the one nearest to it. */
interface Waiting {
  readonly cell: string;
  readonly resolution: number;
  readonly near: number;
}

function finest(outlineM: number): number {
  const fits = RADII.findLastIndex((radius) => outlineM / radius <= CELLS_ALONG);
  return Math.max(3, fits);
}

/** Cells that are looked at before others get their turn: some 3 ms. */
const TURN = 500;

/**
 * Goes down the H3 cells of the world, and stops where a cell is decided: so that most records are counted by their
 * cell alone, and only those near the edge, or near the end of a bin, are measured.
 */
export async function cover(course: Course, lengthM: number, withinM: number, bins: Bins): Promise<Cover> {
  const { surelyWithin, surelyBeyond } = chordsOf(withinM);
  const leaf = finest(lengthM + Math.PI * withinM);
  const inside: (Span & { bin: number })[] = [];
  const doubtful: (Span & { bin: number })[] = [];
  // The bin of the cells that came last, one behind the other: with the next of the same they are one span.
  let open = BEYOND;
  const add = (cell: string, bin: number) => {
    const { first, last } = descendantRange(cell);
    const spans = bin === DOUBTFUL ? doubtful : inside;
    const previous = open === bin ? spans.pop() : undefined;
    spans.push({ first: previous?.first ?? first, last, bin });
    open = bin;
  };
  // In the order of the numbers of base cells: the first is on top.
  const stack: Waiting[] = getRes0Cells()
    .sort()
    .reverse()
    .map((cell) => ({ cell, resolution: 0, near: 0 }));
  let looked = 0;
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (++looked % TURN === 0) await setImmediate();
    const { cell, resolution } = next;
    const [lat, lon] = cellToLatLng(cell);
    const middle = toPosition(lon, lat);
    const radius = RADII[resolution] as number;
    const nearest = course.nearest(middle, next.near);
    if (nearest.chord - radius > surelyBeyond) {
      open = BEYOND;
      continue;
    }
    const bin = binOf(bins, nearest.chainage);
    const end = bin === bins.count - 1 ? Number.POSITIVE_INFINITY : (bin + 1) * bins.widthM;
    const isWithin = nearest.chord + radius <= surelyWithin;
    if (isWithin && course.staysBetween(middle, nearest, radius, bin * bins.widthM, end)) add(cell, bin);
    else if (resolution >= leaf) add(cell, DOUBTFUL);
    else {
      const children = cellToChildren(cell, resolution + 1);
      for (const child of children.reverse())
        stack.push({ cell: child, resolution: resolution + 1, near: nearest.piece });
    }
  }
  return { inside, doubtful };
}
