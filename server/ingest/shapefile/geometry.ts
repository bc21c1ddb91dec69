import type { Geometry, Position } from 'geojson';
import { LimitExceeded } from '../errors.ts';
import type { Limits } from '../source.ts';
import { BadShape } from './bad-shape.ts';
import { toPolygons } from './rings.ts';

/** Shape types without and with heights: 1, 3, 5 and 8; plus 10 with Z (and M), plus 20 with M. */
const NAMES = new Map([
  [1, 'Point'],
  [3, 'PolyLine'],
  [5, 'Polygon'],
  [8, 'MultiPoint'],
]);
const BOX = 32;

/** Whether shapes of this type carry measures, which GeoJSON has no place for. */
export const hasMeasures = (content: Buffer): boolean => {
  const type = content.readInt32LE(0);
  return type > 20 && NAMES.has(type - 20);
};

/**
 * A shape as a geometry: x, y and z where it has them, measures left out, polygons assembled from their rings. Null for
 * the null shape and for a shape without any point.
 * @throws BadShape, LimitExceeded
 */
export function toGeometry(content: Buffer, limits: Limits): Geometry | null {
  const type = content.readInt32LE(0);
  if (type === 0) return null;
  const kind = NAMES.get(type % 10);
  if (kind === undefined || type < 0 || type > 28) {
    throw new BadShape(
      'unknown-shape',
      `The shape is of type ${type}${type === 31 ? ' (MultiPatch)' : ''}, which is not read here. Points, lines and polygons are.`,
    );
  }
  const z = type > 10 && type < 20;
  if (kind === 'Point') {
    need(content, z ? 28 : 20);
    return { type: 'Point', coordinates: positions(content, 4, 1, z ? 20 : null)[0] as Position };
  }
  const parted = kind !== 'MultiPoint';
  const head = 4 + BOX + (parted ? 8 : 4);
  need(content, head);
  const parts = parted ? content.readInt32LE(4 + BOX) : 0;
  const points = content.readInt32LE(head - 4);
  const start = head + parts * 4;
  const end = start + points * 16;
  if (parts < 0 || points < 0) throw tooShort(content.length, end);
  need(content, z ? end + 16 + points * 8 : end);
  if (points > limits.vertices) {
    throw new LimitExceeded(`A shape has ${points} vertices; ${limits.vertices} are allowed (limit UPLOAD_VERTICES).`);
  }
  const all = positions(content, start, points, z ? end + 16 : null);
  if (all.length === 0) return null;
  if (kind === 'MultiPoint') return { type: 'MultiPoint', coordinates: all };
  const lines = split(all, content, head, parts);
  if (kind === 'Polygon') return toPolygons(lines);
  return lines.length === 1
    ? { type: 'LineString', coordinates: lines[0] as Position[] }
    : { type: 'MultiLineString', coordinates: lines };
}

function positions(content: Buffer, start: number, count: number, heights: number | null): Position[] {
  const made: Position[] = new Array(count);
  for (let index = 0; index < count; index++) {
    const x = content.readDoubleLE(start + index * 16);
    const y = content.readDoubleLE(start + index * 16 + 8);
    const z = heights === null ? 0 : content.readDoubleLE(heights + index * 8);
    if (!Number.isFinite(x + y + z)) {
      throw new BadShape('bad-coordinate', `Vertex ${index + 1} of the shape is (${x}, ${y}), which is no position.`);
    }
    made[index] = heights === null ? [x, y] : [x, y, z];
  }
  return made;
}

/** The positions of each part: `parts` indices of first positions, ascending, stand at `at`. */
function split(all: Position[], content: Buffer, at: number, parts: number): Position[][] {
  const starts = Array.from({ length: parts }, (_, index) => content.readInt32LE(at + index * 4));
  return starts.map((from, index) => {
    const to = starts[index + 1] ?? all.length;
    if (from < 0 || to < from || to > all.length || (index === 0 && from !== 0)) {
      throw new BadShape(
        'bad-parts',
        `Part ${index + 1} of the shape is said to begin at vertex ${from}, which it cannot.`,
      );
    }
    return all.slice(from, to);
  });
}

function need(content: Buffer, length: number): void {
  if (content.length < length) throw tooShort(content.length, length);
}

const tooShort = (length: number, needed: number) =>
  new BadShape('shape-cut-short', `The shape has ${length} bytes where its own counts ask for ${needed}.`);
