import type { MultiPolygon, Polygon, Position } from 'geojson';

const key = (point: Position): string => `${point[0]},${point[1]}`;

/** Twice the signed area in square degrees; positive when the ring runs anticlockwise. */
function signedArea(ring: readonly Position[]): number {
  let sum = 0;
  for (let i = 1; i < ring.length; i += 1) {
    const [ax = 0, ay = 0] = ring[i - 1] ?? [];
    const [bx = 0, by = 0] = ring[i] ?? [];
    sum += ax * by - bx * ay;
  }
  return sum;
}

/** Joins lines end to start into longer ones; lines that end where nothing begins stay open. */
export function joinLines(lines: readonly Position[][]): Position[][] {
  const starts = new Map<string, Position[][]>();
  const ends = new Map<string, number>();
  for (const line of lines) {
    const start = key(line[0] ?? []);
    starts.set(start, [...(starts.get(start) ?? []), line]);
    const end = key(line.at(-1) ?? []);
    ends.set(end, (ends.get(end) ?? 0) + 1);
  }
  const left = new Set(lines);
  const joined: Position[][] = [];
  // Open lines first: begun in their middle they would fall into two.
  const openFirst = lines.toSorted((a, b) => (ends.get(key(a[0] ?? [])) ?? 0) - (ends.get(key(b[0] ?? [])) ?? 0));
  for (const first of openFirst) {
    if (!left.delete(first)) continue;
    const line = [...first];
    for (;;) {
      if (key(line[0] ?? []) === key(line.at(-1) ?? [])) break;
      const next = starts.get(key(line.at(-1) ?? []))?.find((candidate) => left.has(candidate));
      if (!next) break;
      left.delete(next);
      line.push(...next.slice(1));
    }
    joined.push(line);
  }
  return joined;
}

function inside([x = 0, y = 0]: Position, ring: readonly Position[]): boolean {
  let within = false;
  for (let i = 1; i < ring.length; i += 1) {
    const [ax = 0, ay = 0] = ring[i - 1] ?? [];
    const [bx = 0, by = 0] = ring[i] ?? [];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) within = !within;
  }
  return within;
}

/**
 * Polygons from directed arcs whose outer rings run clockwise, as TopoJSON has them; the result is wound as RFC 7946 asks.
 * Rings smaller than `least` square degrees are left out, but never the largest one.
 */
export function toPolygons(lines: readonly Position[][], least = 0): Polygon | MultiPolygon {
  const closed = joinLines(lines).filter((ring) => ring.length > 3);
  const largest = Math.max(...closed.map((ring) => Math.abs(signedArea(ring))));
  const rings = closed.filter((ring) => Math.abs(signedArea(ring)) >= Math.min(2 * least, largest));
  const open = rings.find((ring) => key(ring[0] ?? []) !== key(ring.at(-1) ?? []));
  if (open) throw new Error(`a ring stays open at ${key(open[0] ?? [])}`);
  const outers = rings.filter((ring) => signedArea(ring) < 0).toSorted((a, b) => signedArea(a) - signedArea(b));
  const polygons = outers.map((ring) => [ring.toReversed()]);
  for (const hole of rings.filter((ring) => signedArea(ring) > 0)) {
    const owner = polygons.findLast(([outer = []]) => inside(middle(hole), outer));
    if (!owner) throw new Error(`a hole at ${key(hole[0] ?? [])} lies in no polygon`);
    owner.push(hole.toReversed());
  }
  const [only, ...more] = polygons;
  if (!only) throw new Error('nothing is left of the polygon');
  return more.length === 0 ? { type: 'Polygon', coordinates: only } : { type: 'MultiPolygon', coordinates: polygons };
}

/** A point off the vertices, so that touching rings do not decide by rounding. */
function middle(ring: readonly Position[]): Position {
  const [ax = 0, ay = 0] = ring[0] ?? [];
  const [bx = 0, by = 0] = ring[1] ?? [];
  return [(ax + bx) / 2, (ay + by) / 2];
}
