import type { Position } from 'geojson';

/** A TopoJSON object as far as it is needed here. A negative arc index is the complement of an arc drawn backwards. */
export interface TopologyGeometry {
  type: string;
  id?: string;
  arcs?: ArcIndexes;
  properties?: { name?: string | null };
}
type ArcIndexes = number | ArcIndexes[];

interface Topology {
  arcs: Position[][];
  transform?: { scale: [number, number]; translate: [number, number] };
  objects: Record<string, { geometries: TopologyGeometry[] }>;
}

/** Lines that may be shared by several geometries, as lon/lat, and the geometries that refer to them. */
interface Arcs {
  arcs: Position[][];
  geometries: TopologyGeometry[];
}

/** Undoes quantisation and delta coding (TopoJSON specification 1.0, 2.1.3 and 2.1.4) for one object. */
export function decodeTopology(input: unknown, object?: string): Arcs {
  const topology = input as Topology;
  const chosen = object === undefined ? Object.values(topology.objects)[0] : topology.objects[object];
  if (!chosen) throw new Error(`the topology has no object "${object}"`);
  const { scale, translate } = topology.transform ?? { scale: [1, 1], translate: [0, 0] };
  const arcs = topology.arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map(([dx = 0, dy = 0]): Position => {
      x = topology.transform ? x + dx : dx;
      y = topology.transform ? y + dy : dy;
      return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
    });
  });
  return { arcs, geometries: chosen.geometries };
}

/** All arc indexes of a geometry, in the direction in which it uses them. */
export function arcIndexes(arcs: ArcIndexes | undefined): number[] {
  if (arcs === undefined) return [];
  return typeof arcs === 'number' ? [arcs] : arcs.flatMap(arcIndexes);
}

/** The points of an arc in the direction that the index asks for. */
export function arcPoints(arcs: Position[][], index: number): Position[] {
  const arc = arcs[index < 0 ? ~index : index];
  if (!arc) throw new Error(`no arc ${index}`);
  return index < 0 ? arc.toReversed() : arc;
}

/**
 * The outline of several neighbouring geometries taken as one: an arc that two of them use (once in each
 * direction) lies inside and goes.
 */
export function dissolve(geometries: readonly TopologyGeometry[]): number[] {
  const used = geometries.flatMap((geometry) => arcIndexes(geometry.arcs));
  const present = new Set(used);
  return used.filter((index) => !present.has(~index));
}
