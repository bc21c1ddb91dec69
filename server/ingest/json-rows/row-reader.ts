import { LimitExceeded, UnreadableFile } from '../errors.ts';
import type { Reading } from '../feature.ts';
import { toPointer } from '../geojson/diagnose.ts';
import { brokenReading, trailingReading } from '../geojson/document-fault.ts';
import type { Found, FoundValue } from '../geojson/document-scanner.ts';
import { parseValue } from '../geojson/parse-value.ts';
import type { Limits } from '../source.ts';
import { issueReading } from '../text/issue.ts';

type Of<Kind extends Found['kind']> = Extract<Found, { kind: Kind }>;

const NOT_JSON = 'This is not JSON: a list of records begins with "[", or with "{" where it is a member of an object.';
const NO_LIST =
  'This is JSON without a list of records. Send a list of objects, alone or as the member "data", "results", "records" or "rows".';
const MEND = 'Put all records into one list.';

/** Turns what is found in a JSON text with a list of objects into records without position, one after the other. */
export class RowReader {
  readonly #limits: Limits;
  #index = 0;
  #begun = false;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** @throws LimitExceeded, UnreadableFile */
  take(found: Found): Reading[] {
    switch (found.kind) {
      case 'feature':
        return this.#row(found);
      case 'member':
        return otherList(found);
      case 'features':
        return this.#begin(found);
      case 'closed':
        if (!this.#begun) throw new UnreadableFile(NO_LIST);
        return [];
      case 'trailing':
        return [trailingReading(found, MEND)];
      case 'broken':
        return [brokenReading(found, this.#index, NOT_JSON)];
    }
  }

  #begin({ at }: Of<'features'>): Reading[] {
    // Any record may have members of its own: the columns are known when all are read.
    if (!this.#begun) {
      this.#begun = true;
      return [{ type: 'layer', layer: { name: null, crs: null, columns: null } }];
    }
    const place = { line: at.line, byte: at.byte };
    const detail = 'The list of records stands twice in the outermost object; both were read.';
    return [issueReading({ code: 'duplicate-member', severity: 'warning', place, detail })];
  }

  #row(found: FoundValue): Reading[] {
    this.#index += 1;
    const index = this.#index;
    const { features, vertices, depth } = this.#limits;
    if (index > features) {
      throw new LimitExceeded(`The file has more than ${features} records (limit UPLOAD_FEATURES). Send it in parts.`);
    }
    // Before it is built, as in GeoJSON: 64 MB of brackets are a gigabyte of lists.
    if (found.lists > 2 * vertices + depth) {
      throw new LimitExceeded(
        `The record on line ${found.at.line} has more than ${vertices} vertices or lists (limit UPLOAD_VERTICES). Split it.`,
      );
    }
    const place = { line: found.at.line, byte: found.at.byte };
    const { value, issues } = parseValue(found, index);
    const readings = issues.map((issue): Reading => ({ type: 'issue', issue }));
    if (value === undefined) return readings;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      const detail = 'A record is an object, whose members are its columns.';
      return [...readings, issueReading({ code: 'not-a-record', severity: 'error', index, place, value, detail })];
    }
    const feature = { index, place, id: null, geometry: null, properties: flat(value as Record<string, unknown>) };
    return [...readings, { type: 'feature', feature }];
  }
}

/** Values as they are; lists and objects as JSON text, as a cell of a table would have them. */
function flat(record: Record<string, unknown>): Record<string, unknown> {
  for (const key in record) {
    const value = record[key];
    if (typeof value === 'object' && value !== null) record[key] = JSON.stringify(value);
  }
  return record;
}

/** Records may be in it: it is not passed over without a word. */
function otherList({ key, value }: Of<'member'>): Reading[] {
  if (!/^\[\s*\{/.test(value.text.toString('latin1', 0, 1000))) return [];
  const parsed = parseValue({ text: key, at: value.at, colons: 0, lists: 0 }, null).value;
  const name = typeof parsed === 'string' ? parsed : key.toString('latin1');
  const place = { line: value.at.line, byte: value.at.byte, pointer: toPointer([name]) };
  const detail =
    'The file has this list besides that of its records, and it was not read. Send it in a file of its own.';
  return [issueReading({ code: 'list-not-read', severity: 'warning', place, value: name, detail })];
}
