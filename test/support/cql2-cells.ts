import type { SpatialOp } from '../../server/core/cql2/operators.ts';

/**
 * Points, lines along an axis and boxes on whole degrees as sets of cells of the plane: corners (even, even), edges without
 * their ends (one odd) and squares without their rims (both odd). What GEOS works out by geometry is then counting.
 */
export interface Cells {
  readonly interior: ReadonlySet<string>;
  readonly closure: ReadonlySet<string>;
  readonly dimension: number;
}

export type Box = readonly [west: number, south: number, east: number, north: number];

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

export function toCells([west, south, east, north]: Box): Cells {
  const columns = range(2 * west, 2 * east);
  const rows = range(2 * south, 2 * north);
  const isInside = (at: number, from: number, to: number) => from === to || (at > 2 * from && at < 2 * to);
  const all = columns.flatMap((x) => rows.map((y) => [x, y] as const));
  const inner = all.filter(([x, y]) => isInside(x, west, east) && isInside(y, south, north));
  return {
    closure: new Set(all.map(String)),
    interior: new Set(inner.map(String)),
    dimension: Number(west < east) + Number(south < north),
  };
}

/** A point, a line of two positions, a box as a ring or a bbox. */
export function toBox(geometry: object): Box {
  if ('bbox' in geometry) return geometry.bbox as Box;
  const numbers = (geometry as unknown as { coordinates: unknown[] }).coordinates.flat(3) as number[];
  const [xs, ys] = [numbers.filter((_, index) => index % 2 === 0), numbers.filter((_, index) => index % 2 === 1)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

const dimensionOf = (cell: string) => cell.split(',').filter((part) => Number(part) % 2 !== 0).length;
const common = (a: ReadonlySet<string>, b: ReadonlySet<string>) => [...a].filter((cell) => b.has(cell));
const isWithin = (a: ReadonlySet<string>, b: ReadonlySet<string>) => [...a].every((cell) => b.has(cell));

/** The named relations of OGC Simple Features, by what interiors, rims and outsides share. */
export function related(op: SpatialOp, a: Cells, b: Cells): boolean {
  const inside = common(a.interior, b.interior);
  const touches = common(a.closure, b.closure).length > 0;
  const sharesOnly = Math.max(-1, ...inside.map(dimensionOf));
  const goesOut = !isWithin(a.interior, b.closure);
  const isGoneOut = !isWithin(b.interior, a.closure);
  switch (op) {
    case 's_intersects':
      return touches;
    case 's_disjoint':
      return !touches;
    case 's_within':
      return isWithin(a.closure, b.closure) && inside.length > 0;
    case 's_contains':
      return related('s_within', b, a);
    case 's_equals':
      return isWithin(a.closure, b.closure) && isWithin(b.closure, a.closure);
    case 's_touches':
      return touches && inside.length === 0;
    case 's_crosses':
      if (a.dimension < b.dimension) return inside.length > 0 && goesOut;
      if (a.dimension > b.dimension) return inside.length > 0 && isGoneOut;
      return a.dimension === 1 && sharesOnly === 0;
    case 's_overlaps':
      return a.dimension === b.dimension && sharesOnly === a.dimension && goesOut && isGoneOut;
  }
}

/** Metres between boxes near the equator, good to a few parts in a thousand. */
export function metresApart(a: Box, b: Box): number {
  const gap = (low: number, high: number, from: number, to: number) => Math.max(0, from - high, low - to);
  return 111_000 * Math.hypot(gap(a[0], a[2], b[0], b[2]), gap(a[1], a[3], b[1], b[3]));
}
