import type { Parts } from './interior-point.ts';
import type { Position } from './mercator.ts';
import { doubleArea, withoutRepeats } from './ring.ts';

/**
 * The shape with its vertices moved to a grid (metres), as `band` of a published layer has it: neighbours share the
 * vertices of their border, so they move alike. What collapses is left out; null when nothing is left.
 */
export function snapToGrid(parts: Parts, isPolygon: boolean, grid: number): Parts | null {
  const snap = (metres: number) => Math.round(metres / grid) * grid;
  const move = (line: readonly Position[]) => withoutRepeats(line.map(([x, y]): Position => [snap(x), snap(y)]));
  const isLeft = (line: readonly Position[]) => (isPolygon ? doubleArea(line) !== 0 : line.length > 1);
  const moved = parts.map((lines) => lines.map(move).filter(isLeft)).filter((lines) => lines.length > 0);
  return moved.length > 0 ? moved : null;
}
