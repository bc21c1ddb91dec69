import type { Geometry, Position } from 'geojson';
import type { Reading } from '../feature.ts';
import { issueReading } from '../text/issue.ts';
import type { Attributes } from '../xml/visit.ts';

/** What is said of a waypoint, route or track as a whole. */
const SAID = new Set(['name', 'desc', 'cmt', 'sym', 'type', 'src', 'number', 'time', 'ele']);

/** What a segment counts for, so that endless empty ones end at the limit of letters. */
const PART = 8;

/** A waypoint, route or track from its opening to its closing tag. */
export class GpxRecord {
  readonly kind: string;
  readonly line: number;
  readonly #parts: Position[][] = [];
  readonly #properties: Map<string, unknown>;
  /** Of the points of a route or track that say their time. */
  #begin: string | null = null;
  #end: string | null = null;
  /** Points that say a height. */
  #heights = 0;
  #fault: string | null = null;
  vertices = 0;
  /** Letters taken so far. */
  length = 0;

  constructor(kind: string, line: number) {
    this.kind = kind;
    this.line = line;
    this.#properties = new Map([['kind', kind]]);
  }

  beginPart(): void {
    this.#parts.push([]);
    this.length += PART;
  }

  addPoint({ lat, lon }: Attributes, line: number): void {
    const position = [lon, lat].map((value) =>
      value === undefined || value.trim() === '' ? Number.NaN : Number(value),
    );
    if (!position.every(Number.isFinite)) {
      this.#fault ??= `The point at line ${line} has lat="${lat}" and lon="${lon}". Right would be degrees as decimal numbers.`;
    }
    if (this.#parts.length === 0) this.beginPart();
    this.#parts.at(-1)?.push(position);
    this.vertices += 1;
  }

  /**
   * @param ofRecord whether the element is a child of the record itself
   * @param ofPoint whether it is a child of a point; both for waypoints
   */
  take(element: string, text: string, ofRecord: boolean, ofPoint: boolean): void {
    const value = text.trim();
    if (value === '') return;
    if (ofPoint && element === 'ele') this.#raise(value);
    if (ofRecord && SAID.has(element) && !this.#properties.has(element)) {
      this.length += value.length;
      this.#properties.set(element, value);
    } else if (ofPoint && element === 'time') {
      this.#begin ??= value;
      this.#end = value;
    }
  }

  #raise(value: string): void {
    const position = this.#parts.at(-1)?.at(-1);
    const height = Number(value);
    if (!position || position.length > 2 || !Number.isFinite(height)) return;
    position.push(height);
    this.#heights += 1;
  }

  finish(index: number): Reading {
    const place = { line: this.line };
    if (this.#fault) {
      return issueReading({ code: 'bad-coordinates', severity: 'error', index, place, detail: this.#fault });
    }
    if (this.#begin !== null) {
      this.#properties.set('begin', this.#begin);
      this.#properties.set('end', this.#end);
    }
    return {
      type: 'feature',
      feature: { index, place, id: null, geometry: this.#geometry(), properties: Object.fromEntries(this.#properties) },
    };
  }

  /** With heights where every point has one: a geometry has as many dimensions throughout. */
  #geometry(): Geometry | null {
    const flat = this.#heights < this.vertices;
    const parts = this.#parts
      .filter((part) => part.length > 0)
      .map((part) => (flat ? part.map((position) => position.slice(0, 2)) : part));
    const [first] = parts;
    if (first === undefined) return null;
    if (this.kind === 'track') return { type: 'MultiLineString', coordinates: parts };
    return this.kind === 'waypoint'
      ? { type: 'Point', coordinates: first[0] as Position }
      : { type: 'LineString', coordinates: first };
  }
}
