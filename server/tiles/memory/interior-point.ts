import type { Position } from './mercator.ts';

/** Polygons, each an outer ring and its holes, closed; or, of a record of lines, one list of lines. */
export type Parts = readonly (readonly (readonly Position[])[])[];

/** A horizontal line between the vertices next to the middle of a polygon, so that it runs through none. */
function middleLine(rings: readonly (readonly Position[])[]): number {
  const heights = rings.flatMap((ring) => ring.map(([, y]) => y));
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const y of heights) {
    low = Math.min(low, y);
    high = Math.max(high, y);
  }
  const middle = (low + high) / 2;
  for (const y of heights) {
    if (y <= middle) low = Math.max(low, y);
    else high = Math.min(high, y);
  }
  return (low + high) / 2;
}

/** Where the line at a height enters and leaves the polygon, rising. */
function crossings(rings: readonly (readonly Position[])[], height: number): number[] {
  const found: number[] = [];
  for (const ring of rings) {
    for (let index = 1; index < ring.length; index++) {
      const [[x0, y0], [x1, y1]] = [ring[index - 1] as Position, ring[index] as Position];
      if (y0 > height !== y1 > height) found.push(x0 + ((height - y0) / (y1 - y0)) * (x1 - x0));
    }
  }
  return found.sort((a, b) => a - b);
}

/**
 * A point inside the polygons: the middle of the widest stretch of the line through the middle of each. The way of GEOS
 * (`ST_PointOnSurface`), so that the point is the same on both paths and in the same tile.
 */
export function pointInPolygons(polygons: Parts): Position {
  let [best, widest] = [polygons[0]?.[0]?.[0] ?? ([0, 0] as const), 0];
  for (const rings of polygons) {
    const height = middleLine(rings);
    const across = crossings(rings, height);
    for (let index = 1; index < across.length; index += 2) {
      const [from, to] = [across[index - 1] as number, across[index] as number];
      if (to - from <= widest) continue;
      widest = to - from;
      best = [(from + to) / 2, height];
    }
  }
  return best;
}

/** The middle of lines, each stretch weighed by its length. */
function centroid(lines: Parts[number]): Position {
  let [x, y, length] = [0, 0, 0];
  for (const line of lines) {
    for (let index = 1; index < line.length; index++) {
      const [[x0, y0], [x1, y1]] = [line[index - 1] as Position, line[index] as Position];
      const stretch = Math.hypot(x1 - x0, y1 - y0);
      x += (stretch * (x0 + x1)) / 2;
      y += (stretch * (y0 + y1)) / 2;
      length += stretch;
    }
  }
  return length > 0 ? [x / length, y / length] : (lines[0]?.[0] ?? [0, 0]);
}

/** A vertex of the lines: of those that are no end, if there are any, the nearest to the middle. GEOS's way as well. */
export function pointOnLines(lines: Parts[number]): Position {
  const [x, y] = centroid(lines);
  const inner = lines.flatMap((line) => line.slice(1, -1));
  const candidates = inner.length > 0 ? inner : lines.flatMap((line) => [line[0] as Position, line.at(-1) as Position]);
  const distance = (place: Position) => Math.hypot(place[0] - x, place[1] - y);
  return candidates.reduce((nearest, place) => (distance(place) < distance(nearest) ? place : nearest));
}
