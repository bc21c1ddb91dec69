import type { Geometry, Position } from 'geojson';
import { LimitExceeded } from '../errors.ts';
import type { Limits } from '../source.ts';

/** One record's geometry cannot be read; the next one can. Never leaves this folder. */
export class BadGeometry extends Error {}

const KINDS = [
  'Point',
  'LineString',
  'Polygon',
  'MultiPoint',
  'MultiLineString',
  'MultiPolygon',
  'GeometryCollection',
] as const;
type Kind = (typeof KINDS)[number];
/** What only GIS with curves draw. */
const CURVES = new Set([8, 9, 10, 11, 12, 13, 14, 15, 16, 17]);

/** Flags of PostGIS's older dialect, which some writers use. */
const EWKB_Z = 0x80000000;
const EWKB_M = 0x40000000;
const EWKB_SRID = 0x20000000;

/**
 * Well-known binary (OGC 06-103r4, and its dialect EWKB) as GeoJSON: x, y and z where it has them; measures are left
 * out. Null for a geometry without any position.
 * @throws BadGeometry, LimitExceeded
 */
export function fromWkb(bytes: Buffer, limits: Limits): Geometry | null {
  return new Wkb(bytes, limits).geometry(1);
}

/** Every count is held against the bytes that are left before anything is made of it. */
class Wkb {
  readonly #bytes: Buffer;
  readonly #limits: Limits;
  #at = 0;
  #vertices = 0;
  #little = true;

  constructor(bytes: Buffer, limits: Limits) {
    this.#bytes = bytes;
    this.#limits = limits;
  }

  geometry(depth: number): Geometry | null {
    if (depth > this.#limits.depth) {
      throw new LimitExceeded(
        `A geometry holds collections in one another more than ${this.#limits.depth} deep (limit UPLOAD_DEPTH).`,
      );
    }
    this.#need(5);
    this.#little = this.#bytes[this.#at] === 1;
    this.#at += 1;
    const { kind, dimensions, z } = this.#type();
    switch (kind) {
      case 'Point': {
        const [position] = this.#positions(1, dimensions, z, true);
        return position ? { type: 'Point', coordinates: position } : null;
      }
      case 'LineString': {
        const line = this.#positions(this.#count(dimensions * 8), dimensions, z);
        return line.length > 0 ? { type: 'LineString', coordinates: line } : null;
      }
      case 'Polygon': {
        const rings = this.#repeat(4, () => this.#positions(this.#count(dimensions * 8), dimensions, z));
        return rings.length > 0 ? { type: 'Polygon', coordinates: rings } : null;
      }
      case 'GeometryCollection': {
        const geometries = this.#members(depth);
        return geometries.length > 0 ? { type: kind, geometries } : null;
      }
      default:
        return this.#multi(kind, depth);
    }
  }

  #multi(kind: 'MultiPoint' | 'MultiLineString' | 'MultiPolygon', depth: number): Geometry | null {
    const single = kind.slice('Multi'.length);
    const coordinates = this.#members(depth).map((member) => {
      if (member.type !== single) throw new BadGeometry(`A ${kind} holds a ${member.type}.`);
      return 'coordinates' in member ? member.coordinates : [];
    });
    return coordinates.length > 0 ? ({ type: kind, coordinates } as Geometry) : null;
  }

  #members(depth: number): Geometry[] {
    return this.#repeat(9, () => this.geometry(depth + 1)).filter((member) => member !== null);
  }

  #type(): { kind: Kind; dimensions: number; z: boolean } {
    const code = this.#uint();
    const base = code & 0xffff;
    const modifier = Math.floor(base / 1000);
    const z = (code & EWKB_Z) !== 0 || modifier === 1 || modifier === 3;
    const m = (code & EWKB_M) !== 0 || modifier === 2 || modifier === 3;
    if ((code & EWKB_SRID) !== 0) this.#uint();
    const kind = KINDS[(base % 1000) - 1];
    if (kind === undefined || modifier > 3) {
      const curve = CURVES.has(base % 1000) ? 'a curve or surface' : 'of an unknown type';
      throw new BadGeometry(`The geometry is ${curve} (${code}). Points, lines and polygons are read: convert it.`);
    }
    return { kind, dimensions: 2 + Number(z) + Number(m), z };
  }

  #positions(count: number, dimensions: number, z: boolean, mayBeEmpty = false): Position[] {
    this.#vertices += count;
    if (this.#vertices > this.#limits.vertices) {
      throw new LimitExceeded(`A geometry has more than ${this.#limits.vertices} vertices (limit UPLOAD_VERTICES).`);
    }
    this.#need(count * dimensions * 8);
    const positions: Position[] = new Array(count);
    for (let index = 0; index < count; index++, this.#at += dimensions * 8) {
      const x = this.#double(0);
      const y = this.#double(8);
      if (mayBeEmpty && Number.isNaN(x) && Number.isNaN(y)) {
        this.#at += dimensions * 8;
        return [];
      }
      const position = z ? [x, y, this.#double(16)] : [x, y];
      if (!position.every(Number.isFinite)) throw new BadGeometry(`(${position.join(', ')}) is no position.`);
      positions[index] = position;
    }
    return positions;
  }

  #repeat<T>(least: number, read: () => T): T[] {
    const count = this.#count(least);
    const made: T[] = [];
    for (let index = 0; index < count; index++) made.push(read());
    return made;
  }

  /** How many follow, of at least `least` bytes each. */
  #count(least: number): number {
    const count = this.#uint();
    this.#need(count * least);
    return count;
  }

  #uint(): number {
    this.#need(4);
    const value = this.#little ? this.#bytes.readUInt32LE(this.#at) : this.#bytes.readUInt32BE(this.#at);
    this.#at += 4;
    return value;
  }

  #double(offset: number): number {
    return this.#little ? this.#bytes.readDoubleLE(this.#at + offset) : this.#bytes.readDoubleBE(this.#at + offset);
  }

  #need(length: number): void {
    if (this.#bytes.length - this.#at >= length) return;
    throw new BadGeometry(`The geometry ends at byte ${this.#bytes.length}, where its own counts ask for more.`);
  }
}
