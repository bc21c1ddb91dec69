import { LimitExceeded } from '../errors.ts';
import type { Reading } from '../feature.ts';
import { LIMIT_SETTINGS, type Limits } from '../source.ts';
import type { Attributes } from '../xml/visit.ts';
import { BadCoordinates, parseCoordinates, parseTrackPoint } from './coordinates.ts';
import { GeometryBuilder } from './geometry.ts';

/** Elements of a placemark that are properties under their own names. */
const PLAIN = new Set(['name', 'description', 'address', 'phoneNumber', 'Snippet', 'snippet']);

/** One placemark, from its opening to its closing tag. */
export class Placemark {
  readonly #line: number;
  readonly #part: string | null;
  readonly #id: string | null;
  readonly #limits: Limits;
  readonly #properties = new Map<string, unknown>();
  readonly #geometry = new GeometryBuilder();
  readonly #times: string[] = [];
  /** By name, the number that its next namesake is told by. */
  readonly #next = new Map<string, number>();
  #fault: BadCoordinates | null = null;
  #length = 0;
  /** Of the Data or SimpleData that is open. */
  #datum: string | null = null;

  constructor(line: number, part: string | null, id: string | null, folder: string | null, limits: Limits) {
    this.#line = line;
    this.#part = part;
    this.#id = id;
    this.#limits = limits;
    if (folder !== null) this.#properties.set('folder', folder);
  }

  open(name: string, attributes: Attributes): void {
    if (name === 'Data' || name === 'SimpleData') {
      this.#datum = attributes.name ?? null;
      this.#length += this.#datum?.length ?? 0;
    }
    this.#geometry.open(name);
  }

  /** @param path local names from the placemark's children to the parent of the element that closes */
  close(name: string, text: string, path: readonly string[]): void {
    this.#length += name.length + text.length;
    if (this.#length > this.#limits.recordBytes || this.#geometry.vertices > this.#limits.vertices) {
      const limit = this.#length > this.#limits.recordBytes ? 'recordBytes' : 'vertices';
      throw new LimitExceeded(
        `The placemark at line ${this.#line} is larger than ${this.#limits[limit]} (limit ${LIMIT_SETTINGS[limit]}).`,
      );
    }
    try {
      this.#take(name, text, path.at(-1) ?? null);
    } catch (error) {
      if (!(error instanceof BadCoordinates)) throw error;
      this.#fault ??= error;
    }
    this.#geometry.close(name);
  }

  #take(name: string, text: string, parent: string | null): void {
    if (name === 'coordinates' && this.#geometry.isOpen) this.#geometry.add(parseCoordinates(text));
    else if (name === 'coord' && parent === 'Track') this.#geometry.addToTrack(parseTrackPoint(text));
    else if (name === 'when' && parent === 'Track') this.#times.push(text.trim());
    else if (name === 'when' && parent === 'TimeStamp') this.#set('timestamp', text);
    else if ((name === 'begin' || name === 'end') && parent === 'TimeSpan') this.#set(name, text);
    else if (parent === null && PLAIN.has(name)) this.#set(name, text);
    else if ((name === 'value' && parent === 'Data') || name === 'SimpleData') {
      if (this.#datum !== null) this.#set(this.#datum, text);
    }
  }

  /** The first of a name stands; one that is there is told from it by a number, as columns are. */
  #set(name: string, text: string): void {
    let unique = name;
    let count = this.#next.get(name) ?? 2;
    for (; this.#properties.has(unique); count++) unique = `${name}_${count}`;
    this.#next.set(name, count);
    this.#properties.set(unique, text.trim() || null);
  }

  finish(index: number): Reading[] {
    const place = { ...(this.#part === null ? {} : { part: this.#part }), line: this.#line };
    const issue = (code: string, severity: 'error' | 'warning', detail: string): Reading => ({
      type: 'issue',
      issue: { code, severity, index, place, value: null, detail },
    });
    if (this.#fault) return [issue('bad-coordinates', 'error', this.#fault.message)];
    if (this.#times.length > 0) {
      this.#set('begin', this.#times[0] as string);
      this.#set('end', this.#times.at(-1) as string);
      this.#properties.set('times', this.#times);
    }
    const geometry = this.#geometry.result();
    const feature: Reading = {
      type: 'feature',
      feature: { index, place, id: this.#id, geometry, properties: Object.fromEntries(this.#properties) },
    };
    return this.#geometry.hasModel
      ? [
          feature,
          issue(
            'model-left-out',
            'warning',
            'A three-dimensional model was left out. Points, lines and polygons are read.',
          ),
        ]
      : [feature];
  }
}
