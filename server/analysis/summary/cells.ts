import { getHexagonAreaAvg, getHexagonEdgeLengthAvg, polygonToCells, UNITS } from 'h3-js';
import type { Bbox } from '../../core/bbox.ts';
import { InvalidParameter } from '../../core/errors.ts';
import { outlineOf } from '../../core/hex.ts';

/** Hexagons of one question: more could not be read, nor drawn from one answer. */
export const MAX_CELLS = 20_000;

function checkCount(count: number, resolution: number): void {
  if (count <= MAX_CELLS) return;
  const detail = `Resolution ${resolution} makes about ${Math.ceil(count).toLocaleString('en')} hexagons here; at most ${MAX_CELLS.toLocaleString('en')} are counted by. Take coarser ones, or a smaller place.`;
  throw new InvalidParameter([{ pointer: '/inputs/hexagons', detail }]);
}

/** Kilometres of a degree of latitude. */
const DEGREE_KM = 111.2;

/** A span of longitudes as spans within -180 to 180. */
function wrapped(west: number, east: number): [number, number][] {
  if (east - west >= 360) return [[-180, 180]];
  const spans: [number, number][] = [[Math.max(-180, west), Math.min(180, east)]];
  if (west < -180) spans.push([west + 360, 180]);
  if (east > 180) spans.push([-180, east - 360]);
  return spans;
}

/** The cells that may meet a box in degrees. @throws InvalidParameter when there are too many */
export function cellsOver({ west, south, east, north }: Bbox, resolution: number): string[] {
  // Cells are found by their middle: those whose middle lies just outside may still meet the box.
  const margin = (2 * getHexagonEdgeLengthAvg(resolution, UNITS.km)) / DEGREE_KM;
  const [bottom, top] = [Math.max(-89.9, south - margin), Math.min(89.9, north + margin)];
  const stretch = Math.max(0.02, Math.cos((Math.max(Math.abs(bottom), Math.abs(top)) * Math.PI) / 180));
  const [left, right] = [west - margin / stretch, east + margin / stretch];
  const areaKm2 =
    Math.min(360, right - left) * (top - bottom) * DEGREE_KM ** 2 * Math.cos(((bottom + top) * Math.PI) / 360);
  checkCount(areaKm2 / getHexagonAreaAvg(resolution, UNITS.km2), resolution);
  const cells = new Set<string>();
  for (const [first, last] of wrapped(left, right)) {
    // In strips: of a polygon wider than 180 degrees, H3 takes the other side.
    for (let from = first; from < last; from += 60) {
      const to = Math.min(last, from + 60);
      const ring = [
        [from, bottom],
        [to, bottom],
        [to, top],
        [from, top],
        [from, bottom],
      ];
      for (const cell of polygonToCells([ring], resolution, true)) cells.add(cell);
    }
  }
  return [...cells];
}

/** Cells in the order of their numbers, each once. @throws InvalidParameter when there are too many */
export function inOrder(cells: Iterable<string>, resolution: number): string[] {
  const sorted = [...new Set(cells)].sort();
  checkCount(sorted.length, resolution);
  return sorted;
}

/** The outline of a cell, GeoJSON in degrees; over the antimeridian it goes on beyond 180. */
export function shapeOfCell(cell: string): object {
  return { type: 'Polygon', coordinates: [outlineOf(cell)] };
}
