import type { Geometry, Position } from 'geojson';

export interface ParsedWkt {
  /** Null: the text says EMPTY. */
  readonly geometry: Geometry | null;
  /** Of EWKT's `SRID=…;`; null when it says none. */
  readonly srid: number | null;
}

/** A text that is no WKT. `position` counts UTF-16 units from 0. */
export class InvalidWkt extends Error {
  readonly position: number;
  constructor(detail: string, position: number) {
    super(detail);
    this.position = position;
  }
}

/** The first and last of these may follow one another without end; a table's cell has no need of it. */
const DEEPEST = 32;

const TOKEN = /\s*(?:([A-Za-z]+)|([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([(),;=]))/y;

const TYPES: Readonly<Record<string, Geometry['type']>> = {
  POINT: 'Point',
  LINESTRING: 'LineString',
  POLYGON: 'Polygon',
  MULTIPOINT: 'MultiPoint',
  MULTILINESTRING: 'MultiLineString',
  MULTIPOLYGON: 'MultiPolygon',
  GEOMETRYCOLLECTION: 'GeometryCollection',
};

/**
 * Reads WKT (OGC 06-103r4) and EWKT in one pass. Measures (M) are left out, as GeoJSON has no place for them; heights (Z)
 * are kept. `vertices` bounds what is built. Own, as no kept library would do: betterknown reads the text anew for each
 * position and takes "1abc" for a number, @terraformer/wkt knows no SRID.
 * @throws InvalidWkt
 */
export function parseWkt(text: string, vertices = 2_000_000): ParsedWkt {
  return new WktParser(text, vertices).parse();
}

type Dimension = 'XY' | 'Z' | 'M' | 'ZM' | null;

class WktParser {
  readonly #text: string;
  readonly #vertices: number;
  #at = 0;
  #token = '';
  #kind: 'word' | 'number' | 'sign' | 'end' = 'end';
  #start = 0;
  #seen = 0;

  constructor(text: string, vertices: number) {
    this.#text = text;
    this.#vertices = vertices;
    this.#next();
  }

  parse(): ParsedWkt {
    let srid: number | null = null;
    if (this.#kind === 'word' && this.#token === 'SRID') {
      this.#next();
      this.#expect('=');
      srid = this.#number();
      if (!Number.isInteger(srid) || srid < 0) throw this.#wrong('a whole number after "SRID="');
      this.#expect(';');
    }
    const geometry = this.#geometry(0);
    if (this.#kind !== 'end') throw this.#wrong('the end of the text');
    return { geometry, srid };
  }

  #geometry(depth: number): Geometry | null {
    if (depth > DEEPEST) throw this.#wrong(`collections at most ${DEEPEST} deep`);
    const { name, dimension } = this.#type();
    if (this.#isWord('EMPTY')) return null;
    switch (name) {
      case 'Point': {
        this.#expect('(');
        const coordinates = this.#position(dimension);
        this.#expect(')');
        return { type: name, coordinates };
      }
      case 'LineString':
        return { type: name, coordinates: this.#list(() => this.#position(dimension)) };
      case 'MultiPoint':
        return { type: name, coordinates: this.#list(() => this.#pointOf(dimension)) };
      case 'Polygon':
      case 'MultiLineString':
        return { type: name, coordinates: this.#lists(dimension) };
      case 'MultiPolygon':
        return { type: name, coordinates: this.#list(() => this.#lists(dimension)) };
      case 'GeometryCollection': {
        const parts = this.#list(() => this.#geometry(depth + 1));
        return { type: name, geometries: parts.filter((part) => part !== null) };
      }
    }
  }

  #type(): { name: Geometry['type']; dimension: Dimension } {
    if (this.#kind !== 'word') throw this.#wrong('the type of a geometry such as POINT');
    const [, word = '', attached] = /^(.*?)(ZM|Z|M)?$/.exec(this.#token) ?? [];
    const name = TYPES[word];
    if (!name) throw this.#wrong(`one of ${Object.keys(TYPES).join(', ')}`);
    this.#next();
    let dimension = (attached ?? null) as Dimension;
    for (const mark of ['ZM', 'Z', 'M'] as const) if (dimension === null && this.#isWord(mark)) dimension = mark;
    return { name, dimension };
  }

  #lists(dimension: Dimension): Position[][] {
    return this.#list(() => this.#list(() => this.#position(dimension)));
  }

  #list<Item>(item: () => Item): Item[] {
    this.#expect('(');
    const items = [item()];
    while (this.#token === ',') {
      this.#next();
      items.push(item());
    }
    this.#expect(')');
    return items;
  }

  /** A point of a MULTIPOINT: with brackets around it, or without as older writers have it. */
  #pointOf(dimension: Dimension): Position {
    if (this.#token !== '(') return this.#position(dimension);
    this.#next();
    const position = this.#position(dimension);
    this.#expect(')');
    return position;
  }

  #position(dimension: Dimension): Position {
    this.#seen += 1;
    if (this.#seen > this.#vertices) throw this.#wrong(`at most ${this.#vertices} vertices`);
    const numbers = [this.#number(), this.#number()];
    while (this.#kind === 'number' && numbers.length < 4) numbers.push(this.#number());
    const wanted = dimension === null ? numbers.length : { XY: 2, Z: 3, M: 3, ZM: 4 }[dimension];
    if (numbers.length !== wanted) throw this.#wrong(`${wanted} numbers to a position`);
    return numbers.slice(0, dimension === 'M' ? 2 : 3);
  }

  #number(): number {
    if (this.#kind !== 'number') throw this.#wrong('a number');
    const value = Number(this.#token);
    if (!Number.isFinite(value)) throw this.#wrong('a finite number');
    this.#next();
    return value;
  }

  #isWord(word: string): boolean {
    if (this.#kind !== 'word' || this.#token !== word) return false;
    this.#next();
    return true;
  }

  #expect(sign: string): void {
    if (this.#token !== sign) throw this.#wrong(`"${sign}"`);
    this.#next();
  }

  #next(): void {
    TOKEN.lastIndex = this.#at;
    const match = TOKEN.exec(this.#text);
    if (!match) {
      const rest = /\S/g;
      rest.lastIndex = this.#at;
      this.#start = rest.exec(this.#text)?.index ?? this.#text.length;
      this.#kind = 'end';
      this.#token = '';
      if (this.#start < this.#text.length) throw this.#wrong('a word, a number, a bracket or a comma');
      return;
    }
    const [whole, word, number, sign] = match;
    this.#at += whole.length;
    const found = word ?? number ?? sign ?? '';
    this.#start = this.#at - found.length;
    this.#kind = word ? 'word' : number ? 'number' : 'sign';
    this.#token = word ? word.toUpperCase() : found;
  }

  #wrong(expected: string): InvalidWkt {
    const found = this.#text.slice(this.#start, this.#start + 20) || 'the end';
    return new InvalidWkt(`expected ${expected} at character ${this.#start + 1}, found ${found}`, this.#start);
  }
}
