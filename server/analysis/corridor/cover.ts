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

function finest(outlineM: number): number {
  const fits = RADII.findLastIndex((radius) => outlineM / radius <= CELLS_ALONG);
  return Math.max(3, fits);
}

/**
 * Goes down the H3 cells of the world, and stops where a cell is decided: so that most records are counted by their
 * cell alone, and only those near the edge, or near the end of a bin, are measured.
 */
export function cover(course: Course, lengthM: number, withinM: number, bins: Bins): Cover {
  const { surelyWithin, surelyBeyond } = chordsOf(withinM);
  const leaf = finest(lengthM + Math.PI * withinM);
  const inside: (Span & { bin: number })[] = [];
  const doubtful: Span[] = [];
  // The number of the bin of the cells that came last, one behind the other; -1: doubtful, -2: beyond.
  let open = -2;
  const add = (cell: string, bin: number) => {
    const { first, last } = descendantRange(cell);
    const spans: Span[] = bin < 0 ? doubtful : inside;
    const previous = open === bin ? spans.pop() : undefined;
    spans.push(
      (bin < 0 ? { first: previous?.first ?? first, last } : { first: previous?.first ?? first, last, bin }) as Span,
    );
    open = bin;
  };
  const visit = (cell: string, resolution: number) => {
    const [lat, lon] = cellToLatLng(cell);
    const middle = toPosition(lon, lat);
    const radius = RADII[resolution] as number;
    const nearest = course.nearest(middle);
    if (nearest.chord - radius > surelyBeyond) {
      open = -2;
      return;
    }
    if (nearest.chord + radius <= surelyWithin) {
      const [from, to] = course.reach(middle, nearest, radius);
      const bin = binOf(bins, from);
      if (bin === binOf(bins, to)) return add(cell, bin);
    }
    if (resolution >= leaf) return add(cell, -1);
    for (const child of cellToChildren(cell, resolution + 1)) visit(child, resolution + 1);
  };
  for (const cell of getRes0Cells().sort()) visit(cell, 0);
  return { inside, doubtful };
}
