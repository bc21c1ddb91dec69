/** A place in a tile's grid: x to the east, y to the south. */
export type GridPoint = [number, number];

/** Twice the area of a closed ring; in a tile's grid, where y grows southwards, that of an outer ring is positive. */
export function doubleArea(ring: readonly (readonly [number, number])[]): number {
  let area = 0;
  const [left, top] = ring[0] ?? [0, 0];
  for (let index = 1; index < ring.length; index++) {
    const [[x0, y0], [x1, y1]] = [ring[index - 1] as GridPoint, ring[index] as GridPoint];
    area += (x0 - left) * (y1 - top) - (x1 - left) * (y0 - top);
  }
  return area;
}

/** Without points that repeat the one before. */
export function withoutRepeats<Point extends readonly [number, number]>(line: readonly Point[]): Point[] {
  return line.filter(([x, y], index) => {
    const before = line[index - 1];
    return !before || before[0] !== x || before[1] !== y;
  });
}

/** The part of a closed ring beyond the line where the coordinate `axis` is `at`; `side` 1: where it is greater. */
function clipSide(ring: readonly GridPoint[], axis: 0 | 1, at: number, side: 1 | -1): GridPoint[] {
  const along = axis === 0 ? 1 : 0;
  const isInside = (point: GridPoint) => side * (point[axis] - at) > 0;
  const kept: GridPoint[] = [];
  let from = ring.at(-1);
  for (const to of ring) {
    if (from && isInside(from) !== isInside(to)) {
      const step = Math.trunc(((to[along] - from[along]) * (at - from[axis])) / (to[axis] - from[axis]));
      kept.push(axis === 0 ? [at, from[along] + step] : [from[along] + step, at]);
    }
    if (isInside(to)) kept.push(to);
    from = to;
  }
  return kept;
}

/**
 * What of a convex ring lies in the square from `low` to `high`, as an outer ring of a tile; null when nothing that has
 * an area. (Sutherland and Hodgman, 1974, https://doi.org/10.1145/360767.360802) The sides come in the order of wagyu,
 * with which PostGIS cuts, and crossings are whole units towards where the edge comes from, as there: so that a corner of
 * less than a unit is in the tile on both paths or on neither.
 */
export function clipConvex(ring: readonly GridPoint[], low: number, high: number): GridPoint[] | null {
  let clipped = clipSide(ring, 1, low, 1);
  clipped = clipSide(clipped, 0, high, -1);
  clipped = clipSide(clipped, 1, high, -1);
  clipped = clipSide(clipped, 0, low, 1);
  const closed = withoutRepeats([...clipped, ...clipped.slice(0, 1)]);
  const area = doubleArea(closed);
  if (area === 0) return null;
  return area > 0 ? closed : closed.reverse();
}
