import { type Account, Accountant } from './account.ts';
import type { CheckContext } from './check.ts';
import { type BatchReader, type DigestedReading, digestBatches } from './digest-batches.ts';
import { UnreadableFile } from './errors.ts';
import { type Examined, examine } from './examine.ts';
import type { Issue, SourceFeature, SourceLayer } from './feature.ts';
import type { Format } from './format.ts';
import { sniffFormat } from './formats.ts';
import { inDegrees } from './in-degrees.ts';
import { type InferredColumn, SchemaInference } from './infer-schema.ts';
import type { Location } from './locate/location.ts';
import { type GivenLocation, keepsOut, placeRows } from './place-rows.ts';
import type { Limits, SourceFile } from './source.ts';

/** Of a layer of the file: what it holds. */
export interface LayerReport extends SourceLayer {
  readonly features: number;
  /** What the rows of a table were placed by; null where they have geometries, or nothing tells where they are. */
  readonly location: Location | null;
  /** HXL tags of the columns, in their order; absent or null where the file has none. */
  readonly tags?: readonly string[] | null;
  /** Geometry types that occur. */
  readonly geometries: readonly string[];
  readonly columns: readonly string[] | null;
  readonly fields: readonly InferredColumn[];
}

/** The account of a file. */
export interface FileReport {
  readonly format: string;
  readonly layers: readonly LayerReport[];
  readonly account: Account;
  /** The reading ended before the file did: what came before is counted. */
  readonly isComplete: boolean;
}

/** A record that has been read. */
export interface ReadRecord extends Examined {
  /** Layer of the file, from 0; null fields of it where it says nothing. */
  readonly part: number;
  readonly layer: SourceLayer | null;
  readonly location: Location | null;
  /** As the file has it; the same object as `feature` when nothing was mended. */
  readonly source: SourceFeature;
}

/** What is the same for the records of a batch. */
export type BatchContext = CheckContext & Pick<ReadRecord, 'part' | 'layer'>;

/** When a hearer returns a promise, the reading waits for it: where records go may be slower than where they come from. */
export interface Hearers {
  /** Each record as it would be published, and those that are kept out. What could not be read at all is an issue only. */
  readonly onRecord?: (record: ReadRecord) => unknown;
  /** Every issue, in the order of the file. */
  readonly onIssue?: (issue: Issue) => unknown;
  /** Absent: all records are read here, one by one. */
  readonly batches?: BatchReader<BatchContext>;
}

interface OpenLayer {
  readonly layer: SourceLayer;
  readonly schema: SchemaInference;
  readonly geometries: Set<string>;
  features: number;
  location: Location | null;
  tags: readonly string[] | null;
}

export interface ReportContext extends Pick<CheckContext, 'today'> {
  /** EPSG number that the sender has given; null: the file's own holds. */
  readonly crs?: number | null;
}

/** Written out: of a million records, a spread takes a third of the time of reading. */
function toRecord(
  layers: readonly OpenLayer[],
  source: SourceFeature,
  { feature, outcome, issues }: Examined,
): ReadRecord {
  const { part, layer } = whereNow(layers);
  return { feature, outcome, issues, part, layer, location: layers.at(-1)?.location ?? null, source };
}

const whereNow = (layers: readonly OpenLayer[]) => ({
  part: Math.max(0, layers.length - 1),
  layer: layers.at(-1)?.layer ?? null,
});

/**
 * Reads a file to its end and accounts for every record. Holds none of them. `given`: how the rows of a layer are to be
 * placed, where that is not left to their columns' names.
 * @throws UnreadableFile, LimitExceeded
 */
export async function reportOn(
  file: SourceFile,
  limits: Limits,
  { today, crs = null }: ReportContext,
  { onRecord, onIssue, batches }: Hearers = {},
  given: GivenLocation | null = null,
): Promise<FileReport> {
  const format = await sniffFormat(file, limits);
  if (!format) throw new UnreadableFile(`"${file.name}" is in no format that can be read here.`);
  const accountant = new Accountant();
  const layers: OpenLayer[] = [];
  let isComplete = true;
  let context: CheckContext = { today, inDegrees: inDegrees(crs, null) };
  /** Records that a reader keeps out: each counts once, with its feature where that comes too. */
  const keptOut = new Set<number>();

  /** What the hearers have asked to be waited for. */
  const heard: Promise<unknown>[] = [];
  const hear = (next: unknown) => {
    if (next instanceof Promise) heard.push(next);
  };
  const say = (issue: Issue) => {
    accountant.note(issue);
    hear(onIssue?.(issue));
    if (issue.index === null && issue.severity === 'error') isComplete = false;
  };
  /** Records come in order: of those before this one, no feature will come any more. */
  const settle = (before: number) => {
    for (const index of keptOut) {
      if (index >= before) continue;
      keptOut.delete(index);
      accountant.count('quarantined');
    }
  };

  const take = (reading: DigestedReading) => {
    const open = layers.at(-1);
    switch (reading.type) {
      case 'layer':
        layers.push({
          layer: reading.layer,
          schema: new SchemaInference(),
          geometries: new Set(),
          features: 0,
          location: null,
          tags: null,
        });
        break;
      case 'located':
        if (open) open.location = reading.location;
        context = { today, inDegrees: inDegrees(crs ?? open?.layer.crs ?? null, reading.location) };
        break;
      case 'issue':
        say(reading.issue);
        if (open && reading.issue.code === 'hxl') open.tags = (reading.issue.value ?? '').split(',');
        if (keepsOut(reading.issue)) keptOut.add(reading.issue.index as number);
        break;
      case 'lost':
        settle(reading.feature.index);
        keptOut.delete(reading.feature.index);
        accountant.count('quarantined');
        if (open) {
          open.features += 1;
          const { feature } = reading;
          hear(onRecord?.(toRecord(layers, feature, { feature, outcome: 'quarantined', issues: [] })));
        }
        break;
      case 'feature': {
        const { feature } = reading;
        settle(feature.index);
        const examined = examine(feature, context);
        for (const issue of examined.issues) say(issue);
        const outcome = keptOut.delete(feature.index) ? 'quarantined' : examined.outcome;
        accountant.count(outcome);
        if (open) {
          open.features += 1;
          open.schema.add(feature.properties, feature.place);
          if (feature.geometry) open.geometries.add(feature.geometry.type);
        }
        if (onRecord)
          hear(onRecord(toRecord(layers, feature, { feature: examined.feature, outcome, issues: examined.issues })));
        break;
      }
      case 'digest': {
        const { digest, batch } = reading;
        if (!open?.schema.canMerge(digest.schema)) {
          for (const each of reading.read()) take(each);
          break;
        }
        settle(batch.first);
        accountant.count('unchanged', digest.count - digest.unlocated);
        accountant.count('unlocated', digest.unlocated);
        open.features += digest.count;
        open.schema.merge(digest.schema);
        for (const type of digest.geometries) open.geometries.add(type);
        hear(batches?.onDigest(digest));
      }
    }
  };
  const placed = (reader: NonNullable<Format['readBatches']>) => placeRows(reader(file, limits), limits, given);
  const readings =
    batches && format.readBatches
      ? digestBatches(placed(format.readBatches), batches, () => ({ ...context, ...whereNow(layers) }))
      : (placed(format.read) as AsyncIterable<DigestedReading>);
  for await (const reading of readings) {
    take(reading);
    if (heard.length > 0) await Promise.all(heard.splice(0));
  }
  settle(Number.POSITIVE_INFINITY);
  return {
    format: format.name,
    layers: layers.map(({ layer, schema, geometries, features, location, tags }) => ({
      ...layer,
      features,
      location,
      tags,
      geometries: [...geometries].sort(),
      fields: schema.result(),
    })),
    account: accountant.account(),
    isComplete,
  };
}
