import { bbox, bboxClip, bboxPolygon, feature, featureCollection, intersect, kinks, simplify } from '@turf/turf';
import type { LineString, MultiLineString, MultiPolygon, Polygon, Position } from 'geojson';

/** Mali with its neighbours and the far ends of the corridors: west, south, east, north. */
export const BOX: [number, number, number, number] = [-20, 0, 25, 38];

const [WEST, SOUTH, EAST, NORTH] = BOX;

function reaches(points: readonly Position[]): 'inside' | 'across' | 'outside' {
  const within = ([x = 0, y = 0]: Position) => x >= WEST && x <= EAST && y >= SOUTH && y <= NORTH;
  const count = points.filter(within).length;
  if (count === points.length) return 'inside';
  return count === 0 ? 'outside' : 'across';
}

/** What of a polygon lies in the box, or `null`. Not by `bboxClip`, which leaves zero-width bridges along the edge. */
export function clipPolygon(geometry: Polygon | MultiPolygon): Polygon | MultiPolygon | null {
  const points = geometry.coordinates.flat(geometry.type === 'Polygon' ? 1 : 2) as Position[];
  const reach = reaches(points);
  if (reach === 'inside') return geometry;
  const [west, south, east, north] = bbox(geometry);
  if (west > EAST || east < WEST || south > NORTH || north < SOUTH) return null;
  return intersect(featureCollection([feature(geometry), bboxPolygon(BOX)]))?.geometry ?? null;
}

/** Where a source's outline crosses itself (a few do, by a hair), the same area without the crossing. */
export function repairPolygon(geometry: Polygon | MultiPolygon): Polygon | MultiPolygon {
  const rings = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
  if (rings.every((ring) => kinks({ type: 'Polygon', coordinates: [ring] }).features.length === 0)) return geometry;
  return intersect(featureCollection([feature(geometry), bboxPolygon(BOX)]))?.geometry ?? geometry;
}

/** What of some lines lies in the box, as lines of at least two points. */
export function clipLines(lines: readonly Position[][]): Position[][] {
  return lines.flatMap((line) => {
    if (reaches(line) === 'inside') return [line];
    const clipped = bboxClip({ type: 'LineString', coordinates: line } as LineString, BOX).geometry as
      | LineString
      | MultiLineString;
    const parts = clipped.type === 'LineString' ? [clipped.coordinates] : clipped.coordinates;
    return parts.filter((part) => part.length > 1);
  });
}

/** Fewer points on one arc, ends kept, so that what shares the arc goes on sharing it. Tolerance in degrees. */
export function simplifyArc(arc: Position[], tolerance: number): Position[] {
  if (tolerance === 0 || arc.length < 3) return arc;
  return simplify({ type: 'LineString', coordinates: arc }, { tolerance, highQuality: true }).coordinates;
}

/** Lines as the smallest geometry that holds them. */
export function toLines(lines: readonly Position[][]): LineString | MultiLineString {
  const [only, ...more] = lines;
  if (!only) throw new Error('nothing is left of the line');
  return more.length === 0
    ? { type: 'LineString', coordinates: only }
    : { type: 'MultiLineString', coordinates: [...lines] };
}
