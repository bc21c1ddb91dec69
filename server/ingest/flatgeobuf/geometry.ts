import type { Geometry, Position } from 'geojson';
import { LimitExceeded } from '../errors.ts';
import type { Limits } from '../source.ts';
import { BadRecord, type Table } from './table.ts';

const COLLECTION = 7;
const NAMES = ['Point', 'LineString', 'Polygon', 'MultiPoint', 'MultiLineString', 'MultiPolygon'] as const;

/** Reads geometries and counts what it makes, since parts may be named more than once. Source: feature.fbs. */
export class GeometryReader {
  readonly #limits: Limits;
  #made = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Null for a geometry without any position. @throws BadRecord, LimitExceeded, RangeError */
  read(table: Table, ofLayer: number, depth = 1): Geometry | null {
    if (depth > this.#limits.depth) {
      throw new LimitExceeded(`A geometry holds others more than ${this.#limits.depth} deep (limit UPLOAD_DEPTH).`);
    }
    this.#count(1);
    const type = ofLayer || table.byte(6);
    if (type === COLLECTION) {
      const geometries = table.tables(7, this.#limits.vertices).flatMap((part) => this.read(part, 0, depth + 1) ?? []);
      return geometries.length > 0 ? { type: 'GeometryCollection', geometries } : null;
    }
    const name = NAMES[type - 1];
    if (name === undefined) {
      throw new BadRecord(`Its geometry is a curve or surface (type ${type}). Points, lines and polygons are read.`);
    }
    if (name === 'MultiPolygon') {
      const coordinates = table.tables(7, this.#limits.vertices).map((part) => {
        this.#count(1);
        return this.#parts(part);
      });
      return coordinates.length > 0 ? { type: name, coordinates } : null;
    }
    if (name === 'Polygon' || name === 'MultiLineString') {
      const coordinates = this.#parts(table);
      return coordinates.length > 0 ? { type: name, coordinates } : null;
    }
    const positions = this.#positions(table);
    const [first] = positions;
    if (first === undefined) return null;
    return name === 'Point' ? { type: name, coordinates: first } : { type: name, coordinates: positions };
  }

  /** Rings or lines: where each ends, in positions; without ends all is one. */
  #parts(table: Table): Position[][] {
    const positions = this.#positions(table);
    const { start, length } = table.vector(0, 4);
    if (length === 0) return positions.length > 0 ? [positions] : [];
    this.#count(length);
    let from = 0;
    return Array.from({ length }, (_, index) => {
      const end = table.bytes.readUInt32LE(start + index * 4);
      if (end < from || end > positions.length) throw new BadRecord('The ends of its parts are out of order.');
      const part = positions.slice(from, end);
      from = end;
      return part;
    });
  }

  #positions(table: Table): Position[] {
    const xy = table.vector(1, 8);
    const z = table.vector(2, 8);
    const count = xy.length >> 1;
    this.#count(count);
    if (z.length !== 0 && z.length < count) throw new BadRecord('It has fewer heights than positions.');
    return Array.from({ length: count }, (_, index) => {
      const at = xy.start + index * 16;
      const position = [table.bytes.readDoubleLE(at), table.bytes.readDoubleLE(at + 8)];
      if (z.length > 0) position.push(table.bytes.readDoubleLE(z.start + index * 8));
      if (!position.every(Number.isFinite)) throw new BadRecord(`(${position.join(', ')}) is no position.`);
      return position;
    });
  }

  #count(more: number): void {
    this.#made += more;
    if (this.#made <= this.#limits.vertices) return;
    throw new LimitExceeded(`A geometry has more than ${this.#limits.vertices} vertices (limit UPLOAD_VERTICES).`);
  }
}
