import type { MultiPolygon, Polygon, Position } from 'geojson';
import { BadShape } from './bad-shape.ts';

/** Comparisons of positions that one shape may cost: a coast of 25,000 islands with 1,000 lakes takes a quarter of it. */
const MOST_STEPS = 100_000_000;

interface Ring {
  readonly positions: Position[];
  /** In square units of the coordinates, without sign. */
  readonly area: number;
  readonly box: readonly [west: number, south: number, east: number, north: number];
  readonly holes: Position[][];
}

/**
 * Polygons from the rings of one shape, where only the winding tells shells (clockwise) from holes and nothing tells
 * which hole is in which shell. Each hole goes to the smallest shell around it; one that no shell surrounds is a shell.
 * All are wound as RFC 7946 asks, shells counter-clockwise, since the other way is the format's own and no fault.
 * @throws BadShape when the rings are too many and too entangled to be sorted out
 */
export function toPolygons(rings: readonly Position[][]): Polygon | MultiPolygon | null {
  const shells: Ring[] = [];
  const holes: Ring[] = [];
  for (const positions of rings) {
    if (positions.length === 0) continue;
    const area = signedArea(positions);
    const ring = { positions: positions.reverse(), area: Math.abs(area), box: boxOf(positions), holes: [] };
    (area > 0 ? holes : shells).push(ring);
  }
  // A shape all of whose rings run the wrong way has no holes, only shells.
  if (shells.length === 0) for (const hole of holes.splice(0)) shells.push(rewound(hole));
  const smallestFirst = shells.toSorted((a, b) => a.area - b.area);
  const alone: Ring[] = [];
  let steps = 0;
  for (const hole of holes) {
    steps += shells.length;
    const shell = smallestFirst.find((candidate) => {
      if (candidate.area < hole.area || !covers(candidate.box, hole.box)) return false;
      steps += candidate.positions.length;
      return surrounds(candidate.positions, hole.positions);
    });
    if (shell) shell.holes.push(hole.positions);
    else alone.push(rewound(hole));
    if (steps > MOST_STEPS) {
      throw new BadShape(
        'too-entangled',
        `The shape has ${rings.length} rings, too many to tell which hole is in which.`,
      );
    }
  }
  const polygons = [...shells, ...alone].map(({ positions, holes: within }) => [positions, ...within]);
  if (polygons.length === 0) return null;
  return polygons.length === 1
    ? { type: 'Polygon', coordinates: polygons[0] as Position[][] }
    : { type: 'MultiPolygon', coordinates: polygons };
}

const rewound = (ring: Ring): Ring => ({ ...ring, positions: ring.positions.toReversed() });

/** Positive when counter-clockwise. Relative to the first position: far from the origin, squares eat the digits. */
function signedArea(ring: readonly Position[]): number {
  const [x0, y0] = ring[0] as [number, number];
  let twice = 0;
  for (let index = 1; index < ring.length; index++) {
    const [ax, ay] = ring[index - 1] as [number, number];
    const [bx, by] = ring[index] as [number, number];
    twice += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
  }
  return twice / 2;
}

function boxOf(ring: readonly Position[]): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of ring as [number, number][]) {
    if (x < box[0]) box[0] = x;
    if (y < box[1]) box[1] = y;
    if (x > box[2]) box[2] = x;
    if (y > box[3]) box[3] = y;
  }
  return box;
}

const covers = (outer: Ring['box'], inner: Ring['box']): boolean =>
  outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3];

/** By the first position of the hole that is not on the shell itself, which holes may touch; all on it: surrounded. */
function surrounds(shell: readonly Position[], hole: readonly Position[]): boolean {
  for (const position of hole.slice(0, 16)) {
    const side = sideOf(shell, position);
    if (side !== 0) return side > 0;
  }
  return true;
}

/** 1 inside, -1 outside, 0 on the ring; by counting crossings of a ray to the east. */
function sideOf(ring: readonly Position[], position: Position): -1 | 0 | 1 {
  const [x, y] = position as [number, number];
  let inside = false;
  for (let index = 1; index < ring.length; index++) {
    const [ax, ay] = ring[index - 1] as [number, number];
    const [bx, by] = ring[index] as [number, number];
    const cross = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
    if (
      cross === 0 &&
      x >= Math.min(ax, bx) &&
      x <= Math.max(ax, bx) &&
      y >= Math.min(ay, by) &&
      y <= Math.max(ay, by)
    ) {
      return 0;
    }
    if (ay > y !== by > y && cross > 0 === by > ay) inside = !inside;
  }
  return inside ? 1 : -1;
}
