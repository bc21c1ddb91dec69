import type { Geometry, Position } from 'geojson';

const TYPES: Readonly<Record<Geometry['type'], number>> = {
  Point: 1,
  LineString: 2,
  Polygon: 3,
  MultiPoint: 4,
  MultiLineString: 5,
  MultiPolygon: 6,
  GeometryCollection: 7,
};
const HAS_SRID = 0x2000_0000;
/** Byte order and type. */
const HEAD = 5;
const POINT_BYTES = 16;

const point = Buffer.alloc(HEAD + 4 + POINT_BYTES);
point[0] = 1;
point.writeUInt32LE(TYPES.Point + HAS_SRID, 1);

/**
 * A geometry as PostGIS reads it in text: extended WKB, hexadecimal. Flat: heights are left out. `srid` 0: none.
 * Coordinates stay in the order in which they are.
 */
export function toEwkbHex(geometry: Geometry, srid: number): string {
  if (geometry.type === 'Point') {
    // Of a million points the buffer is the same.
    point.writeUInt32LE(srid, HEAD);
    point.writeDoubleLE(geometry.coordinates[0] ?? Number.NaN, HEAD + 4);
    point.writeDoubleLE(geometry.coordinates[1] ?? Number.NaN, HEAD + 12);
    return point.toString('hex');
  }
  const bytes = Buffer.allocUnsafe(sizeOf(geometry) + 4);
  new Writer(bytes).geometry(geometry, srid);
  return bytes.toString('hex');
}

/** A geometry as well-known binary, little-endian, flat; it says nothing of a reference system. */
export function toWkb(geometry: Geometry): Buffer {
  const bytes = Buffer.allocUnsafe(sizeOf(geometry));
  new Writer(bytes).geometry(geometry, null);
  return bytes;
}

const sum = <Item>(items: readonly Item[], size: (item: Item) => number): number =>
  items.reduce((total, item) => total + size(item), 0);
const sizeOfLine = (line: readonly Position[]) => 4 + POINT_BYTES * line.length;
const sizeOfLines = (lines: readonly (readonly Position[])[]) => 4 + sum(lines, sizeOfLine);

function sizeOf(geometry: Geometry): number {
  switch (geometry.type) {
    case 'Point':
      return HEAD + POINT_BYTES;
    case 'LineString':
      return HEAD + sizeOfLine(geometry.coordinates);
    case 'Polygon':
      return HEAD + sizeOfLines(geometry.coordinates);
    case 'MultiPoint':
      return HEAD + 4 + geometry.coordinates.length * (HEAD + POINT_BYTES);
    case 'MultiLineString':
      return HEAD + 4 + sum(geometry.coordinates, (line) => HEAD + sizeOfLine(line));
    case 'MultiPolygon':
      return HEAD + 4 + sum(geometry.coordinates, (rings) => HEAD + sizeOfLines(rings));
    case 'GeometryCollection':
      return HEAD + 4 + sum(geometry.geometries, sizeOf);
  }
}

class Writer {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Only the outermost has the number of a reference system; null: it is not that. */
  geometry(geometry: Geometry, srid: number | null): void {
    this.#bytes[this.#at] = 1;
    this.#at += 1;
    this.#count(TYPES[geometry.type] + (srid === null ? 0 : HAS_SRID));
    if (srid !== null) this.#count(srid);
    this.#members(geometry);
  }

  #members(geometry: Geometry): void {
    const part = (type: 'Point' | 'LineString' | 'Polygon') => (coordinates: never) =>
      this.geometry({ type, coordinates }, null);
    if (geometry.type === 'Point') this.#position(geometry.coordinates);
    else if (geometry.type === 'LineString') this.#line(geometry.coordinates);
    else if (geometry.type === 'Polygon') this.#each(geometry.coordinates, (ring) => this.#line(ring));
    else if (geometry.type === 'MultiPoint') this.#each(geometry.coordinates as never[], part('Point'));
    else if (geometry.type === 'MultiLineString') this.#each(geometry.coordinates as never[], part('LineString'));
    else if (geometry.type === 'MultiPolygon') this.#each(geometry.coordinates as never[], part('Polygon'));
    else this.#each(geometry.geometries, (member) => this.geometry(member, null));
  }

  #each<Item>(items: readonly Item[], write: (item: Item) => void): void {
    this.#count(items.length);
    for (const item of items) write(item);
  }

  #line(positions: readonly Position[]): void {
    this.#each(positions, (position) => this.#position(position));
  }

  #position([x = Number.NaN, y = Number.NaN]: Position): void {
    this.#bytes.writeDoubleLE(x, this.#at);
    this.#bytes.writeDoubleLE(y, this.#at + 8);
    this.#at += POINT_BYTES;
  }

  #count(value: number): void {
    this.#at = this.#bytes.writeUInt32LE(value, this.#at);
  }
}
