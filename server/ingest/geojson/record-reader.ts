import { LimitExceeded } from '../errors.ts';
import type { Issue, Reading } from '../feature.ts';
import type { Limits } from '../source.ts';
import { toIssue } from '../text/issue.ts';
import { parseCrs } from './crs.ts';
import type { FoundValue } from './document-scanner.ts';
import { parseValue } from './parse-value.ts';
import { toFeature } from './to-feature.ts';

/** Turns records into readings, one after the other, and remembers what is said once for the whole file. */
export class RecordReader {
  /** Of the layer: what a feature's own `crs` is held against. */
  crs: number | null = null;
  /** Records that were found before they are read. */
  found = 0;
  #index = 0;
  readonly #limits: Limits;
  readonly #foreign = new Set<string>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Records so far, those that could not be read included. */
  get count(): number {
    return Math.max(this.#index, this.found);
  }

  /** The next record has this number: those before were read elsewhere. */
  skipTo(index: number): void {
    this.#index = index - 1;
  }

  /** @throws LimitExceeded */
  read(found: FoundValue): Reading[] {
    const index = this.#next();
    const { vertices } = this.#limits;
    // Before it is built: 64 MB of brackets are a gigabyte of lists. No ring has less than one position.
    if (found.lists > 2 * vertices + this.#limits.depth) {
      throw new LimitExceeded(
        `The feature on line ${found.at.line} has more than ${vertices} vertices (limit UPLOAD_VERTICES). Split or simplify it.`,
      );
    }
    const { value, issues } = parseValue(found, index);
    const converted = value === undefined ? [] : this.#convert(value, index, found.at);
    return issues.length === 0
      ? converted
      : [...issues.map((issue): Reading => ({ type: 'issue', issue })), ...converted];
  }

  /** A record that is there and cannot be read. */
  refuse(issue: Issue): Reading {
    return { type: 'issue', issue: { ...issue, severity: 'error', index: this.#next() } };
  }

  /** Of a value that was put together from parts. */
  readValue(value: unknown, at: FoundValue['at']): Reading[] {
    return this.#convert(value, this.#next(), at);
  }

  #next(): number {
    this.#index += 1;
    const { features } = this.#limits;
    if (this.#index > features) {
      throw new LimitExceeded(`The file has more than ${features} features (limit UPLOAD_FEATURES). Send it in parts.`);
    }
    return this.#index;
  }

  #convert(value: unknown, index: number, at: FoundValue['at']): Reading[] {
    const place = { line: at.line, byte: at.byte };
    const converted = toFeature(value, index, place, this.#limits);
    const { feature, foreign } = converted;
    // The common case, a million times.
    if (feature && converted.issues.length === 0 && foreign.length === 0 && !('crs' in converted)) {
      return [{ type: 'feature', feature }];
    }
    const issues = [...converted.issues, ...this.#foreignIssues(foreign, index, place)];
    const crs = 'crs' in converted ? this.#crsIssue(converted.crs, index, place) : null;
    if (crs) issues.push(crs);
    const readings = issues.map((issue): Reading => ({ type: 'issue', issue }));
    return feature && !crs ? [...readings, { type: 'feature', feature }] : readings;
  }

  #foreignIssues(names: readonly string[], index: number, place: Issue['place']): Issue[] {
    const unheard = names.filter((name) => !this.#foreign.has(name) && this.#foreign.size < 100);
    return unheard.map((name) => {
      this.#foreign.add(name);
      return toIssue({
        code: 'foreign-member',
        severity: 'note',
        index,
        place,
        value: name,
        detail:
          'GeoJSON has no such member in a feature, and it was not kept, here and in what follows. Put it into "properties" to keep it.',
      });
    });
  }

  #crsIssue(member: unknown, index: number, place: Issue['place']): Issue | null {
    const crs = parseCrs(member);
    if (!crs || crs.epsg === this.crs) return null;
    return toIssue({
      code: 'crs-on-feature',
      severity: 'error',
      index,
      place: { ...place, pointer: '/crs' },
      value: crs.name,
      detail: `The feature has a reference system other than its layer's (EPSG:${this.crs}). Send it in a file of its own.`,
    });
  }
}
