import type { Bbox } from '../../core/bbox.ts';
import type { Parts } from './interior-point.ts';
import type { Position } from './mercator.ts';

/** Whether a stretch has a point in the box. (Liang and Barsky, 1984, https://doi.org/10.1145/357332.357333) */
function stretchMeets([x0, y0]: Position, [x1, y1]: Position, { west, south, east, north }: Bbox): boolean {
  let [enters, leaves] = [0, 1];
  for (const [step, room] of [
    [x0 - x1, x0 - west],
    [x1 - x0, east - x0],
    [y0 - y1, y0 - south],
    [y1 - y0, north - y0],
  ] as const) {
    if (step === 0 && room < 0) return false;
    if (step < 0) enters = Math.max(enters, room / step);
    if (step > 0) leaves = Math.min(leaves, room / step);
  }
  return enters <= leaves;
}

/** Whether a place lies inside the polygon: an odd number of its edges lie to the east. */
function isInside([x, y]: Position, rings: Parts[number]): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let index = 1; index < ring.length; index++) {
      const [[x0, y0], [x1, y1]] = [ring[index - 1] as Position, ring[index] as Position];
      if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) inside = !inside;
    }
  }
  return inside;
}

/** Whether lines or polygons (degrees) have a point in common with a box: its edge meets theirs, or it lies within one. */
export function meetsBox(parts: Parts, isPolygon: boolean, box: Bbox): boolean {
  const edgeMeets = parts.some((lines) =>
    lines.some((line) =>
      line.some((place, index) => index > 0 && stretchMeets(line[index - 1] as Position, place, box)),
    ),
  );
  return edgeMeets || (isPolygon && parts.some((rings) => isInside([box.west, box.south], rings)));
}
