import type { LineString, MultiLineString, Position } from 'geojson';
import type { SegmentRow } from '../query/analysis/control-stretches.ts';
import { toQuantity } from './quantity.ts';

/** Degrees, to a centimetre. */
const position = (lon: number, lat: number): Position => [toQuantity(lon, 7), toQuantity(lat, 7)];
const isSame = (a: Position | undefined, b: Position) => a !== undefined && a[0] === b[0] && a[1] === b[1];

/** The end of a piece in longitudes that go on beyond 180, so that it is near its beginning. */
function near(lon: number, to: number): number {
  if (to - lon > 180) return to - 360;
  return to - lon < -180 ? to + 360 : to;
}

/** A piece of a straight piece, from share to share of its length; two where it crosses the antimeridian. */
function cutSegment(segment: SegmentRow, from: number, to: number): Position[][] {
  const { from_lon: lon, from_lat: lat, to_lon, to_lat } = segment;
  const east = near(lon, to_lon) - lon;
  const at = (share: number): Position => position(lon + share * east, lat + share * (to_lat - lat));
  const rim = Math.sign(east) * 180;
  const crossing = (rim - lon) / east;
  if (lon + to * east > 180 || lon + to * east < -180) {
    const back = ([x, y]: Position): Position => position((x as number) - 2 * rim, y as number);
    if (crossing <= from) return [[back(at(from)), back(at(to))]];
    const [, y] = at(crossing) as [number, number];
    return [
      [at(from), [rim, y]],
      [[-rim, y], back(at(to))],
    ];
  }
  return [[at(from), at(to)]];
}

/**
 * The part of a line from metre to metre, from its straight pieces in order. GeoJSON, degrees, CRS84, cut at the
 * antimeridian as RFC 7946 has it.
 */
export function cutLine(segments: readonly SegmentRow[], fromM: number, toM: number): LineString | MultiLineString {
  const lines: Position[][] = [];
  for (const segment of segments) {
    const { before_m, length_m } = segment;
    const from = Math.max(0, (fromM - before_m) / length_m);
    const to = Math.min(1, (toM - before_m) / length_m);
    if (from >= to) continue;
    for (const [start, end] of cutSegment(segment, from, to) as [Position, Position][]) {
      const line = lines.at(-1);
      if (line && isSame(line.at(-1), start)) line.push(end);
      else lines.push([start, end]);
    }
  }
  const [first = []] = lines;
  return lines.length === 1
    ? { type: 'LineString', coordinates: first }
    : { type: 'MultiLineString', coordinates: lines };
}
