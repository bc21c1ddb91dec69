import type { PieceRow } from '../../query/analysis/association.ts';

/** Whether a place in degrees lies in one of many polygons. */
export type Inside = (lon: number, lat: number) => boolean;

/** Degrees of latitude of a strip: edges are found by the strips that they lie in. */
const STRIP = 0.02;

/**
 * By the rule of even and odd, for each shape by itself: shapes may lie over one another.
 * @param shapes the edges of all rings of each, straight on the map
 */
export function insideOf(shapes: readonly (readonly PieceRow[])[]): Inside {
  /** Of each strip, edges one behind the other: the number of the shape, and degrees of both ends, south to north. */
  const strips = new Map<number, number[]>();
  for (const [nth, edges] of shapes.entries()) {
    for (const [, x1, y1, x2, y2] of edges) {
      if (y1 === y2) continue;
      const edge = y1 < y2 ? [nth, x1, y1, x2, y2] : [nth, x2, y2, x1, y1];
      const last = Math.floor(Math.max(y1, y2) / STRIP);
      for (let strip = Math.floor(Math.min(y1, y2) / STRIP); strip <= last; strip += 1) {
        const held = strips.get(strip);
        if (held) held.push(...edge);
        else strips.set(strip, [...edge]);
      }
    }
  }
  return (lon, lat) => {
    const edges = strips.get(Math.floor(lat / STRIP)) ?? [];
    // The edges of a shape follow one another.
    let [shape, isOdd] = [-1, false];
    for (let at = 0; at < edges.length; at += 5) {
      if (edges[at] !== shape) {
        if (isOdd) return true;
        shape = edges[at] as number;
      }
      const [x1, y1] = [edges[at + 1] as number, edges[at + 2] as number];
      const [x2, y2] = [edges[at + 3] as number, edges[at + 4] as number];
      if (lat < y1 || lat >= y2) continue;
      if (x1 + ((lat - y1) / (y2 - y1)) * (x2 - x1) > lon) isOdd = !isOdd;
    }
    return isOdd;
  };
}
