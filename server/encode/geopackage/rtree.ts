import { toTileId } from '../pmtiles/tile-id.ts';
import type { Envelope } from './blob.ts';

/**
 * Of a node in SQLite's R-tree module with two dimensions: at most 51 cells of 24 bytes behind 4 bytes. Source of the
 * layout: https://www.sqlite.org/rtree.html and the comments at the head of ext/rtree/rtree.c
 */
const CELLS = 51;
const CELL = 24;
const HEAD = 4;
const NODE = HEAD + CELLS * CELL;
/** The root has this number, by which the module finds it. */
const ROOT = 1;

/** Columns and rows of the curve along which neighbours are put into one node: finer than any layer needs. */
const ZOOM = 13;
const SIDE = 2 ** ZOOM;
/** More entries than this cannot be told apart in one double beside their place on the curve. */
const MOST = 2 ** 25;

const FIRST_ROOM = 1024;

export interface TreeRows {
  readonly nodes: Iterable<readonly [node: number, data: Buffer]>;
  /** In which leaf each record is. */
  readonly leaves: Iterable<readonly [fid: number, node: number]>;
  readonly parents: Iterable<readonly [node: number, parent: number]>;
}

/** Envelopes on their way into an R-tree that is packed at once, full nodes of neighbours: 24 bytes for each record. */
export class TreePacker {
  #fids = new Float64Array(FIRST_ROOM);
  #boxes = new Float32Array(4 * FIRST_ROOM);
  #count = 0;

  /** @throws RangeError for a record beyond 2^25 */
  add(fid: number, [minx, maxx, miny, maxy]: Envelope): void {
    if (this.#count === MOST) throw new RangeError(`An R-tree here holds ${MOST} records at most.`);
    if (this.#count === this.#fids.length) this.#grow();
    const at = 4 * this.#count;
    this.#fids[this.#count] = fid;
    this.#boxes[at] = below(minx);
    this.#boxes[at + 1] = above(maxx);
    this.#boxes[at + 2] = below(miny);
    this.#boxes[at + 3] = above(maxy);
    this.#count += 1;
  }

  /** West, east, south, north of all, rounded outwards to 32 bits; null when there are none. */
  get bounds(): readonly number[] | null {
    return this.#count === 0 ? null : union(this.#boxes, 0, this.#count);
  }

  pack(): TreeRows {
    const order = this.#order();
    let level: Level = {
      ids: Float64Array.from(order, (index) => this.#fids[index] as number),
      boxes: new Float32Array(4 * order.length),
    };
    for (const [place, index] of order.entries()) {
      level.boxes.set(this.#boxes.subarray(4 * index, 4 * index + 4), 4 * place);
    }
    const nodes: [number, Buffer][] = [];
    const parents: [number, number][] = [];
    const leaves: { readonly ids: Float64Array; readonly groups: Group[] } = { ids: level.ids, groups: [] };
    let next = ROOT + 1;
    for (let depth = 0; ; depth += 1) {
      const isRoot = level.ids.length <= CELLS;
      const groups = isRoot ? [{ node: ROOT, from: 0, to: level.ids.length }] : split(level.ids.length, next);
      next += groups.length;
      for (const group of groups) {
        nodes.push([group.node, toNode(level, group, isRoot ? depth : 0)]);
        if (depth > 0)
          for (let k = group.from; k < group.to; k += 1) parents.push([level.ids[k] as number, group.node]);
      }
      if (depth === 0) leaves.groups.push(...groups);
      if (isRoot) return { nodes, parents, leaves: leafRows(leaves) };
      const boxes = new Float32Array(4 * groups.length);
      for (const [index, { from, to }] of groups.entries()) boxes.set(union(level.boxes, from, to), 4 * index);
      level = { ids: Float64Array.from(groups, ({ node }) => node), boxes };
    }
  }

  /** Indices of the records along the curve. */
  #order(): Uint32Array {
    const keys = new Float64Array(this.#count);
    for (let index = 0; index < this.#count; index += 1) {
      const [minx, maxx, miny, maxy] = this.#boxes.subarray(4 * index, 4 * index + 4) as unknown as Envelope;
      const cell = (share: number) => Math.min(SIDE - 1, Math.max(0, Math.floor(share * SIDE)));
      const x = cell(((minx + maxx) / 2 + 180) / 360);
      const y = cell(((miny + maxy) / 2 + 90) / 180);
      keys[index] = toTileId({ z: ZOOM, x, y }) * MOST + index;
    }
    keys.sort();
    return Uint32Array.from(keys, (key) => key % MOST);
  }

  #grow(): void {
    const [fids, boxes] = [this.#fids, this.#boxes];
    this.#fids = new Float64Array(2 * fids.length);
    this.#fids.set(fids);
    this.#boxes = new Float32Array(2 * boxes.length);
    this.#boxes.set(boxes);
  }
}

interface Level {
  readonly ids: Float64Array;
  readonly boxes: Float32Array;
}

interface Group {
  readonly node: number;
  readonly from: number;
  readonly to: number;
}

/** Even groups, since the module wants a node to be a third full at least. */
function split(count: number, firstNode: number): Group[] {
  const groups = Math.ceil(count / CELLS);
  const edge = (group: number) => Math.floor((group * count) / groups);
  return Array.from({ length: groups }, (_, group) => ({
    node: firstNode + group,
    from: edge(group),
    to: edge(group + 1),
  }));
}

function* leafRows({ ids, groups }: { readonly ids: Float64Array; readonly groups: readonly Group[] }) {
  for (const { node, from, to } of groups) {
    for (let k = from; k < to; k += 1) yield [ids[k] as number, node] as const;
  }
}

/** Big-endian: the depth of the tree (of the root only), the number of cells, then each cell's number and box. */
function toNode({ ids, boxes }: Level, { from, to }: Group, depth: number): Buffer {
  const data = Buffer.alloc(NODE);
  data.writeUInt16BE(depth, 0);
  data.writeUInt16BE(to - from, 2);
  let at = HEAD;
  for (let k = from; k < to; k += 1) {
    at = data.writeBigInt64BE(BigInt(ids[k] as number), at);
    for (let side = 0; side < 4; side += 1) at = data.writeFloatBE(boxes[4 * k + side] as number, at);
  }
  return data;
}

function union(boxes: Float32Array, from: number, to: number): number[] {
  const box = [Infinity, -Infinity, Infinity, -Infinity];
  for (let at = 4 * from; at < 4 * to; at += 1) {
    const side = at % 4;
    const value = boxes[at] as number;
    box[side] = side % 2 === 0 ? Math.min(box[side] as number, value) : Math.max(box[side] as number, value);
  }
  return box;
}

/** The nearest number of 32 bits that is not greater, or not less: a box must not lose what is at its edge. */
function below(value: number): number {
  const near = Math.fround(value);
  return near <= value ? near : Math.fround(near - Math.abs(near) * 2 ** -23 - 2 ** -149);
}
function above(value: number): number {
  return -below(-value);
}
