import type { Position } from '../ast.ts';

type Ring = readonly Position[];
type Polygon = readonly Ring[];
type Segment = readonly [Position, Position];

/** What is wrong with polygons, each a shell and then holes: undefined where nothing was found. */
export function ringFault(polygons: readonly Polygon[]): string | undefined {
  for (const ring of polygons.flat()) {
    const [first, last] = [ring[0], ring.at(-1)];
    if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1]) return `${named(ring)} ends elsewhere than it begins.`;
    if (ring.length < 4 || isFlat(ring)) return `${named(ring)} encloses nothing: it needs three corners and an end.`;
  }
  const crossing = findCrossing(polygons.flat());
  if (crossing) return `The edges of a polygon cross between ${crossing[0].join(' ')} and ${crossing[1].join(' ')}.`;
  for (const [shell, ...holes] of polygons) {
    const outside = holes.find((hole) => hole.some((at) => side(at, shell as Ring) < 0));
    if (outside) return `A hole of a polygon lies outside of it, from ${outside[0]?.join(' ')}.`;
  }
  return polygons.some((one) => polygons.some((other) => one !== other && isWithin(one, other)))
    ? 'A polygon of a MULTIPOLYGON lies within another.'
    : undefined;
}

const named = (ring: Ring) => `The ring of a polygon that begins at ${ring[0]?.join(' ')}`;

/** Twice the signed area of the triangle: above 0 when c is left of the way from a to b. */
function turn(a: Position, b: Position, c: Position): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

/** All positions on one line, or in one place. */
function isFlat(ring: Ring): boolean {
  const a = ring[0] as Position;
  const b = ring.find((at) => at[0] !== a[0] || at[1] !== a[1]);
  return !b || ring.every((at) => turn(a, b, at) === 0);
}

/** Two edges that pass through each other; edges that only touch do not count. */
function findCrossing(rings: readonly Ring[]): Segment | undefined {
  const segments = rings.flatMap((ring) => ring.slice(1).map((to, index): Segment => [ring[index] as Position, to]));
  for (const [index, segment] of segments.entries()) {
    for (let other = 0; other < index; other += 1) {
      if (doCross(segment, segments[other] as Segment)) return segment;
    }
  }
  return undefined;
}

function doCross([a, b]: Segment, [c, d]: Segment): boolean {
  return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
}

function isWithin(inner: Polygon, outer: Polygon): boolean {
  const [shell, ...holes] = outer as [Ring, ...Ring[]];
  return (inner[0] as Ring).every((at) => side(at, shell) > 0 && holes.every((hole) => side(at, hole) < 0));
}

/** 1 inside a ring, -1 outside, 0 on its edge: the even-odd rule, along the parallel to the east. */
function side(at: Position, ring: Ring): -1 | 0 | 1 {
  let isInside = false;
  for (let index = 1; index < ring.length; index += 1) {
    const [a, b] = [ring[index - 1] as Position, ring[index] as Position];
    const turned = turn(a, b, at);
    const isBeside = Math.min(a[0], b[0]) <= at[0] && at[0] <= Math.max(a[0], b[0]);
    if (turned === 0 && isBeside && Math.min(a[1], b[1]) <= at[1] && at[1] <= Math.max(a[1], b[1])) return 0;
    if (a[1] > at[1] !== b[1] > at[1] && turned > 0 === b[1] > a[1]) isInside = !isInside;
  }
  return isInside ? 1 : -1;
}
