import { LimitExceeded, UnreadableFile } from '../errors.ts';
import type { Issue, Reading } from '../feature.ts';
import { type RecordBatch, recordAt } from '../record-batch.ts';
import type { Limits } from '../source.ts';
import { issueReading } from '../text/issue.ts';
import { toPointer } from './diagnose.ts';
import { brokenReading, trailingReading } from './document-fault.ts';
import type { Found, FoundValue } from './document-scanner.ts';
import { isGeometryType } from './geometry.ts';
import { lateCrsIssue, toLayerCrs } from './layer-crs.ts';
import { parseValue } from './parse-value.ts';
import { RecordReader } from './record-reader.ts';

type Of<Kind extends Found['kind']> = Extract<Found, { kind: Kind }>;

const START = { line: 1, column: 1, byte: 0 };

/** Turns what is found in one GeoJSON text, a collection, a feature or a geometry, into readings. */
export class DocumentReader {
  readonly #limits: Limits;
  readonly #records: RecordReader;
  /** Members of the outermost object by name, as far as they are needed. */
  readonly #members = new Map<string, unknown>();
  #memberBytes = 0;
  #features = false;
  /** Members that are no JSON: of a collection it ends nothing, a lone record is lost by it. */
  readonly #spoilt: Issue[] = [];

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#records = new RecordReader(limits);
  }

  get knowsCrs(): boolean {
    return this.#members.has('crs');
  }

  /** Sets what was found by looking ahead. */
  setCrs(member: unknown): void {
    this.#members.set('crs', member);
  }

  /** A record was found that will come with its batch. */
  expect(): void {
    this.#records.found += 1;
  }

  /** Reads the records of a batch; batches in their order. @throws LimitExceeded */
  *takeBatch(batch: RecordBatch): Generator<Reading> {
    this.#records.skipTo(batch.first);
    for (let place = 0; place < batch.count; place += 1) yield* this.#records.read(recordAt(batch, place));
  }

  /** @throws LimitExceeded, UnreadableFile */
  take(found: Found): Reading[] {
    switch (found.kind) {
      case 'feature':
        return this.#records.read(found);
      case 'member':
        return this.#member(found);
      case 'features':
        return this.#begin(found);
      case 'closed':
        return this.#close();
      case 'trailing':
        return [trailingReading(found, MEND)];
      case 'broken':
        return [brokenReading(found, this.#records.count, NOT_JSON)];
    }
  }

  #member({ key, value }: Of<'member'>): Reading[] {
    const { name, readings } = this.#name(key, value.at);
    // A collection may carry anything: what is not needed of it is not built.
    if (this.#features && name !== 'crs' && name !== 'type') return readings;
    this.#checkSize(value.text.length);
    const parsed = parseValue(value, null, toPointer([name]));
    if (parsed.value === undefined && !this.#features) this.#spoilt.push(...parsed.issues);
    else readings.push(...parsed.issues.map(asWarning));
    if (name === 'crs' && this.#features && !this.knowsCrs) {
      const late = lateCrsIssue(parsed.value, this.#records.crs);
      if (late) readings.push({ type: 'issue', issue: late });
    }
    if (parsed.value !== undefined) this.#members.set(name, parsed.value);
    return readings;
  }

  #checkSize(bytes: number): void {
    this.#memberBytes += bytes;
    const { recordBytes } = this.#limits;
    if (this.#memberBytes <= recordBytes) return;
    throw new LimitExceeded(
      `What stands around the features is longer than ${recordBytes} bytes (limit UPLOAD_RECORD_MB).`,
    );
  }

  #name(text: Buffer, at: FoundValue['at']): { name: string; readings: Reading[] } {
    const parsed = parseValue({ text, at, colons: 0, lists: 0 }, null);
    const name = typeof parsed.value === 'string' ? parsed.value : text.toString('latin1');
    const readings = parsed.issues.map(asWarning);
    const place = { line: at.line, byte: at.byte, pointer: toPointer([name]) };
    if (this.#members.has(name) && !(this.#features && name === 'crs')) {
      const detail = 'This name stands twice in the outermost object; the last value was taken.';
      readings.push(issueReading({ code: 'duplicate-member', severity: 'warning', place, value: name, detail }));
    }
    return { name, readings };
  }

  #begin({ bare, at }: Of<'features'>): Reading[] {
    const place = { line: at.line, byte: at.byte };
    if (this.#features) {
      const detail = 'There are two lists of features; both were read.';
      return [issueReading({ code: 'duplicate-member', severity: 'warning', place, value: 'features', detail })];
    }
    this.#features = true;
    const readings = this.#layer();
    if (bare) {
      const detail = 'The file is a list, and was read as the features of a collection.';
      readings.push(issueReading({ code: 'bare-list', severity: 'warning', place, detail }));
    }
    readings.push(...this.#spoilt.map(asWarning));
    // Only these are asked for later: the rest need not stay.
    for (const name of [...this.#members.keys()]) if (name !== 'type' && name !== 'crs') this.#members.delete(name);
    if (bare) this.#members.set('type', 'FeatureCollection');
    return readings;
  }

  #layer(): Reading[] {
    const { epsg, issue } = toLayerCrs(this.#members.get('crs'));
    this.#records.crs = epsg;
    const name = this.#members.get('name');
    const layer = { name: typeof name === 'string' ? name : null, crs: epsg, columns: null };
    return issue
      ? [
          { type: 'layer', layer },
          { type: 'issue', issue },
        ]
      : [{ type: 'layer', layer }];
  }

  #close(): Reading[] {
    const type = this.#members.get('type');
    if (this.#features) {
      if (type === 'FeatureCollection') return [];
      const detail = 'The file has a list of features; its type should be "FeatureCollection".';
      const place = { pointer: '/type' };
      return [issueReading({ code: 'collection-type', severity: 'warning', place, value: type ?? null, detail })];
    }
    if (type === 'FeatureCollection') {
      const detail = 'The collection has no list "features".';
      const place = { pointer: '/features' };
      const value = this.#members.get('features');
      return [...this.#layer(), issueReading({ code: 'features-missing', severity: 'error', place, value, detail })];
    }
    if (type !== 'Feature' && !isGeometryType(type) && !this.#members.has('geometry')) throw notGeojson(type);
    const layer = this.#layer();
    const [spoilt] = this.#spoilt;
    if (spoilt) return [...layer, this.#records.refuse(spoilt)];
    return [...layer, ...this.#records.readValue(Object.fromEntries(this.#members), START)];
  }
}

const NOT_JSON = 'This is not JSON: a GeoJSON file begins with "{".';
const MEND = 'Put all features into one collection, or one on each line.';

function notGeojson(type: unknown): UnreadableFile {
  if (type === 'Topology') return new UnreadableFile('This is TopoJSON, which is not read. Send it as GeoJSON.');
  const named = typeof type === 'string' ? `its type is "${type.slice(0, 40)}"` : 'it has no type';
  return new UnreadableFile(
    `This is JSON, but not GeoJSON: ${named}. Expected a FeatureCollection, a Feature or a geometry; or a list of records, alone or as the member "data".`,
  );
}

/** In what is around the features, a fault ends nothing. */
function asWarning(issue: Issue): Reading {
  return { type: 'issue', issue: { ...issue, severity: 'warning' } };
}
