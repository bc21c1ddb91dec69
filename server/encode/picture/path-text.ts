import type { Ring } from './read-shape.ts';

const join = (numbers: readonly number[]) =>
  numbers.map((number, index) => (index > 0 && number >= 0 ? ` ${number}` : String(number))).join('');

/** What turns by less than half a pixel is not seen. */
function isOnTheWay(ax: number, ay: number, bx: number, by: number): boolean {
  return ax * by === ay * bx && ax * bx >= 0 && ay * by >= 0;
}

/**
 * A line in whole pixels as a part of an SVG path; empty where it is smaller than one. Positions that fall on the one before, or
 * lie on the straight way to the next, are left out. `scale`: pixels of a unit.
 */
export function pathText(line: Ring, scale: number, isClosed: boolean): string {
  const steps: [number, number][] = [];
  let [x, y] = [Math.round((line[0] ?? 0) * scale), Math.round((line[1] ?? 0) * scale)];
  const start = join([x, y]);
  for (let n = 2; n < line.length; n += 2) {
    const [toX, toY] = [Math.round((line[n] ?? 0) * scale), Math.round((line[n + 1] ?? 0) * scale)];
    const [dx, dy] = [toX - x, toY - y];
    if (dx === 0 && dy === 0) continue;
    const last = steps.at(-1);
    if (last && isOnTheWay(last[0], last[1], dx, dy)) {
      last[0] += dx;
      last[1] += dy;
    } else steps.push([dx, dy]);
    [x, y] = [toX, toY];
  }
  if (steps.length < (isClosed ? 2 : 1)) return '';
  return `M${start}l${join(steps.flat())}${isClosed ? 'z' : ''}`;
}
