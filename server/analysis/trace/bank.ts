import type { Position } from 'geojson';

/** Where a point lies of a line that is drawn downstream. */
export interface Bank {
  readonly side: 'left' | 'right' | 'on';
  /** Degrees clockwise from north: in which direction the point lies from the nearest place of the line; 0 on it. */
  readonly azimuth: number;
}

type Vector = readonly [x: number, y: number];

const minus = ([ax, ay]: Vector, [bx, by]: Vector): Vector => [ax - bx, ay - by];
const cross = ([ax, ay]: Vector, [bx, by]: Vector) => ax * by - ay * bx;
const dot = ([ax, ay]: Vector, [bx, by]: Vector) => ax * bx + ay * by;
const unit = ([x, y]: Vector): Vector => {
  const length = Math.hypot(x, y);
  return [x / length, y / length];
};

/** Around the point, which is at 0 0: degrees of latitude, those of longitude shortened to the same length. */
function around(line: readonly Position[], [lon = 0, lat = 0]: Position): Vector[] {
  const shorter = Math.cos((lat * Math.PI) / 180);
  const vertices: Vector[] = [];
  for (const [x = 0, y = 0] of line) {
    const east = ((((x - lon + 180) % 360) + 360) % 360) - 180;
    const vertex: Vector = [east * shorter, y - lat];
    const last = vertices.at(-1);
    if (!last || last[0] !== vertex[0] || last[1] !== vertex[1]) vertices.push(vertex);
  }
  return vertices;
}

/**
 * On which bank a point lies: the side of the nearest place of the line. Where that is a bend, it is told by the sum of the
 * directions before and after it (pseudonormal; Baerentzen and Aanaes 2005), for either one alone is wrong behind a sharp
 * bend. Of a line that does not cross itself this is exact: the way from the point to the nearest place crosses nothing.
 * @param line degrees, two or more places
 * @returns null when the nearest place is an end: beyond the source and the mouth there are no banks
 */
export function bankOf(line: readonly Position[], point: Position): Bank | null {
  const vertices = around(line, point);
  let least = Number.POSITIVE_INFINITY;
  let nearest: { readonly at: Vector; readonly direction: Vector; readonly isEnd: boolean } | null = null;
  for (let index = 1; index < vertices.length; index += 1) {
    const [from, to] = [vertices[index - 1] as Vector, vertices[index] as Vector];
    const edge = minus(to, from);
    const share = -dot(from, edge) / dot(edge, edge);
    const clamped = Math.min(1, Math.max(0, share));
    const at: Vector = [from[0] + clamped * edge[0], from[1] + clamped * edge[1]];
    const away = Math.hypot(...at);
    if (away >= least) continue;
    least = away;
    const vertex = share <= 0 ? index - 1 : share >= 1 ? index : undefined;
    const [before, after] = vertex === undefined ? [] : [vertices[vertex - 1], vertices[vertex + 1]];
    const here = vertex === undefined ? undefined : vertices[vertex];
    const direction =
      here && before && after
        ? (() => {
            const [arriving, leaving] = [unit(minus(here, before)), unit(minus(after, here))];
            return [arriving[0] + leaving[0], arriving[1] + leaving[1]] as const;
          })()
        : edge;
    // At the very foot of an end the point is still beside the line.
    nearest = { at, direction, isEnd: (index === 1 && share < 0) || (index === vertices.length - 1 && share > 1) };
  }
  if (!nearest || nearest.isEnd) return null;
  const toPoint: Vector = [-nearest.at[0], -nearest.at[1]];
  const turn = cross(nearest.direction, toPoint);
  const azimuth = (Math.atan2(toPoint[0], toPoint[1]) * 180) / Math.PI;
  return { side: turn > 0 ? 'left' : turn < 0 ? 'right' : 'on', azimuth: least === 0 ? 0 : (azimuth + 360) % 360 };
}
